"""One zaak as its page shows it: every text, date and link is made here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from eloket.documenten.formaten import schrijf_omvang
from eloket.documenten.tonen import waarom_opslaan
from eloket.documenten.types import Beoordeling, Controle, DocumentInzage
from eloket.identity.types import NAMENS, Partij
from eloket.kernel.klok import datum_van, schrijf_datum, vandaag
from eloket.portal import paden
from eloket.zaken.betrokkenen import is_document_of
from eloket.zaken.tijdlijn import Stap, StapStand, Termijn, build_termijn, build_tijdlijn
from eloket.zaken.types import Archiefnominatie, Gebeurtenis, Zaak, ZaakRef


@dataclass(frozen=True, slots=True)
class GebeurtenisRegel:
    iso: str
    datum: str
    tekst: str


@dataclass(frozen=True, slots=True)
class StapRegel:
    """A step of the timeline. `soort` is the variant of the component, `toestand` the same in words."""

    nummer: int
    titel: str
    soort: str
    toestand: str
    voor_datum: str
    datum: str
    iso: str
    tekst: str
    gebeurtenissen: list[GebeurtenisRegel]


@dataclass(frozen=True, slots=True)
class TermijnRegel:
    """How long it takes. `dag` is `Dag 20 van 56`; `soort` of the alert, or "" when `tekst` needs none."""

    dag: str
    tekst: str
    soort: str


@dataclass(frozen=True, slots=True)
class DocumentRegel:
    """A document in the list. `openen` is "" when a browser may not show it, and then `waarom_opslaan` says why;
    `opslaan` is "" when nobody may have it. `stand` is what became of what the resident sent, "" for what the
    municipality added.
    """

    titel: str
    icoon: str
    soort: str
    van: str
    datum: str
    iso: str
    openen: str
    opslaan: str
    waarom_opslaan: str
    stand: str
    stand_soort: str
    uitleg: str


def _van(document: DocumentInzage, van: str, *, is_eigen: bool) -> str:
    if not document.is_van_aanvrager:
        return "Van de gemeente"
    if not is_eigen:
        return "Van iemand anders bij deze zaak"
    return f"Van {document.auteur_naam if NAMENS in document.auteur_naam else van}"


def make_tijdlijn(zaak: Zaak, gebeurtenissen: tuple[Gebeurtenis, ...]) -> list[StapRegel]:
    """Done, current and coming steps, each with what happened while it was current."""
    return [_make_stap(stap) for stap in build_tijdlijn(zaak, gebeurtenissen)]


_SOORT = {
    StapStand.GEDAAN: ("checked", "Afgerond"),
    StapStand.HUIDIG: ("current", "Huidige stap"),
    StapStand.KOMEND: ("not-checked", "Komt nog"),
}


def _make_stap(stap: Stap) -> StapRegel:
    soort, toestand = _SOORT[stap.stand]
    voor, dag = _stap_datum(stap)
    return StapRegel(
        nummer=stap.volgnummer,
        titel=stap.titel,
        soort=soort,
        toestand=toestand,
        voor_datum=voor,
        datum=schrijf_datum(dag) if dag else "",
        iso=dag.isoformat() if dag else "",
        tekst=stap.tekst,
        gebeurtenissen=[_make_gebeurtenis(g.moment, g.tekst) for g in stap.gebeurtenissen],
    )


def _stap_datum(stap: Stap) -> tuple[str, date | None]:
    if stap.moment is not None:
        return "Sinds " if stap.stand is StapStand.HUIDIG else "", datum_van(stap.moment)
    return ("Uiterlijk ", stap.uiterlijk) if stap.uiterlijk else ("", None)


def _make_gebeurtenis(moment: datetime, tekst: str) -> GebeurtenisRegel:
    dag = datum_van(moment)
    return GebeurtenisRegel(iso=dag.isoformat(), datum=schrijf_datum(dag), tekst=tekst)


def make_termijn(zaak: Zaak) -> TermijnRegel | None:
    """None for a closed zaak, or one without a term."""
    termijn = build_termijn(zaak, vandaag())
    if termijn is None:
        return None
    dag = f"Dag {termijn.dag} van {termijn.van}"
    uiterlijk = schrijf_datum(termijn.uiterlijk)
    if zaak.opschorting is not None:
        sinds, reden = schrijf_datum(zaak.opschorting.sinds), zaak.opschorting.reden.strip().rstrip(".")
        tekst = (
            f"De termijn staat stil sinds {sinds}. {reden[:1].upper()}{reden[1:]}. "
            f"Kunnen wij weer verder? Dan loopt de termijn door en wordt de uiterste datum later dan {uiterlijk}."
        )
        return TermijnRegel(dag=dag, tekst=tekst, soort="info")
    if zaak.verlenging is not None and not termijn.is_te_laat:
        sinds, reden = schrijf_datum(zaak.verlenging.op), zaak.verlenging.reden.strip()
        tekst = f"Uiterlijk {uiterlijk}. Op {sinds} hebben wij de termijn verlengd. {reden[:1].upper()}{reden[1:]}"
        return TermijnRegel(dag=dag, tekst=tekst, soort="info")
    return _make_lopende_termijn(termijn, dag, uiterlijk)


def _make_lopende_termijn(termijn: Termijn, dag: str, uiterlijk: str) -> TermijnRegel:
    if termijn.is_te_laat:
        tekst = (
            f"Wij hadden uiterlijk {uiterlijk} klaar moeten zijn. Dat is niet gelukt. "
            "Wilt u weten hoe lang het nog duurt? Verstuur dan een bericht of bel ons."
        )
        return TermijnRegel(dag=dag, tekst=tekst, soort="warning")
    return TermijnRegel(dag=dag, tekst=f"Uiterlijk {uiterlijk}", soort="")


def make_details(zaak: Zaak) -> list[tuple[str, str]]:
    """(naam, waarde) of what is known about the zaak, in reading order."""
    regels = [("Datum aanvraag", schrijf_datum(zaak.startdatum)), ("Zaaknummer", zaak.identificatie)]
    if zaak.zaaktype_omschrijving and zaak.zaaktype_omschrijving != zaak.omschrijving:
        regels.append(("Soort zaak", zaak.zaaktype_omschrijving))
    regels += zaak.kenmerken
    regels.append(("Behandelende afdeling", zaak.afdeling_naam))
    if zaak.is_open and zaak.uiterlijke_einddatum:
        regels.append(("Verwachte datum", f"Uiterlijk {schrijf_datum(zaak.uiterlijke_einddatum)}"))
    if zaak.einddatum:
        regels.append(("Afgerond op", schrijf_datum(zaak.einddatum)))
    if zaak.resultaat:
        regels.append(("Resultaat", zaak.resultaat))
    if bewaard := describe_bewaren(zaak):
        regels.append(("Hoe lang wij deze zaak bewaren", bewaard))
    return regels


def describe_bewaren(zaak: Zaak) -> str:
    """How long a closed zaak is kept, as the applicant reads it (AVG 13, second paragraph, a); "" when nobody said."""
    if zaak.archiefnominatie is Archiefnominatie.BLIJVEND_BEWAREN:
        return "Wij bewaren deze zaak altijd, in het archief van de gemeente."
    if zaak.archiefnominatie is None or zaak.archiefactiedatum is None:
        return ""
    datum = schrijf_datum(zaak.archiefactiedatum)
    if zaak.archiefactiedatum <= vandaag():
        return f"Wij bewaarden deze zaak tot {datum}. Wij gaan de zaak nu vernietigen."
    return f"Wij bewaren deze zaak tot {datum}. Daarna vernietigen wij de zaak."


def make_documenten(
    zaak: Zaak, documenten: Iterable[DocumentInzage], *, partij: Partij, van: str = "u"
) -> list[DocumentRegel]:
    """The documents in the same order, ready to be shown to this party. `van`: how they are called."""
    return [
        _make_document(zaak.ref, document, van, is_eigen=is_document_of(partij, zaak, document))
        for document in documenten
    ]


_NIEUWE_VERSIE = "Wij hebben hiervan een nieuwe versie toegevoegd."


def _write_stand(document: DocumentInzage, *, is_eigen: bool) -> tuple[str, str, str]:
    """(what became of it, badge, what to know or do). Why it was refused is for who sent it."""
    if document.controle is Controle.BESMET:
        doe = " Stuur een veilig bestand." if is_eigen and not document.vervangen_door else ""
        return "Virus gevonden", "danger", f"In dit bestand zit een virus. Niemand kan het openen.{doe}"
    if not document.is_beschikbaar:
        return (
            "Wordt gecontroleerd",
            "neutral",
            "Wij controleren dit bestand op virussen. Daarna kunt u het openen.",
        )
    if not document.is_van_aanvrager:
        return "", "", ""
    if document.beoordeling is Beoordeling.AFGEKEURD:
        reden = f"Waarom wij dit niet kunnen gebruiken: {document.afkeurreden}" if is_eigen else ""
        return "Afgekeurd", "danger", reden
    if document.beoordeling is Beoordeling.GEACCEPTEERD:
        return "Goedgekeurd", "success", _NIEUWE_VERSIE if document.vervangen_door else ""
    return "Ontvangen", "active", ""


def _make_document(ref: ZaakRef, document: DocumentInzage, van: str, *, is_eigen: bool) -> DocumentRegel:
    dag = datum_van(document.ontvangen_op)
    stand, stand_soort, uitleg = _write_stand(document, is_eigen=is_eigen)
    is_open = document.is_beschikbaar
    return DocumentRegel(
        titel=document.titel,
        icoon="photo" if document.formaat.mime.startswith("image/") else "file-text",
        soort=f"{document.formaat.naam}, {schrijf_omvang(document.omvang)}",
        van=_van(document, van, is_eigen=is_eigen),
        datum=schrijf_datum(dag),
        iso=dag.isoformat(),
        openen=paden.document_openen(ref, document.id) if is_open and document.is_toonbaar else "",
        opslaan=paden.document_opslaan(ref, document.id) if is_open else "",
        waarom_opslaan=waarom_opslaan(document) if is_open else "",
        stand=stand,
        stand_soort=stand_soort,
        uitleg=uitleg,
    )
