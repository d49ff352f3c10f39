"""Berichten: the conversations with the municipality, and the box to write in."""
