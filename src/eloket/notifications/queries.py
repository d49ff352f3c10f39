"""Reads: the proof of what was sent, and the state of the outbox."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, Q

from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.types import Kanaal, NotificatieInzage, NotificatieSoort, Stand, Uitkomst

_VELDEN = (
    "pk", "soort", "gemaakt_op", "gepland_op", "zending_id", "uitkomst", "geopend_op",
    "zending__verzonden_op", "zending__mislukt_op", "zending__pogingen", "zending__laatste_fout",
)  # fmt: skip
_ONDERWEG = Q(verzonden_op=None, mislukt_op=None, kanaal=Kanaal.EMAIL)


def list_notificaties(zaak_ref: str, *, betrokkene_key: str | None = None) -> tuple[NotificatieInzage, ...]:
    """What was told about a zaak, newest first; to one party, or (None, for staff) to all. The caller has access."""
    rijen = Notificatie.objects.filter(zaak_ref=zaak_ref)
    if betrokkene_key is not None:
        rijen = rijen.filter(betrokkene_key=betrokkene_key)
    return tuple(
        NotificatieInzage(
            id=pk,
            soort=NotificatieSoort(soort),
            gemaakt_op=gemaakt_op,
            gepland_op=gepland_op,
            zending_id=str(zending_id or ""),
            uitkomst=Uitkomst(uitkomst) if uitkomst else None,
            geopend_op=geopend_op,
            verzonden_op=verzonden_op,
            mislukt_op=mislukt_op,
            pogingen=pogingen or 0,
            laatste_fout=laatste_fout or "",
        )
        for (
            pk, soort, gemaakt_op, gepland_op, zending_id, uitkomst, geopend_op,
            verzonden_op, mislukt_op, pogingen, laatste_fout,
        ) in rijen.order_by("-id").values_list(*_VELDEN)
    )  # fmt: skip


def count_sent_to(betrokkene_key: str, soort: NotificatieSoort, *, sinds: datetime) -> int:
    """How many of this kind were made for this party since then."""
    return Notificatie.objects.filter(
        betrokkene_key=betrokkene_key, soort=soort, gemaakt_op__gte=sinds
    ).count()


def get_ontvanger(zending_id: UUID) -> tuple[str, tuple[NotificatieSoort, ...]] | None:
    """The profile key of who this mail is for, and what it is about; None for an unknown id, and for a mail to an
    address that is not (yet) the confirmed one of a profile: nobody's choices apply to that."""
    rijen = Notificatie.objects.filter(zending=zending_id, aan="").values_list("betrokkene_key", "soort")
    gevonden = list(rijen)
    if not gevonden:
        return None
    return gevonden[0][0], tuple(dict.fromkeys(NotificatieSoort(soort) for _, soort in gevonden))


def get_stand(now: datetime) -> Stand:
    """How many wait, how long the oldest has been due, and how many were given up. For health and metrics."""
    mails = Zending.objects.filter(_ONDERWEG).aggregate(wachtend=Count("pk"), oudste=Min("gemaakt_op"))
    mislukt = Zending.objects.filter(mislukt_op__isnull=False).count()
    nog = Notificatie.objects.filter(zending=None, uitkomst="", gepland_op__lte=now).aggregate(
        wachtend=Count("pk"), oudste=Min("gepland_op")
    )
    momenten = [een for een in (mails["oudste"], nog["oudste"]) if een]
    oudste = now - min(momenten) if momenten else timedelta()
    return Stand(
        wachtend=mails["wachtend"] + nog["wachtend"],
        oudste=max(oudste, timedelta()),
        mislukt=mislukt,
    )
