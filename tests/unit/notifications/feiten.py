"""The proof as it was written, for tests."""

from uuid import UUID

from django.db.models import Q

from eloket.notifications.models import BewijsRegel


def list_feiten(*, notificatie_id: int | None = None, zending_id: UUID | None = None) -> list[BewijsRegel]:
    """The facts of this notification, this mail, or both, in the order in which they were written."""
    van = Q()
    if notificatie_id is not None:
        van |= Q(notificatie_id=notificatie_id)
    if zending_id is not None:
        van |= Q(zending_id=zending_id)
    return list(BewijsRegel.objects.filter(van).order_by("id"))
