"""Dragoman reads the world's feeds and tells a channel when a negotiation changes."""
