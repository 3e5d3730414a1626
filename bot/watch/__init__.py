"""The query language of keyword watches: parse, print, match."""
