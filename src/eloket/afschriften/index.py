"""What is in the dossier, as PDF/A-2a and PDF/UA-1: to be read in twenty years, and by who does not see it.

Source: ISO 19005-2 (PDF/A-2, level a) and ISO 14289-1, which typst checks while it writes.
"""

from dataclasses import dataclass
from datetime import date, datetime

from eloket.afschriften.types import Regels, Stuk, Weggelaten
from eloket.berichten.types import GesprekInzage
from eloket.design_system.pdf import render_pdf
from eloket.documenten.formaten import schrijf_omvang
from eloket.documenten.types import Beoordeling, DocumentInzage, Herkomst, Kenmerk
from eloket.kernel.klok import datum_van, schrijf_datum, schrijf_moment
from eloket.zaken.tijdlijn import StapStand, build_tijdlijn
from eloket.zaken.types import Gebeurtenis, TaakInzage, TaakStand, Zaak

_STAND = {
    TaakStand.GEVRAAGD: "Gevraagd",
    TaakStand.ONTVANGEN: "Ontvangen",
    TaakStand.GOEDGEKEURD: "Goedgekeurd",
    TaakStand.AFGEKEURD: "Afgekeurd",
}
_OORDEEL = {
    Beoordeling.NIEUW: "Ontvangen, nog niet beoordeeld",
    Beoordeling.GEACCEPTEERD: "Goedgekeurd",
    Beoordeling.AFGEKEURD: "Afgekeurd",
}
# What the portal would have saved and not shown (documenten.tonen), for who has it on their own computer.
_LET_OP = {
    Kenmerk.VERSLEUTELD: "Op dit bestand zit een wachtwoord. U heeft het nodig om het bestand te openen.",
    Kenmerk.ACTIEF: "In dit bestand zitten scripts of andere bestanden. Open het alleen als u weet van wie het komt.",
    Kenmerk.ONLEESBAAR: "Wij konden niet goed lezen wat hierin zit. Open het alleen als u weet van wie het komt.",
}


@dataclass(frozen=True, slots=True)
class Opgave:
    """What the index tells."""

    zaak: Zaak
    voor: str
    gemeente: str
    moment: datetime
    gebeurtenissen: tuple[Gebeurtenis, ...]
    taken: tuple[TaakInzage, ...]
    stukken: tuple[Stuk, ...]
    weggelaten: tuple[Weggelaten, ...]


def make_index(opgave: Opgave) -> bytes:
    """The zaak, what is in the dossier and what is not, the questions and the timeline."""
    zaak = opgave.zaak
    gegevens = {
        "gemeente": opgave.gemeente,
        "zaaknummer": zaak.identificatie,
        "regels": _zaak(opgave),
        "toelichting": zaak.toelichting,
        "stukken": [
            {"titel": een.titel, "regels": _stuk(een), "sha256": een.sha256} for een in opgave.stukken
        ],
        "weggelaten": [(een.titel, een.waarom) for een in opgave.weggelaten],
        "taken": [{"titel": een.titel, "regels": _taak(een)} for een in opgave.taken],
        "tijdlijn": _tijdlijn(zaak, opgave.gebeurtenissen),
    }
    return render_pdf(
        "dossier",
        gegevens,
        titel=f"Dossier van zaak {zaak.identificatie}",
        moment=opgave.moment,
        is_archief=True,
    )


def describe(document: DocumentInzage, *, is_van_ander: bool = False) -> Regels:
    """What to know of a document before opening it. Why it was refused is not for who did not send it."""
    inzender = "iemand anders bij deze zaak" if is_van_ander else "de aanvrager"
    regels = [
        ("Van", inzender if document.herkomst is Herkomst.AANVRAGER else "de gemeente"),
        ("Ontvangen of gemaakt op", schrijf_moment(document.ontvangen_op)),
    ]
    if document.documenttype:
        regels.append(("Soort document", document.documenttype))
    if document.versie > 1 or document.vervangen_door:
        later = ", er is een nieuwere versie" if document.vervangen_door else ""
        regels.append(("Versie", f"{document.versie}{later}"))
    if document.is_van_aanvrager:
        regels.append(("Wat ervan kwam", _OORDEEL[document.beoordeling]))
    if document.afkeurreden and not is_van_ander:
        regels.append(("Waarom afgekeurd", document.afkeurreden))
    regels += [("Let op", tekst) for kenmerk, tekst in _LET_OP.items() if kenmerk in document.kenmerken]
    return tuple(regels)


