"""Where people read us and ask us."""
