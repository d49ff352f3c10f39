"""Logging in and out, for residents and businesses."""
