"""Plays the bundled demo week to the real bot, from a loopback HTTP server."""
