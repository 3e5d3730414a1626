"""Builds each part from the settings, ties them together, opens and closes them."""
