"""Logging in, for civil servants."""
