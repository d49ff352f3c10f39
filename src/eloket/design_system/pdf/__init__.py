"""Accessible PDF (PDF/UA-1) from templates and data."""

from eloket.design_system.pdf.maken import render_pdf

__all__ = ["render_pdf"]
