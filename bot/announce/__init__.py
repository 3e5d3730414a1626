"""Changes become alerts, bullets and summaries."""
