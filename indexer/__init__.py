"""The indexer of Communique."""
