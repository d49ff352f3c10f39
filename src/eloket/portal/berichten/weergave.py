"""Messages and the message box as pages show them."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings

from eloket.berichten.types import BerichtInzage, Gesprek
from eloket.kernel.klok import schrijf_moment
from eloket.portal import paden
from eloket.zaken.types import Zaak

_KORT = 140  # characters of the last message under Berichten


@dataclass(frozen=True, slots=True)
class BerichtRegel:
    """One message. `is_nieuw`: from the municipality and not opened before now."""

    afzender: str = field(repr=False)
    tekst: str = field(repr=False)
    moment: str
    iso: str
    is_van_gemeente: bool
    is_nieuw: bool


@dataclass(frozen=True, slots=True)
class GesprekRegel:
    """One conversation in the list; `kort` is how its last message begins."""

    href: str
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
    tekst: str = field(repr=False)
    fout: str


def make_berichten(berichten: Iterable[BerichtInzage]) -> list[BerichtRegel]:
    """The messages in the same order, ready to be shown."""
    return [
        BerichtRegel(
            afzender=_afzender(bericht),
            tekst=bericht.tekst,
            moment=schrijf_moment(bericht.verzonden_op),
            iso=bericht.verzonden_op.isoformat(timespec="minutes"),
            is_van_gemeente=bericht.is_van_gemeente,
            is_nieuw=bericht.is_van_gemeente and not bericht.is_gelezen,
        )
        for bericht in berichten
    ]


def make_gesprekken(gesprekken: Iterable[Gesprek]) -> list[GesprekRegel]:
    """The conversations in the same order, ready to be shown."""
    return [
        GesprekRegel(
            href=paden.gesprek(gesprek.zaak_ref),
            titel=gesprek.zaak_omschrijving or "Zaak",
            nummer=gesprek.zaak_identificatie,
            afzender=_afzender(gesprek.laatste),
            kort=_shorten(gesprek.laatste.tekst),
            moment=schrijf_moment(gesprek.laatste.verzonden_op),
            iso=gesprek.laatste.verzonden_op.isoformat(timespec="minutes"),
            aantal=gesprek.aantal,
            ongelezen=gesprek.ongelezen,
        )
        for gesprek in gesprekken
    ]


def make_berichtvak(
    zaak: Zaak, *, actie: str, terug: str, invoer: Mapping[str, str | list[str]], fout: str = ""
) -> Berichtvak:
    """The box for this zaak, with what was typed before in it. `sleutel` makes a double click one message."""
    return Berichtvak(
        actie=actie,
        terug=terug,
        sleutel=str(invoer.get("sleutel") or uuid.uuid4().hex),
        ontvanger=write_ontvanger(zaak),
        tekst=str(invoer.get("bericht", "")),
        fout=fout,
    )


def write_ontvanger(zaak: Zaak) -> str:
    """To whom a message about this zaak goes."""
    if zaak.behandelaar_id is not None and zaak.behandelaar_naam:
        return f"Uw bericht gaat naar {zaak.behandelaar_naam}, die uw zaak behandelt."
    return f"Uw bericht gaat naar de afdeling {zaak.afdeling_naam}."


def _afzender(bericht: BerichtInzage) -> str:
    return f"{bericht.afzender_naam}, {settings.ELOKET.gemeente}" if bericht.is_van_gemeente else "U"


def _shorten(tekst: str) -> str:
    regel = " ".join(tekst.split())
    return regel if len(regel) <= _KORT else f"{regel[: _KORT - 1].rstrip()}…"
