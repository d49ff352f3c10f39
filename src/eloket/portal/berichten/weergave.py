"""Messages and the message box as pages show them."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings

from eloket.berichten.types import (
    NIEUW,
    BerichtInzage,
    Bijlage,
    BijlageStand,
    Concept,
    Gesprek,
    GesprekInzage,
)
from eloket.documenten.formaten import ACCEPT, MAX_AANTAL, OPSOMMING
from eloket.identity.types import NAMENS
from eloket.kernel.klok import schrijf_moment
from eloket.portal import paden
from eloket.zaken.teksten import lees_tekst
from eloket.zaken.types import Zaak, ZaakRef

ZELF = "U"
_KORT = 140  # characters of the last message under Berichten


@dataclass(frozen=True, slots=True)
class BijlageRegel:
    """A document that came with a message. Without `href` nobody can open it now, and `stand` says why."""

    naam: str = field(repr=False)
    href: str
    stand: str


@dataclass(frozen=True, slots=True)
class BerichtRegel:
    """One message. `is_nieuw`: from the municipality and not opened before now. `stand`: of one's own message."""

    afzender: str = field(repr=False)
    tekst: str = field(repr=False)
    moment: str
    iso: str
    is_van_gemeente: bool
    is_nieuw: bool
    stand: str = ""
    bijlagen: tuple[BijlageRegel, ...] = ()


@dataclass(frozen=True, slots=True)
class GesprekRegel:
    """One conversation in the list; `kort` is how its last message begins."""

    href: str
    onderwerp: str = field(repr=False)
    titel: str
    nummer: str
    afzender: str = field(repr=False)
    kort: str = field(repr=False)
    moment: str
    iso: str
    aantal: int
    ongelezen: int


@dataclass(frozen=True, slots=True)
class Berichtvak:
    """The box 'Verstuur een bericht': where it posts to, where it stands, and what is in it."""

    actie: str
    terug: str
    sleutel: str
    ontvanger: str
    antwoord: str  # when they hear from us: a text of the municipality (zaken.teksten)
    tekst: str = field(repr=False)
    fout: str
    ref: str = ""
    nieuw_href: str = ""
    uitgebreid: "Uitgebreid | None" = None


@dataclass(frozen=True, slots=True)
class Uitgebreid:
    """The rest of the box on a page of its own: subject, files, draft. `gesprek`: an id, `nieuw`, or ''."""

    gesprek: str
    concept_href: str
    concept_tekst: str  # when the draft was kept, or ''
    accept: str = ACCEPT
    bijlagen_uitleg: str = f"Hoogstens {MAX_AANTAL} bestanden, van hoogstens 50 MB per bestand: {OPSOMMING}."
    onderwerp: str = field(default="", repr=False)
    fouten: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_nieuw(self) -> bool:
        return self.gesprek == NIEUW


def make_berichten(berichten: Iterable[BerichtInzage], *, zelf: str = ZELF) -> list[BerichtRegel]:
    """The messages in the same order, ready to be shown. `zelf`: how the resident of this side is called."""
    return [
        BerichtRegel(
            afzender=_afzender(bericht, zelf),
            tekst=bericht.tekst,
            moment=schrijf_moment(bericht.verzonden_op),
            iso=bericht.verzonden_op.isoformat(timespec="minutes"),
            is_van_gemeente=bericht.is_van_gemeente,
            is_nieuw=bericht.is_van_gemeente and not bericht.is_gelezen,
            stand=_stand(bericht),
            bijlagen=tuple(_bijlage(bericht.zaak_ref, bijlage) for bijlage in bericht.bijlagen),
        )
        for bericht in berichten
    ]


@dataclass(frozen=True, slots=True)
class Groep:
    """One conversation on a page."""

    id: str
    onderwerp: str = field(repr=False)
    berichten: list[BerichtRegel]
    href: str
    pdf_href: str
    ongelezen_href: str  # "" when the municipality wrote nothing in it


def make_groepen(gesprekken: Iterable[GesprekInzage], *, zelf: str = ZELF) -> list[Groep]:
    """The conversations of a zaak in the same order, ready to be shown."""
    return [
        Groep(
            id=een.id,
            onderwerp=een.onderwerp,
            berichten=make_berichten(een.berichten, zelf=zelf),
            href=paden.een_gesprek(een.zaak_ref, een.id),
            pdf_href=paden.gesprek_pdf(een.zaak_ref, een.id),
            ongelezen_href=paden.gesprek_ongelezen(een.zaak_ref, een.id)
            if any(bericht.is_van_gemeente for bericht in een.berichten)
            else "",
        )
        for een in gesprekken
    ]


