"""Tests of what must never be possible: unencrypted ways in, secrets in the open, code out of messages."""
