"""The quiet hours of a receiver, looked at again when a mail goes later than planned: after a burst or a failure.

The same rule as for a mail that goes when it was planned (service.adresseer): what its receiver chooses about waits, a
receipt too; what concerns an address itself goes on (rubrieken.may_pass_stilte).
"""

from datetime import datetime, timedelta
from uuid import UUID

from eloket.notifications.models import ONDERWEG, Zending
from eloket.notifications.rubrieken import may_pass_stilte
from eloket.notifications.types import NotificatieSoort
from eloket.profile.planning import na_stilte
from eloket.profile.queries import get_bereikbaarheid

PAS_GEMAAKT = timedelta(minutes=1)


def end_of_quiet(betrokkene_key: str, moment: datetime) -> datetime | None:
    """When the quiet hours end in which `moment` falls; None when it falls in none."""
    bereikbaarheid = get_bereikbaarheid(betrokkene_key)
    einde = na_stilte(moment, bereikbaarheid) if bereikbaarheid else moment
    return einde if einde > moment else None


def put_off(zending_id: UUID, worker_id: str, now: datetime) -> bool:
    """Whether this claimed mail must wait for the end of the quiet hours; then it does, and gives back its lease.

    Nothing waits for it meanwhile: what concerns an address may pass. Of a mail made a moment ago this was asked when
    it was made.
    """
    mijn = Zending.objects.filter(ONDERWEG, pk=zending_id, lease_door=worker_id)
    ouder = mijn.filter(gemaakt_op__lt=now - PAS_GEMAAKT)
    rij = ouder.values_list("betrokkene_key", "notificaties__soort").order_by("notificaties__id").first()
    if rij is None or may_pass_stilte(NotificatieSoort(rij[1])):
        return False
    einde = end_of_quiet(rij[0], now)
    if einde is None:
        return False
    return bool(mijn.update(volgende_poging_op=einde, houdt_op=False, lease_tot=None, lease_door=""))
