"""Mijn Taken: what the municipality asks."""
