"""What a party has opened, for the first time: of notifications, and of the messages and documents themselves.

Source: Wmebv, Awb 2:10: afterwards the sender can show when a message was opened. Looking again adds nothing; marking a
message as unread takes nothing away.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from eloket.identity.types import Partij
from eloket.kernel.compiled import CompiledQuery
from eloket.kernel.herkennen import recognise
from eloket.kernel.klok import nu
from eloket.notifications import bewijs
from eloket.notifications.models import BewijsRegel, Notificatie
from eloket.notifications.rubrieken import rubriek_van
from eloket.notifications.types import BewijsSoort, NotificatieSoort
from eloket.profile.types import Rubriek
from eloket.zaken.types import ZaakRef

# On the page of every zaak: building its SQL takes longer than asking it (kernel.compiled).
_ONGEOPEND = CompiledQuery(
    lambda ref, key, profiel: Notificatie.objects.filter(
        # What one contactpersoon opens, the business has opened.
        Q(partij_key=key) | Q(partij_key=profiel),
        zaak_ref=ref,
        geopend_op=None,
    ).values_list("id", "soort", "onderwerp_id"),
    arguments=3,
)
# Told by opening the thing itself, not by looking at its zaak.
_MET_ONDERWERP = {Rubriek.BERICHTEN, Rubriek.DOCUMENTEN}


def mark_zaak_opened(partij: Partij, ref: ZaakRef) -> None:
    """The party looks at the zaak: what they were told about it is opened, except about a message or a document. A kind
    that a later release wrote is left to that one: what it is about may not stand on this page."""
    rijen = _list_ongeopend(partij, ref)
    geopend = [
        pk
        for pk, soort, onderwerp_id in rijen
        if isinstance(melding := recognise(NotificatieSoort, soort), NotificatieSoort)
        and not (onderwerp_id and rubriek_van(melding) in _MET_ONDERWERP)
    ]
    if geopend:
        with transaction.atomic(savepoint=False):
            _mark(geopend)


def mark_opened(partij: Partij, ref: ZaakRef, onderwerp_ids: Iterable[str]) -> None:
    """The party opened these messages or documents of the zaak; in the caller's transaction when there is one."""
    ids = set(onderwerp_ids)
    bekend = BewijsRegel.objects.filter(
        soort=BewijsSoort.GEOPEND,
        onderwerp_id__in=ids,
        notificatie_id=None,
        betrokkene_key__in={partij.key, partij.profiel_key},
    ).values_list("onderwerp_id", flat=True)
    nieuw = ids - set(bekend) if ids else set()
    rijen = _list_ongeopend(partij, ref) if ids else []
    verteld = [pk for pk, _soort, onderwerp_id in rijen if onderwerp_id in ids]
    if nieuw or verteld:
        with transaction.atomic(savepoint=False):
            _mark(verteld)
            bewijs.note_all(
                bewijs.Feit(BewijsSoort.GEOPEND, partij.profiel_key, str(ref), onderwerp_id=een)
                for een in sorted(nieuw)
            )


def _list_ongeopend(partij: Partij, ref: ZaakRef) -> list[tuple[int, str, str]]:
    return _ONGEOPEND(str(ref), partij.key, partij.profiel_key)


def _mark(notificatie_ids: list[int]) -> None:
    """Each once: who comes second finds the row opened."""
    if not notificatie_ids:
        return
    moment = nu()
    rijen = Notificatie.objects.filter(pk__in=notificatie_ids, geopend_op=None).select_for_update()
    gevonden = list(rijen.order_by("pk").values_list("pk", "betrokkene_key", "zaak_ref", "onderwerp_id"))
    Notificatie.objects.filter(pk__in=[pk for pk, *_ in gevonden]).update(geopend_op=moment)
    bewijs.note_all(
        (
            bewijs.Feit(BewijsSoort.GEOPEND, key, zaak_ref, pk, onderwerp_id=onderwerp_id)
            for pk, key, zaak_ref, onderwerp_id in gevonden
        ),
        moment,
    )
