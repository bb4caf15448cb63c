"""Faults: kills, power losses, copies, flipped bytes, refusals, rebuilds under load."""