def describe_gesprek(gesprek: GesprekInzage) -> Regels:
    """How many messages it has, and from when to when."""
    return (
        ("Aantal berichten", str(len(gesprek.berichten))),
        ("Eerste bericht", schrijf_moment(gesprek.berichten[-1].verzonden_op)),
        ("Laatste bericht", schrijf_moment(gesprek.berichten[0].verzonden_op)),
    )


def _zaak(opgave: Opgave) -> list[tuple[str, str]]:
    zaak = opgave.zaak
    regels = [
        ("Onderwerp", zaak.omschrijving),
        ("Zaaknummer", zaak.identificatie),
        ("Soort zaak", zaak.zaaktype_omschrijving),
        ("Aanvrager", zaak.initiator.naam if zaak.initiator else "niet bekend"),
        ("Datum aanvraag", schrijf_datum(zaak.startdatum)),
        *zaak.kenmerken,
        ("Behandelende afdeling", zaak.afdeling_naam),
        ("Stand", zaak.badge.tekst),
        *_termijn(zaak),
        ("Dossier gemaakt op", f"{schrijf_moment(opgave.moment)}, door {opgave.gemeente}"),
        ("Dossier gemaakt voor", opgave.voor),
    ]
    return [(naam, waarde) for naam, waarde in regels if waarde]


def _termijn(zaak: Zaak) -> list[tuple[str, str]]:
    if zaak.einddatum:
        return [("Afgerond op", schrijf_datum(zaak.einddatum)), ("Resultaat", zaak.resultaat)]
    regels = []
    if zaak.uiterlijke_einddatum:
        regels.append(("Uiterste datum", schrijf_datum(zaak.uiterlijke_einddatum)))
    if zaak.opschorting:
        sinds, reden = schrijf_datum(zaak.opschorting.sinds), zaak.opschorting.reden
        regels.append(("De termijn staat stil", f"sinds {sinds}. {reden}"))
    return regels


def _stuk(stuk: Stuk) -> list[tuple[str, str]]:
    return [
        ("Bestand", stuk.naam),
        *stuk.regels,
        ("Omvang", f"{schrijf_omvang(stuk.omvang)} ({stuk.omvang} bytes)"),
    ]


def _taak(taak: TaakInzage) -> list[tuple[str, str]]:
    regels = [
        ("Gevraagd op", schrijf_moment(taak.gevraagd_op)),
        ("Uitleg", taak.toelichting),
        ("Vóór", schrijf_datum(taak.deadline)),
        ("Langer de tijd gekregen", taak.verlengd_om),
        ("Ontvangen op", schrijf_moment(taak.vervuld_op) if taak.vervuld_op else ""),
        ("Antwoord", taak.antwoord),
        ("Stand", _STAND[taak.stand]),
        ("Waarom afgekeurd", taak.afkeurreden),
    ]
    return [(naam, waarde) for naam, waarde in regels if waarde]


def _tijdlijn(zaak: Zaak, gebeurtenissen: tuple[Gebeurtenis, ...]) -> list[dict[str, object]]:
    """The steps that were reached, each with what happened while it was current."""
    return [
        {
            "titel": stap.titel,
            "datum": schrijf_datum(datum_van(stap.moment)) if stap.moment else "",
            "tekst": stap.tekst,
            "gebeurtenissen": [f"{_dag(een.moment)}: {een.tekst}" for een in stap.gebeurtenissen],
        }
        for stap in build_tijdlijn(zaak, gebeurtenissen)
        if stap.stand is not StapStand.KOMEND
    ]


def _dag(moment: datetime) -> str:
    dag: date = datum_van(moment)
    return schrijf_datum(dag)
