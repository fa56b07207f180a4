"""The sample stream against the alerts a careful reader would raise."""
