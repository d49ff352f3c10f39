"""Receipts: the lists under a zaak and under Mijn Gegevens, each receipt as PDF, and what a page says after sending."""
