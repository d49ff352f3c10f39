"""Letters of the municipality as PDF/UA-1: tagged, so that a screen reader reads them out in the right order."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings

from eloket.design_system.pdf import render_pdf
from eloket.kernel.klok import datum_van, schrijf_datum
from eloket.zaken.types import Zaak

AANHEF = "Geachte heer of mevrouw,"


@dataclass(frozen=True, slots=True, repr=False)
class Brief:
    """What one letter says; dates are written out in Dutch, `aan` is the address block, line by line."""

    gemeente: str
    telefoon: str
    aan: tuple[str, ...]
    datum: str
    zaaknummer: str
    afdeling: str
    onderwerp: str
    aanhef: str
    alineas: tuple[str, ...]
    afzender: str


def make_pdf(brief: Brief, moment: datetime) -> bytes:
    """The letter as PDF/UA-1, dated `moment` (also inside the file)."""
    return render_pdf("brief", asdict(brief), titel=brief.onderwerp, moment=moment)


def ontvangstbevestiging(zaak: Zaak, aan: tuple[str, ...], moment: datetime) -> bytes:
    """We have received it, on that date, and answer before that one (Awb 4:3a)."""
    assert zaak.uiterlijke_einddatum is not None
    ontvangen, uiterlijk = schrijf_datum(zaak.startdatum), schrijf_datum(zaak.uiterlijke_einddatum)
    alineas = f"""Wij hebben uw aanvraag ontvangen op {ontvangen}. Uw zaaknummer is {zaak.identificatie}.

U krijgt uiterlijk op {uiterlijk} antwoord van ons. Hebben wij meer tijd nodig? Dan laten wij u dat weten.

U kunt uw zaak volgen in Mijn Zaken. Daar kunt u ook documenten toevoegen en ons een bericht sturen."""
    return _brief(zaak, aan, moment, f"Ontvangstbevestiging: {zaak.omschrijving}", alineas)


def verzoek_om_informatie(
    zaak: Zaak, aan: tuple[str, ...], moment: datetime, *, document: str, deadline: str
) -> bytes:
    """We need a document before we can go on (Awb 4:5). `deadline` is a date in words."""
    alineas = f"""U heeft een aanvraag gedaan: {zaak.omschrijving}. Wij hebben nog een document van u nodig:

{document}.

Stuur dit document vóór {deadline}. Dat doet u in Mijn Zaken, bij Documenten. Krijgen wij het niet op tijd? \
Dan kunnen wij uw aanvraag misschien niet behandelen."""
    return _brief(zaak, aan, moment, "Verzoek om aanvullende informatie", alineas)


def besluit(zaak: Zaak, aan: tuple[str, ...], moment: datetime, *, resultaat: str) -> bytes:
    """The decision, and how to object within six weeks (Awb 6:7)."""
    alineas = f"""Op {schrijf_datum(zaak.startdatum)} hebben wij uw aanvraag ontvangen. \
Ons besluit is: {resultaat.lower()}.

Wij hebben uw aanvraag beoordeeld met de regels van de gemeente en met de gegevens die u ons gaf.

Bent u het niet eens met dit besluit? Dan kunt u bezwaar maken. Doe dat binnen zes weken na de datum \
van deze brief."""
    return _brief(zaak, aan, moment, f"Besluit: {zaak.omschrijving}", alineas)


def _brief(zaak: Zaak, aan: tuple[str, ...], moment: datetime, onderwerp: str, alineas: str) -> bytes:
    gegevens = Brief(
        gemeente=settings.ELOKET.gemeente,
        telefoon=settings.ELOKET.telefoon,
        aan=aan,
        datum=schrijf_datum(datum_van(moment)),
        zaaknummer=zaak.identificatie,
        afdeling=zaak.afdeling_naam,
        onderwerp=onderwerp,
        aanhef=AANHEF,
        alineas=tuple(alineas.split("\n\n")),
        afzender=zaak.behandelaar_naam or f"Afdeling {zaak.afdeling_naam}",
    )
    return make_pdf(gegevens, moment)
