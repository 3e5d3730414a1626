"""What people ask of it: one file a command, one table for all platforms."""
