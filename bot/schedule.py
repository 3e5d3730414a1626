"""Which service runs when: the only room that knows APScheduler."""
