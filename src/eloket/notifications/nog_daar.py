"""Whether what somebody was told of still waits for them: asked before they are told again, by mail or on paper."""

from collections.abc import Collection, Iterator
from typing import Final

from django.db.models import Q, QuerySet

from eloket.berichten.queries import find_bericht_ids
from eloket.documenten.queries import find_documenten
from eloket.kernel.errors import BronOnbereikbaar
from eloket.notifications.models import Notificatie
from eloket.notifications.types import NotificatieSoort
from eloket.zaken.queries import find_wachtende_taken

_TEGELIJK = 500  # that are looked at together
_DOCUMENT: Final = frozenset({NotificatieSoort.DOCUMENT_TOEGEVOEGD})
_TAAK: Final = frozenset(
    {
        NotificatieSoort.DOCUMENT_GEVRAAGD,
        NotificatieSoort.ANTWOORD_GEVRAAGD,
        NotificatieSoort.TAAK_HERINNERING,
        NotificatieSoort.STORING_VERLENGD,
    }
)
_WAT_OOK: Final = frozenset({NotificatieSoort.ONGELEZEN_HERINNERING})  # of a message, a document or a request


def still_waiting(rijen: Collection[Notificatie], *, als_onbekend: bool) -> list[int]:
    """Of these notifications, in their order, those whose subject is still there: a document that is in this zaak and
    has no next version, a request that is open in an open zaak, a message. One that tells what happened stays true.

    `als_onbekend` is what counts for all of a kind that cannot be looked at now. A question per kind, and one per zaak
    with a request.
    """
    documenten = _ids(rijen, _DOCUMENT | _WAT_OOK)
    taken = _ids(rijen, _TAAK | _WAT_OOK)
    berichten = find_bericht_ids(_ids(rijen, _WAT_OOK))
    try:
        gevonden = find_documenten(documenten)
        hier = {(een.id, een.zaak_ref) for een in gevonden.values() if not een.vervangen_door}
        wachtend = find_wachtende_taken(taken)
    except BronOnbereikbaar:
        weet = {} if als_onbekend else documenten | taken
        return [rij.pk for rij in rijen if rij.onderwerp_id not in weet]
    return [
        rij.pk
        for rij in rijen
        if not rij.onderwerp_id
        or NotificatieSoort(rij.soort) not in _DOCUMENT | _TAAK | _WAT_OOK
        or (rij.onderwerp_id, rij.zaak_ref) in hier
        or rij.onderwerp_id in wachtend | berichten
    ]


def in_pages(wachtend: "QuerySet[Notificatie]") -> Iterator[list[Notificatie]]:
    """All of it, oldest first: what is not there any more stays in it, and must not keep the others waiting."""
    velden = ("pk", "soort", "zaak_ref", "onderwerp_id", "gemaakt_op")
    op_volgorde = wachtend.only(*velden).order_by("gemaakt_op", "pk")
    rijen = list(op_volgorde[:_TEGELIJK])
    while rijen:
        yield rijen
        vanaf = rijen[-1]
        later = Q(gemaakt_op__gt=vanaf.gemaakt_op) | Q(gemaakt_op=vanaf.gemaakt_op, pk__gt=vanaf.pk)
        rijen = list(op_volgorde.filter(later)[:_TEGELIJK])


def _ids(rijen: Collection[Notificatie], soorten: Collection[NotificatieSoort]) -> set[str]:
    return {rij.onderwerp_id for rij in rijen if rij.soort in soorten and rij.onderwerp_id}
