"""What is said of a story's changes, in whose words, to whom and how loudly."""
