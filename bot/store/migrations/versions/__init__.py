"""One file a revision; `bot.store.schema.REVISIONS` lists them in order."""
