"""Reads: the proof of what was sent, and the state of the outbox."""

from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from eloket.notifications.models import Notificatie
from eloket.notifications.types import NotificatieInzage, NotificatieSoort, Stand


def list_notificaties(zaak_ref: str, *, betrokkene_key: str | None = None) -> tuple[NotificatieInzage, ...]:
    """What was sent about a zaak, newest first; to one party, or (None, for staff) to all. The caller has access."""
    rijen = Notificatie.objects.filter(zaak_ref=zaak_ref)
    if betrokkene_key is not None:
        rijen = rijen.filter(betrokkene_key=betrokkene_key)
    velden = ("pk", "soort", "gemaakt_op", "verzonden_op", "mislukt_op", "pogingen", "laatste_fout")
    return tuple(
        NotificatieInzage(
            id=str(pk),
            soort=NotificatieSoort(soort),
            gemaakt_op=gemaakt_op,
            verzonden_op=verzonden_op,
            mislukt_op=mislukt_op,
            pogingen=pogingen,
            laatste_fout=laatste_fout,
        )
        for pk, soort, gemaakt_op, verzonden_op, mislukt_op, pogingen, laatste_fout in rijen.order_by(
            "-gemaakt_op", "-pk"
        ).values_list(*velden)
    )


def count_sent_to(betrokkene_key: str, soort: NotificatieSoort, *, sinds: datetime) -> int:
    """How many of this kind were made for this party since then."""
    return Notificatie.objects.filter(
        betrokkene_key=betrokkene_key, soort=soort, gemaakt_op__gte=sinds
    ).count()


def get_stand(now: datetime) -> Stand:
    """How many wait, how long the oldest has been due, and how many were given up. For health and metrics."""
    wacht = Q(verzonden_op=None, mislukt_op=None)
    getallen = Notificatie.objects.aggregate(
        wachtend=Count("pk", filter=wacht),
        oudste=Min("volgende_poging_op", filter=wacht),
        mislukt=Count("pk", filter=Q(mislukt_op__isnull=False)),
    )
    oudste = now - getallen["oudste"] if getallen["oudste"] else timedelta()
    return Stand(wachtend=getallen["wachtend"], oudste=max(oudste, timedelta()), mislukt=getallen["mislukt"])
