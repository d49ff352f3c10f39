"""Mijn Zaken: the tiles, and the page of one zaak with its documents."""
