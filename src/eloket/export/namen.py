"""The names inside the zip."""

from eloket.afschriften.namen import safe
from eloket.export import kopvorm
from eloket.export.models import ExportDeel


def map_van_zaak(deel: ExportDeel) -> str:
    """`zaken/0001 ZAAK-2026-0000012/`: unique by its number, whatever a source calls its zaken."""
    nummer = safe(kopvorm.from_text(deel.kop).identificatie, ruimte=0) or "zaak"
    return f"zaken/{deel.volgnummer:04d} {nummer}/"
