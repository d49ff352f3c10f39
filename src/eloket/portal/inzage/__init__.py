"""Wie heeft mijn gegevens bekeken: what others did with the data of this person."""
