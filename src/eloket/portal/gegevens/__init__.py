"""Mijn Gegevens: contact details that the person changes, and what the registers know."""
