"""Berichten: the conversations that reach a civil servant, also for a colleague who is away; and being away oneself."""
