"""Tests of `worker.wire`."""
