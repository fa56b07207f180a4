"""Inputs made to break something, and the rule that none of them does: each is answered or put aside, in time."""
