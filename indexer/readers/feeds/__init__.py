"""XML of the web: feeds and sitemaps."""
