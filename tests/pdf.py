"""What a reader finds in a PDF."""

import io

from pypdf import PdfReader


def text_of_pdf(inhoud: bytes) -> str:
    """The words of all pages, on one line."""
    return " ".join(" ".join(blad.extract_text() for blad in PdfReader(io.BytesIO(inhoud)).pages).split())
