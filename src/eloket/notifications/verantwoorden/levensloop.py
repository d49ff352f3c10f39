"""The life of each notification about a zaak, from the facts that were written as it was lived (notifications.bewijs).

A few queries for a whole zaak, however much was sent: facts about notifications name the zaak, facts about a mail name
the mail. Source: Awb 2:10 and Wmebv: afterwards one can show when something was sent, delivered and opened.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from eloket.kernel.herkennen import recognise
from eloket.notifications.mail.mailsoorten import mailsoort
from eloket.notifications.models import BewijsRegel, Notificatie
from eloket.notifications.rubrieken import is_vast
from eloket.notifications.types import BewijsSoort, NotificatieSoort
from eloket.notifications.verantwoorden.levenslooptekst import (
    AFGEBROKEN,
    BEGONNEN,
    CONTACTPERSOON,
    MELDING_ONBEKEND,
    MISSCHIEN_DUBBEL,
    is_onzeker,
    schrijf,
    schrijf_mislukt,
)
from eloket.zaken.types import ZaakRef

_TEGELIJK = 500
_VELDEN = (
    "id", "moment", "soort", "betrokkene_key", "notificatie_id", "zending_id", "onderwerp_id", "kenmerken",
)  # fmt: skip


class Stand(StrEnum):
    """How far it came, in the words of a badge."""

    WACHT = "Wacht op verzending"
    VERSTUURD = "Verstuurd"
    BEZORGD = "Bezorgd"
    GEOPEND = "Geopend"
    PER_BRIEF = "Per brief"
    GEEN_MAIL = "Geen e-mail"
    MISLUKT = "Niet bezorgd"


# What each fact makes of the state. What was opened stays opened, whatever a server says later.
_STANDEN = {
    BewijsSoort.GEEN_MAIL: Stand.GEEN_MAIL,
    BewijsSoort.TOCH_MAIL: Stand.WACHT,
    BewijsSoort.IN_ZENDING: Stand.WACHT,
    BewijsSoort.VERZONDEN: Stand.VERSTUURD,
    BewijsSoort.BEZORGD: Stand.BEZORGD,
    BewijsSoort.GEWEIGERD: Stand.MISLUKT,
    BewijsSoort.OPGEGEVEN: Stand.MISLUKT,
    BewijsSoort.TERUGGEKOMEN: Stand.MISLUKT,
    BewijsSoort.VERVALLEN: Stand.GEEN_MAIL,
    BewijsSoort.BRIEF_GEMAAKT: Stand.PER_BRIEF,
    BewijsSoort.BRIEF_OP_POST: Stand.PER_BRIEF,
    BewijsSoort.GEOPEND: Stand.GEOPEND,
}


@dataclass(frozen=True, slots=True)
class _Feit:
    """A row of the proof. `id` is the order in which facts were written: a clock can be set back, that cannot."""

    id: int
    moment: datetime
    soort: BewijsSoort | str  # a code that this release does not know: it says nothing about how far it came
    betrokkene_key: str = field(repr=False)
    notificatie_id: int | None
    zending_id: UUID | None
    onderwerp_id: str
    kenmerken: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stap:
    """Something that happened, and when."""

    moment: datetime
    tekst: str


@dataclass(frozen=True, slots=True)
class Levensloop:
    """One notification to one party (`betrokkene_key`: Partij.profiel_key); `titel` is what its mail is called.

    `wacht_tot` is set while it waits for the mail that takes it along; what was opened meanwhile gets none.
    """

    id: int
    titel: str
    betrokkene_key: str = field(repr=False)
    onderwerp_id: str
    gemaakt_op: datetime
    stand: Stand
    stappen: tuple[Stap, ...]
    is_misschien_dubbel: bool = False
    wacht_tot: datetime | None = None
    is_contactpersoon: bool = False

    @property
    def uitleg(self) -> str:
        """What a reader would otherwise wonder about; mostly empty."""
        waarom = (
            CONTACTPERSOON if self.is_contactpersoon else "",
            MISSCHIEN_DUBBEL if self.is_misschien_dubbel else "",
        )
        return " ".join(filter(None, waarom))


@dataclass(frozen=True, slots=True)
class Levenslopen:
    """All notifications of a zaak, oldest first, and when the things themselves were first opened: by id and party."""

    meldingen: tuple[Levensloop, ...]
    geopend: dict[tuple[str, str], datetime] = field(repr=False)


def list_levenslopen(ref: ZaakRef) -> Levenslopen:
    """Of every party; the caller has access to the zaak and chooses. Three queries, and one more per 500 mails."""
    return _lives(
        Notificatie.objects.filter(zaak_ref=str(ref)), _read(BewijsRegel.objects.filter(zaak_ref=str(ref)))
    )


def list_levenslopen_van(profiel_keys: Collection[str]) -> Levenslopen:
    """Of what these profiles were told about no zaak: addresses, receipts, forms. As `list_levenslopen`, and one query
    more per 500 notifications."""
    over_niets = Notificatie.objects.filter(betrokkene_key__in=set(profiel_keys), zaak_ref="")
    nummers = list(over_niets.order_by("id").values_list("pk", flat=True))
    feiten: list[_Feit] = []
    for begin in range(0, len(nummers), _TEGELIJK):
        feiten += _read(BewijsRegel.objects.filter(notificatie_id__in=nummers[begin : begin + _TEGELIJK]))
    return _lives(over_niets, feiten)


def _lives(rijen: "QuerySet[Notificatie]", feiten: Sequence[_Feit]) -> Levenslopen:
    notificaties = list(rijen.defer("payload", "aan").order_by("id"))
    van_zending = _of_zendingen({feit.zending_id for feit in feiten if feit.zending_id})
    van_melding: dict[int, list[_Feit]] = {}
    geopend: dict[tuple[str, str], datetime] = {}
    for feit in feiten:
        if feit.notificatie_id is not None:
            van_melding.setdefault(feit.notificatie_id, []).append(feit)
        elif feit.soort is BewijsSoort.GEOPEND:
            geopend.setdefault((feit.onderwerp_id, feit.betrokkene_key), feit.moment)
    meldingen = (_make(rij, van_melding.get(rij.pk, []), van_zending) for rij in notificaties)
    return Levenslopen(tuple(meldingen), geopend)


def _make(rij: Notificatie, eigen: Sequence[_Feit], van_zending: dict[UUID, list[_Feit]]) -> Levensloop:
    """From its own facts and those of the mails that carried it, in the order in which they were written."""
    stappen = [
        (feit.id, Stap(feit.moment, schrijf(feit.soort, feit.kenmerken)))
        for feit in eigen
        if not _is_taken_out(feit)
    ]
    soorten = [(feit.id, feit.soort) for feit in eigen]
    is_dubbel = False
    for zending_id in dict.fromkeys(feit.zending_id for feit in eigen if feit.zending_id):
        van_deze = _along(van_zending.get(zending_id, []), eigen, zending_id)
        gedaan, is_deze_dubbel = _attempts(van_deze)
        stappen += gedaan
        soorten += [(feit.id, feit.soort) for feit in van_deze]
        is_dubbel = is_dubbel or is_deze_dubbel
    is_wachtend = rij.zending_id is None and not rij.uitkomst
    melding = recognise(NotificatieSoort, rij.soort)
    is_wachtend = is_wachtend and (rij.geopend_op is None or _is_vast(melding))
    return Levensloop(
        id=rij.pk,
        titel=_title(melding),
        betrokkene_key=rij.partij,
        onderwerp_id=rij.onderwerp_id,
        gemaakt_op=rij.gemaakt_op,
        stand=_stand(soort for _, soort in sorted(soorten)),
        stappen=tuple(stap for _, stap in sorted(stappen, key=lambda een: een[0])),
        is_misschien_dubbel=is_dubbel,
        wacht_tot=rij.gepland_op if is_wachtend else None,
        is_contactpersoon=rij.partij != rij.betrokkene_key,
    )


def _title(melding: NotificatieSoort | str) -> str:
    return mailsoort(melding).nl.onderwerp if isinstance(melding, NotificatieSoort) else MELDING_ONBEKEND


def _is_vast(melding: NotificatieSoort | str) -> bool:
    return isinstance(melding, NotificatieSoort) and is_vast(melding)


def _is_taken_out(feit: _Feit) -> bool:
    """Whether it says that the mail goes on without this notification."""
    return feit.soort is BewijsSoort.GEEN_MAIL and feit.zending_id is not None


def _along(van_deze: list[_Feit], eigen: Sequence[_Feit], zending_id: UUID) -> list[_Feit]:
    """The facts of this mail for as long as it carried the notification, and how that ended when it was taken out."""
    uit = [feit for feit in eigen if _is_taken_out(feit) and feit.zending_id == zending_id]
    return [*(feit for feit in van_deze if feit.id < uit[0].id), uit[0]] if uit else van_deze


def _attempts(feiten: Sequence[_Feit]) -> tuple[list[tuple[int, Stap]], bool]:
    """The steps of one mail, an attempt told by how it ended; and whether it may have arrived twice.

    That is when it was sent, and an earlier attempt ended in a way that leaves open whether the server had it: the
    connection broke, or the program was killed between sending and noting it. Attempts in a row that failed by the same
    cause are one step: a day without mail server would be a hundred.
    """
    uitkomsten = _outcomes(feiten)
    stappen: list[tuple[int, Stap]] = []
    is_onduidelijk = is_dubbel = False
    for _, groep in groupby(
        uitkomsten, key=lambda een: een[1].kenmerken if _is_failed(een[1]) else een[1].id
    ):
        (nummer, feit), *rest = groep
        if _is_failed(feit):
            laatste, laatste_feit = rest[-1] if rest else (nummer, feit)
            tekst = schrijf_mislukt(nummer, laatste, laatste_feit.moment, feit.kenmerken)
            is_onduidelijk = is_onduidelijk or is_onzeker(feit.kenmerken)
        elif feit.soort is not BewijsSoort.POGING:
            tekst = schrijf(feit.soort, feit.kenmerken)
            is_dubbel = is_dubbel or (feit.soort is BewijsSoort.VERZONDEN and is_onduidelijk)
        elif feit is uitkomsten[-1][1]:
            tekst = BEGONNEN.format(nummer=nummer)
        else:
            tekst = AFGEBROKEN.format(nummer=nummer)
            is_onduidelijk = True
        stappen.append((feit.id, Stap(feit.moment, tekst)))
    return stappen, is_dubbel


def _outcomes(feiten: Sequence[_Feit]) -> list[tuple[int, _Feit]]:
    """How each attempt ended, with its number. A POGING among them never ended: it was broken off, or is the last one
    and being made now."""
    uitkomsten: list[tuple[int, _Feit]] = []
    nummer, begonnen = 0, None
    for feit in feiten:
        if feit.soort is not BewijsSoort.POGING:
            uitkomsten.append((nummer, feit))
            begonnen = None
            continue
        if begonnen is not None:
            uitkomsten.append((nummer, begonnen))
        nummer, begonnen = nummer + 1, feit
    return uitkomsten if begonnen is None else [*uitkomsten, (nummer, begonnen)]


def _is_failed(feit: _Feit) -> bool:
    return feit.soort is BewijsSoort.UITGESTELD


def _stand(soorten: Iterable[BewijsSoort | str]) -> Stand:
    """A letter that cannot go, after a mail that failed, has reached nobody: that is more than "no mail"."""
    stand = Stand.WACHT
    for soort in soorten:
        if stand is Stand.GEOPEND:
            return stand
        if soort is BewijsSoort.VERVALLEN and stand in {Stand.PER_BRIEF, Stand.MISLUKT}:
            stand = Stand.MISLUKT
        else:
            stand = _STANDEN.get(soort, stand) if isinstance(soort, BewijsSoort) else stand
    return stand


def _of_zendingen(ids: set[UUID]) -> dict[UUID, list[_Feit]]:
    """The facts of these mails themselves."""
    gevonden: dict[UUID, list[_Feit]] = {}
    alle = sorted(ids)
    for begin in range(0, len(alle), _TEGELIJK):
        groep = alle[begin : begin + _TEGELIJK]
        for feit in _read(BewijsRegel.objects.filter(zending_id__in=groep, notificatie_id=None)):
            if feit.zending_id is not None:
                gevonden.setdefault(feit.zending_id, []).append(feit)
    return gevonden


def _read(rijen: "QuerySet[BewijsRegel]") -> list[_Feit]:
    """In the order in which they were written."""
    return [
        _Feit(pk, moment, recognise(BewijsSoort, soort), *rest)
        for pk, moment, soort, *rest in rijen.order_by("id").values_list(*_VELDEN)
    ]
