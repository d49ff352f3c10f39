"""Conversations about a zaak, between the resident and the civil servant or afdeling that handles it."""
