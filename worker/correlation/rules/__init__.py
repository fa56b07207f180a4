"""One file per rule: what raises an alert, and how grave it is."""
