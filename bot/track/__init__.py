"""Events become state: duplicates, which story, fold and diff."""
