"""Tests of the correlation: state, rule and invariants."""
