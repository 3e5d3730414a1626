"""Bytes from the network become entries and articles."""
