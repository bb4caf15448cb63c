"""The commands of `communique`, a file for each."""
