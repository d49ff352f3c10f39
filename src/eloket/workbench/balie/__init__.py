"""Registering a zaak for somebody at the counter or on the telephone."""
