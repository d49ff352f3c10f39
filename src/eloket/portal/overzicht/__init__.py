"""Mijn overzicht: what to do first, then the newest zaken and messages."""
