"""Tables and JSON: named fields to releases."""
