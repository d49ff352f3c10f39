"""Reads: how much was made for a party, and for whom a mail was."""

from datetime import datetime
from uuid import UUID

from eloket.kernel.herkennen import recognise
from eloket.notifications.models import Notificatie
from eloket.notifications.types import NotificatieSoort


def count_sent_to(betrokkene_key: str, soort: NotificatieSoort, *, sinds: datetime) -> int:
    """How many of this kind were made for this party since then."""
    return Notificatie.objects.filter(
        betrokkene_key=betrokkene_key, soort=soort, gemaakt_op__gte=sinds
    ).count()


def get_ontvanger(zending_id: UUID) -> tuple[str, tuple[NotificatieSoort, ...]] | None:
    """The profile key of who this mail is for, and what it is about that this release knows; None for an unknown id,
    and for a mail to an address that is not (yet) the confirmed one of a profile: nobody's choices apply to that."""
    rijen = Notificatie.objects.filter(zending=zending_id, aan="").values_list("betrokkene_key", "soort")
    gevonden = list(rijen)
    if not gevonden:
        return None
    soorten = dict.fromkeys(recognise(NotificatieSoort, soort) for _, soort in gevonden)
    return gevonden[0][0], tuple(een for een in soorten if isinstance(een, NotificatieSoort))
