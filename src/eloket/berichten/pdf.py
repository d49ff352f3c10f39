"""A conversation to keep or to print."""

from datetime import datetime

from django.http import StreamingHttpResponse

from eloket.berichten.types import BerichtInzage, GesprekInzage
from eloket.design_system.pdf import render_pdf
from eloket.documenten.antwoord import pdf_to_save
from eloket.kernel.klok import schrijf_moment
from eloket.zaken.types import Zaak


def make_gesprek_pdf(zaak: Zaak, gesprek: GesprekInzage, *, gemeente: str, moment: datetime) -> bytes:
    """The whole conversation, oldest message first, as PDF/UA-1: per message who, when, the text, the attachments."""
    aantal = len(gesprek.berichten)
    gegevens = {
        "gemeente": gemeente,
        "zaaknummer": zaak.identificatie,
        "regels": [
            ("Zaak", zaak.omschrijving),
            ("Zaaknummer", zaak.identificatie),
            ("Aantal berichten", str(aantal)),
            ("Gemaakt op", f"{schrijf_moment(moment)}, door {gemeente}"),
        ],
        "berichten": [
            _bericht(nummer, aantal, bericht, gemeente)
            for nummer, bericht in enumerate(reversed(gesprek.berichten), start=1)
        ],
    }
    return render_pdf("gesprek", gegevens, titel=f"Gesprek: {gesprek.onderwerp}", moment=moment)


def pdf_response(zaak: Zaak, inhoud: bytes, *, soort: str = "gesprek") -> StreamingHttpResponse:
    """The file to save. Its name says only what it is and the zaaknummer."""
    return pdf_to_save(inhoud, f"{soort}-{zaak.identificatie}.pdf")


def _bericht(nummer: int, aantal: int, bericht: BerichtInzage, gemeente: str) -> dict[str, object]:
    wie = f"{bericht.afzender_naam}, {gemeente}" if bericht.is_van_gemeente else bericht.afzender_naam
    alineas = [alinea.split("\n") for alinea in bericht.tekst.split("\n\n")]
    return {
        "kop": f"Bericht {nummer} van {aantal}: {wie}",
        "moment": schrijf_moment(bericht.verzonden_op),
        "alineas": [regels for regels in alineas if any(regels)],
        "bijlagen": [bijlage.naam for bijlage in bericht.bijlagen],
    }
