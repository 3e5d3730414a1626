"""The operator's settings: config.toml, and DRAGOMAN_* variables over it."""
