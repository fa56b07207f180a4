"""Quality of the extraction and of the alerts, in figures. Run by `make eval`."""
