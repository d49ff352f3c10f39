"""Delivers the outbox: a lease while somebody is at it, patience with servers that fail, proof afterwards.

At least once: a worker that dies between sending and noting it leaves a row that is sent again when its lease ends,
with the same Message-ID. Nothing is sent inside a transaction: a slow mail server would lock everybody out.
"""

import logging
import smtplib
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q

from eloket.kernel.klok import nu
from eloket.notifications.mails import Brief, build
from eloket.notifications.models import Notificatie
from eloket.notifications.types import Bezorging, Melding, NotificatieSoort
from eloket.profile.types import Taal

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
EERSTE_UITSTEL = timedelta(minutes=1)
LANGSTE_UITSTEL = timedelta(hours=4)
OPGEVEN_NA = timedelta(days=7)
_WACHT = Q(verzonden_op=None, mislukt_op=None)


def claim(now: datetime, worker_id: str, aantal: int) -> list[UUID]:
    """Take at most `aantal` notifications that are due, oldest first, under a lease of 60 seconds.

    Only ids: a row that cannot be decrypted must not stop the others. Two workers never take the same one.
    """
    te_doen = Notificatie.objects.filter(_WACHT, _is_free(now), volgende_poging_op__lte=now)
    if not te_doen.exists():  # on SQLite a transaction is a write lock: not one every second for nothing
        return []
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            te_doen = te_doen.select_for_update(skip_locked=True)
        ids = list(te_doen.order_by("volgende_poging_op").values_list("pk", flat=True)[:aantal])
        Notificatie.objects.filter(pk__in=ids).update(lease_tot=now + LEASE, lease_door=worker_id)
    return ids


def release(ids: list[UUID], worker_id: str) -> None:
    """Give back what was claimed and not tried, so that another worker need not wait for the lease."""
    Notificatie.objects.filter(pk__in=ids, lease_door=worker_id).update(lease_tot=None, lease_door="")


def deliver(notificatie_id: UUID, worker_id: str) -> Bezorging:
    """Try to send one claimed notification and note how it went. Call it outside any transaction.

    A failure of the mail server is noted, never raised. Raises DatabaseError: then the lease brings it back.
    """
    if not _renew(notificatie_id, worker_id):
        return Bezorging.OVERGESLAGEN
    try:
        _send(_mail(Notificatie.objects.get(pk=notificatie_id)))
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - one bad row or template must not stop all other mail; it is logged
        return _note_failure(notificatie_id, worker_id, error)
    Notificatie.objects.filter(pk=notificatie_id).update(
        verzonden_op=nu(), payload="", laatste_fout="", lease_tot=None, lease_door=""
    )
    log.info("notificatie %s verzonden", notificatie_id)
    return Bezorging.VERZONDEN


def _is_free(now: datetime) -> Q:
    return Q(lease_tot=None) | Q(lease_tot__lte=now)


def _renew(notificatie_id: UUID, worker_id: str) -> bool:
    """Count the attempt and start the lease anew: earlier ones of the same claim may have taken long."""
    now = nu()
    mijn = Notificatie.objects.filter(_WACHT, pk=notificatie_id, lease_door=worker_id)
    return bool(mijn.update(lease_tot=now + LEASE, pogingen=F("pogingen") + 1))


def _mail(rij: Notificatie) -> EmailMultiAlternatives:
    return build(
        Brief(
            id=str(rij.pk),
            aan=rij.aan,
            meldingen=(Melding(NotificatieSoort(rij.soort), rij.context, rij.zaak_ref),),
            taal=Taal.NL,
            basis=settings.ELOKET.base_url.rstrip("/"),
            token=rij.payload,
        )
    )


def _send(mail: EmailMultiAlternatives) -> None:
    """Hand over one mail; returns when the server has taken it. Raises what smtplib or the socket raises."""
    server = get_connection()
    try:
        server.open()
        if not server.send_messages([mail]):
            raise smtplib.SMTPException("er is niets verstuurd")
    finally:
        try:
            server.close()
        except OSError as error:
            # Saying goodbye failed. Whether the mail was taken is known by now, and that is what counts.
            log.info("de mailserver brak af bij het afsluiten: %s", type(error).__name__)


def _note_failure(notificatie_id: UUID, worker_id: str, error: Exception) -> Bezorging:
    """Only while the lease is ours: a slow worker must not undo what the one after it has sent or is sending."""
    now = nu()
    rij = Notificatie.objects.filter(pk=notificatie_id).values("pogingen", "gemaakt_op", "soort").get()
    is_mislukt = is_permanent(error) or now - rij["gemaakt_op"] >= OPGEVEN_NA
    oorzaak = describe(error)
    velden: dict[str, object] = {"laatste_fout": oorzaak, "lease_tot": None, "lease_door": ""}
    if is_mislukt:
        velden |= {"mislukt_op": now, "payload": ""}
    else:
        velden |= {"volgende_poging_op": now + delay(rij["pogingen"])}
    mijn = Notificatie.objects.filter(_WACHT, pk=notificatie_id, lease_door=worker_id)
    if not mijn.update(**velden):
        return Bezorging.OVERGESLAGEN
    log.warning(
        "notificatie %s (%s) %s na poging %s: %s",
        notificatie_id,
        rij["soort"],
        "opgegeven" if is_mislukt else "uitgesteld",
        rij["pogingen"],
        oorzaak,
    )
    return Bezorging.MISLUKT if is_mislukt else Bezorging.UITGESTELD


def delay(pogingen: int) -> timedelta:
    """How long to wait after this many attempts: 1, 2, 4 ... minutes, four hours at most."""
    return min(EERSTE_UITSTEL * (1 << min(max(pogingen - 1, 0), 20)), LANGSTE_UITSTEL)


def is_permanent(error: Exception) -> bool:
    """Whether trying again is useless: the server refuses this recipient or this mail for good (RFC 5321, 5yz).

    A refused sender or login is our own configuration: that gets mended, and the mail must still go.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return bool(error.recipients) and all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def describe(error: Exception) -> str:
    """The class and the SMTP code. Never the text: servers put addresses in it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _ in error.recipients.values()})
        return " ".join([type(error).__name__, *map(str, codes)])[:80]
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"[:80]
    return type(error).__name__[:80]
