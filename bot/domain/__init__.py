"""The nouns: what the program talks about, frozen and free of any vendor."""
