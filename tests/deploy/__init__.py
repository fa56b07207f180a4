"""Deployment files, checked without a container engine."""
