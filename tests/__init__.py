"""What the worker is held to. Mirrors `worker/`, plus the frame (`test_architecture`, `test_docs`, `deploy/`)."""
