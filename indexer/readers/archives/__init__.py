"""Files that hold files: archives, crawls, packed files."""
