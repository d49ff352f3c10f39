"""Builds what browsers get: style sheet, fonts, icons and scripts. Run by `make` (scripts/setup.py)."""
