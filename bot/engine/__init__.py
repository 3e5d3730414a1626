"""How work reaches a worker."""
