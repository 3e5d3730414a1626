"""How a database of an older revision becomes one of ours."""
