"""The demo: its page, its stage and its run."""
