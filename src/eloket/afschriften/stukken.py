"""The PDF files of a dossier: each conversation, each receipt, and the proof of what was sent. All are made before the
zip begins, because their size is part of its size; each takes some milliseconds.
"""

import hashlib
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import datetime

from eloket.afschriften import index
from eloket.afschriften.types import Regels, Stuk
from eloket.berichten.pdf import make_gesprek_pdf
from eloket.berichten.queries import list_gesprekken_van_zaak
from eloket.documenten.types import DocumentInzage
from eloket.identity.types import Partij
from eloket.kernel.klok import schrijf_datum, schrijf_moment
from eloket.notifications.brieven.inhoud import make_pdf as make_brief_pdf
from eloket.notifications.brieven.queries import list_geposte_brieven
from eloket.notifications.ontvangst.pdf import bestandsnaam, make_pdf, titel_van
from eloket.notifications.ontvangst.queries import count_ontvangsten, list_ontvangsten
from eloket.notifications.ontvangst.types import OntvangstInzage
from eloket.notifications.verantwoorden.verzendbewijs import TITEL, make_verzendbewijs
from eloket.notifications.verantwoorden.verzending import VanPartij, get_verzending, keys_of, list_verzending
from eloket.zaken.types import Zaak

_BROK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Voor:
    """For whom the files are made: `partij` is None for a civil servant, who gets those of everybody in the zaak."""

    zaak: Zaak
    partij: Partij | None
    gemeente: str
    moment: datetime


def make_gesprekken(voor: Voor) -> list[Stuk]:
    """Each conversation, the one that began first in front; only the party's own."""
    gesprekken = list_gesprekken_van_zaak(voor.zaak.ref, partij=voor.partij)
    op_volgorde = sorted(gesprekken, key=lambda een: een.berichten[-1].verzonden_op)
    return [
        make_stuk(
            f"gesprekken/gesprek-{nummer:03d}.pdf",
            f"Gesprek: {een.onderwerp}",
            make_gesprek_pdf(voor.zaak, een, gemeente=voor.gemeente, moment=voor.moment),
            een.berichten[0].verzonden_op,
            index.describe_gesprek(een),
        )
        for nummer, een in enumerate(op_volgorde, start=1)
    ]


def make_ontvangstbewijzen(voor: Voor) -> list[Stuk]:
    """The receipt of everything that was sent to us about the zaak, the oldest in front; only the party's own."""
    totaal = count_ontvangsten(voor.zaak.ref, partij=voor.partij)
    ontvangsten = list_ontvangsten(voor.zaak.ref, partij=voor.partij, limit=totaal)
    return [
        make_stuk(
            f"ontvangst/{bestandsnaam(een)}",
            f"Ontvangstbewijs: {titel_van(een.soort)}",
            make_pdf(een, gemeente=voor.gemeente),
            een.ontvangen_op,
            _describe(een),
        )
        for een in reversed(ontvangsten)
    ]


def _describe(een: OntvangstInzage) -> Regels:
    regels = (("Kenmerk", een.kenmerk), ("Ontvangen op", schrijf_moment(een.ontvangen_op)))
    return (*regels, (een.door_kop, een.verstuurd_door)) if een.verstuurd_door else regels


def make_brieven(voor: Voor) -> list[Stuk]:
    """The letters that went to the post: what was printed, in the template of this release; only the party's own."""
    keys = keys_of(voor.zaak, voor.partij) if voor.partij is not None else None
    return [
        make_stuk(
            f"brieven/brief-{een.kenmerk}.pdf",
            "Brief op papier",
            make_brief_pdf([een.inhoud], een.geprint_op),
            een.geprint_op,
            (("Kenmerk", een.kenmerk), ("Op de post gedaan op", schrijf_datum(een.gepost_op))),
        )
        for een in list_geposte_brieven(str(voor.zaak.ref), keys)
    ]


def make_verzendbewijzen(voor: Voor, documenten: Iterable[DocumentInzage]) -> list[Stuk]:
    """When everything was sent, delivered and opened: of the party, or of each party that something went to.
    `documenten` are those of the zaak in every version, for the civil servant. Raises BronOnbereikbaar.
    """
    if voor.partij is not None:
        return [_verzendbewijs(voor, "verzendbewijs.pdf", get_verzending(voor.zaak, voor.partij))]
    return [
        _verzendbewijs(voor, f"verzendbewijs-{nummer:03d}.pdf", een)
        for nummer, een in enumerate(list_verzending(voor.zaak, documenten), start=1)
    ]


def _verzendbewijs(voor: Voor, naam: str, partij: VanPartij) -> Stuk:
    return make_stuk(
        f"bewijs/{naam}",
        TITEL,
        make_verzendbewijs(voor.zaak, partij, gemeente=voor.gemeente, moment=voor.moment),
        voor.moment,
        (("Voor", partij.naam),) if partij.naam else (),
    )


def make_stuk(naam: str, titel: str, inhoud: bytes, moment: datetime, regels: Regels = ()) -> Stuk:
    """A file that is in memory already. `naam` is its path in the dossier."""
    return Stuk(
        naam=naam,
        titel=titel,
        omvang=len(inhoud),
        sha256=hashlib.sha256(inhoud).hexdigest(),
        moment=moment,
        brokken=_in_brokken(inhoud),
        regels=regels,
    )


def _in_brokken(inhoud: bytes) -> Generator[bytes, None, None]:
    yield from (inhoud[begin : begin + _BROK] for begin in range(0, len(inhoud), _BROK))
