"""Tests of `schemas/`: the files, their examples, and that the code and they say the same."""
