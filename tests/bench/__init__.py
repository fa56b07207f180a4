"""How fast the pure parts are on this machine. Run by `make bench`."""
