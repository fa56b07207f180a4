"""Tests of what turns articles into events."""