_BESCHERMD = "Log in met een hoger niveau om dit te lezen."


def make_gesprekken(gesprekken: Iterable[Gesprek]) -> list[GesprekRegel]:
    """The conversations in the same order, ready to be shown."""
    return [
        GesprekRegel(
            href=paden.een_gesprek(gesprek.zaak_ref, gesprek.id),
            onderwerp=gesprek.onderwerp,
            titel=gesprek.zaak_omschrijving or "Zaak",
            nummer=gesprek.zaak_identificatie,
            afzender=_afzender(gesprek.laatste),
            kort=_shorten(gesprek.laatste.tekst) if not gesprek.is_beschermd else _BESCHERMD,
            moment=schrijf_moment(gesprek.laatste.verzonden_op),
            iso=gesprek.laatste.verzonden_op.isoformat(timespec="minutes"),
            aantal=gesprek.aantal,
            ongelezen=gesprek.ongelezen,
        )
        for gesprek in gesprekken
    ]


def _stand(bericht: BerichtInzage) -> str:
    if bericht.is_van_gemeente:
        return ""
    return "Gelezen door de gemeente" if bericht.is_gelezen else "Nog niet gelezen door de gemeente"


_BIJLAGE_STAND = {
    BijlageStand.BESCHIKBAAR: "",
    BijlageStand.WACHT: "Wij controleren dit bestand nog op virussen.",
    BijlageStand.BESMET: "In dit bestand zit een virus. Niemand kan het openen.",
    BijlageStand.WEG: "Dit bestand staat niet meer bij deze zaak, of er is een nieuwere versie.",
    BijlageStand.ONBEKEND: "Wij kunnen dit bestand nu niet ophalen. Dat ligt aan ons. Probeer het later nog een keer.",
}


def _bijlage(ref: ZaakRef, bijlage: Bijlage) -> BijlageRegel:
    href = ""
    if bijlage.is_beschikbaar:
        maak = paden.document_openen if bijlage.is_toonbaar else paden.document_opslaan
        href = maak(ref, bijlage.document_id)
    return BijlageRegel(naam=bijlage.naam, href=href, stand=_BIJLAGE_STAND[bijlage.stand])


def make_berichtvak(
    zaak: Zaak,
    *,
    actie: str,
    terug: str,
    invoer: Mapping[str, str | list[str]],
    fout: str = "",
    uitgebreid: Uitgebreid | None = None,
) -> Berichtvak:
    """The box for this zaak, with what was typed before in it. `sleutel` makes a double click one message."""
    return Berichtvak(
        actie=actie,
        terug=terug,
        sleutel=str(invoer.get("sleutel") or uuid.uuid4().hex),
        ontvanger=write_ontvanger(zaak),
        antwoord=lees_tekst("bericht"),
        tekst=str(invoer.get("bericht", "")),
        fout=fout,
        ref=str(zaak.ref),
        nieuw_href=paden.een_gesprek(zaak.ref, NIEUW),
        uitgebreid=uitgebreid,
    )


def make_uitgebreid(
    ref: ZaakRef,
    gesprek_id: str,
    *,
    concept: Concept | None,
    invoer: Mapping[str, str | list[str]],
    fouten: Mapping[str, str],
) -> Uitgebreid:
    """What a box on a page of its own has more than the one on the page of a zaak."""
    return Uitgebreid(
        gesprek=gesprek_id,
        concept_href=paden.gesprek_concept(ref),
        concept_tekst=f"Concept bewaard op {schrijf_moment(concept.bewaard_op)}." if concept else "",
        onderwerp=str(invoer.get("onderwerp", "")),
        fouten=fouten,
    )


def write_ontvanger(zaak: Zaak) -> str:
    """To whom a message about this zaak goes."""
    if zaak.behandelaar_id is not None and zaak.behandelaar_naam:
        return f"Uw bericht gaat naar {zaak.behandelaar_naam}, die uw zaak behandelt."
    return f"Uw bericht gaat naar de afdeling {zaak.afdeling_naam}."


def _afzender(bericht: BerichtInzage, zelf: str = ZELF) -> str:
    if bericht.is_van_gemeente:
        return f"{bericht.afzender_naam}, {settings.ELOKET.gemeente}"
    return bericht.afzender_naam if NAMENS in bericht.afzender_naam else zelf


def _shorten(tekst: str) -> str:
    regel = " ".join(tekst.split())
    return regel if len(regel) <= _KORT else f"{regel[: _KORT - 1].rstrip()}…"
