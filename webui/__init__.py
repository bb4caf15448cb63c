"""The web UI of Communique."""
