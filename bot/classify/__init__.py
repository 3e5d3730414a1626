"""Articles become events: who did what to whom, how firmly, on which words."""
