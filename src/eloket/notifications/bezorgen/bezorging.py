"""Delivers the mails: a lease while somebody is at it, patience with servers that fail, proof of every attempt.

At least once: a worker that dies between sending and noting it leaves a mail that is sent again when its lease ends,
with the same Message-ID; the proof then shows an attempt without an end. Nothing is sent inside a transaction: a slow
mail server would lock everybody out. The mails of one party go in their order: each waits for those before it. What
goes to another address than the confirmed one waits for nothing, and nothing waits for it.
"""

import logging
import re
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q

from eloket.kernel import events
from eloket.kernel.klok import nu
from eloket.notifications import bewijs
from eloket.notifications.afmelden import make_afmeld_url
from eloket.notifications.bezorgen.lease import lease_kept
from eloket.notifications.bezorgen.postbode import Postbode
from eloket.notifications.bezorgen.samenstellen import end_without_mail
from eloket.notifications.bezorgen.smtpfouten import (
    describe,
    is_about_address,
    is_about_server,
    is_ours,
    is_permanent,
)
from eloket.notifications.bezorgen.stilte import put_off
from eloket.notifications.bezorgen.zelfde_adres import pass_on, pass_on_elsewhere
from eloket.notifications.events import ZendingMislukt
from eloket.notifications.mail.maken import Brief, build
from eloket.notifications.models import ONDERWEG, Notificatie, Zending
from eloket.notifications.rubrieken import rubriek_van
from eloket.notifications.service import adresseer
from eloket.notifications.types import (
    BewijsSoort,
    Bezorging,
    Melding,
    NotificatieSoort,
    Uitkomst,
)
from eloket.profile.queries import get_bereikbaarheid
from eloket.profile.types import Taal

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
EERSTE_UITSTEL = timedelta(minutes=1)
LANGSTE_UITSTEL = timedelta(hours=4)
LANGSTE_UITSTEL_SERVER = timedelta(minutes=15)  # when it is not about this mail
OPGEVEN_NA = timedelta(days=7)


class NietMeer(Exception):
    """The party may not be mailed any more; `uitkomst` says why."""

    def __init__(self, uitkomst: Uitkomst) -> None:
        super().__init__(str(uitkomst))
        self.uitkomst = uitkomst


def claim(now: datetime, worker_id: str, aantal: int) -> list[UUID]:
    """Take at most `aantal` mails that are due, oldest first, under a lease of 60 seconds.

    Only ids: a row that cannot be decrypted must not stop the others. Two workers never take the same one.
    """
    vrij = Q(lease_tot=None) | Q(lease_tot__lte=now)
    te_doen = Zending.objects.filter(ONDERWEG, vrij, _is_next(), volgende_poging_op__lte=now)
    if not te_doen.exists():  # on SQLite a transaction is a write lock: not one every second for nothing
        return []
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            te_doen = te_doen.select_for_update(skip_locked=True)
        rijen = te_doen.order_by("volgende_poging_op", "volgorde").values_list("pk", flat=True)[:aantal]
        ids = list(rijen)
        Zending.objects.filter(pk__in=ids).update(lease_tot=now + LEASE, lease_door=worker_id)
    return ids


def _is_next() -> Q:
    """Not held up by an earlier mail of the same party."""
    eerder = Zending.objects.filter(
        ONDERWEG,
        betrokkene_key=OuterRef("betrokkene_key"),
        volgorde__lt=OuterRef("volgorde"),
        houdt_op=True,
    )
    return Q(houdt_op=False) | Q(~Exists(eerder))


def release(ids: list[UUID], worker_id: str) -> None:
    """Give back what was claimed and not tried, so that another worker need not wait for the lease."""
    Zending.objects.filter(pk__in=ids, lease_door=worker_id).update(lease_tot=None, lease_door="")


def deliver(zending_id: UUID, worker_id: str, postbode: Postbode | None = None) -> Bezorging:
    """Try to send one claimed mail and note how it went. Call it outside any transaction.

    A failure of the mail server is noted, never raised. `postbode` keeps its connection from one mail to the next.
    Raises DatabaseError: then the lease brings it back.
    """
    if put_off(zending_id, worker_id, nu()):
        return Bezorging.UITGESTELD
    if not _renew(zending_id, worker_id):
        return Bezorging.OVERGESLAGEN
    try:
        mail = _mail(zending_id)
        with lease_kept(zending_id, worker_id, LEASE):
            if postbode is None:
                with Postbode() as eigen:
                    eigen.send(mail)
            else:
                postbode.send(mail)
    except DatabaseError:
        raise
    except NietMeer as reden:
        return _note_end(zending_id, worker_id, reden.uitkomst)
    except Exception as error:  # noqa: BLE001 - one bad row or text must not stop all other mail; it is logged
        return _note_failure(zending_id, worker_id, error)
    with transaction.atomic():
        Zending.objects.filter(pk=zending_id).update(
            verzonden_op=nu(), mislukt_op=None, laatste_fout="", lease_tot=None, lease_door=""
        )
        Notificatie.objects.filter(zending=zending_id).exclude(payload="").update(payload="")
        _note(zending_id, BewijsSoort.VERZONDEN)
    log.info("zending %s verzonden", zending_id)
    return Bezorging.VERZONDEN


def _renew(zending_id: UUID, worker_id: str) -> bool:
    """Note the attempt and start the lease anew: earlier ones of the same claim may have taken long.

    One of the same party that had waited for the end of quiet hours may have failed meanwhile: then not.
    """
    now = nu()
    mijn = Zending.objects.filter(ONDERWEG, _is_next(), pk=zending_id, lease_door=worker_id)
    with transaction.atomic():
        is_mijn = bool(mijn.update(lease_tot=now + LEASE, pogingen=F("pogingen") + 1))
        if is_mijn:
            _note(zending_id, BewijsSoort.POGING)
    return is_mijn


def _note(zending_id: UUID, soort: BewijsSoort, **kenmerken: str | int | bool) -> None:
    key = Zending.objects.filter(pk=zending_id).values_list("betrokkene_key", flat=True).get()
    bewijs.note(soort, betrokkene_key=key, zending_id=zending_id, kenmerken=kenmerken)


def _mail(zending_id: UUID) -> EmailMultiAlternatives:
    """The mail as it must go at this moment. Raises NietMeer."""
    rij = Zending.objects.get(pk=zending_id)
    notificaties = list(rij.notificaties.order_by("id"))
    taal, is_eigen = Taal.NL, not notificaties[0].aan
    if is_eigen:
        taal, notificaties = _check_address(rij, notificaties)
    return build(
        Brief(
            id=str(rij.pk),
            aan=rij.aan,
            meldingen=tuple(
                Melding(NotificatieSoort(een.soort), een.context, een.zaak_ref) for een in notificaties
            ),
            taal=taal,
            basis=settings.ELOKET.base_url.rstrip("/"),
            token=notificaties[0].payload,
            afmeld_url=_afmeld_url(rij, notificaties) if is_eigen else "",
        )
    )


def _afmeld_url(rij: Zending, notificaties: list[Notificatie]) -> str:
    """The link that stops these mails; empty when they are about nothing that the receiver chooses."""
    kiest = any(rubriek_van(NotificatieSoort(een.soort)) for een in notificaties)
    return make_afmeld_url(rij.pk) if kiest else ""


def _check_address(rij: Zending, notificaties: list[Notificatie]) -> tuple[Taal, list[Notificatie]]:
    """Days may have passed: to the address of now, and not what the receiver chose otherwise about since. Gives what
    goes; the others are taken out, with the reason. Raises NietMeer when nothing is left."""
    bereikbaarheid = get_bereikbaarheid(rij.betrokkene_key)
    redenen = [adresseer(NotificatieSoort(een.soort), bereikbaarheid, nu()).uitkomst for een in notificaties]
    if all(redenen):
        raise NietMeer(
            Uitkomst.ADRES_KAPOT if Uitkomst.ADRES_KAPOT in redenen else redenen[0] or Uitkomst.GEEN_ADRES
        )
    assert bereikbaarheid is not None
    blijft = [een for een, reden in zip(notificaties, redenen, strict=True) if reden is None]
    if rij.aan != bereikbaarheid.email:
        _readdress(rij, bereikbaarheid.email, blijft)
    if any(redenen):
        _take_out(rij, [(een, reden) for een, reden in zip(notificaties, redenen, strict=True) if reden])
    return bereikbaarheid.taal, blijft


def _readdress(rij: Zending, aan: str, notificaties: list[Notificatie]) -> None:
    with transaction.atomic():
        rij.aan = aan
        rij.save(update_fields=["aan"])
        pass_on_elsewhere(notificaties, aan, nu())


def _take_out(rij: Zending, geweigerd: list[tuple[Notificatie, Uitkomst]]) -> None:
    with transaction.atomic():
        for een, reden in geweigerd:
            end_without_mail([een], reden, nu(), uit=rij)


def _note_end(zending_id: UUID, worker_id: str, uitkomst: Uitkomst) -> Bezorging:
    with transaction.atomic():
        mijn = Zending.objects.filter(ONDERWEG, pk=zending_id, lease_door=worker_id)
        if not mijn.update(mislukt_op=nu(), laatste_fout=uitkomst, lease_tot=None, lease_door=""):
            return Bezorging.OVERGESLAGEN
        mee = Notificatie.objects.filter(zending=zending_id)
        if uitkomst is Uitkomst.ADRES_KAPOT:  # free for a letter, as what never got into a mail
            end_without_mail(list(mee.defer("payload")), uitkomst, nu())
        else:
            rijen = list(mee.defer("payload"))
            mee.update(uitkomst=uitkomst, payload="")
            pass_on(rijen, uitkomst, nu())
        _note(zending_id, BewijsSoort.VERVALLEN, reden=str(uitkomst))
    return Bezorging.MISLUKT


def _note_failure(zending_id: UUID, worker_id: str, error: Exception) -> Bezorging:
    """Only while the lease is ours: a slow worker must not undo what the one after it has sent or is sending."""
    now = nu()
    rij = Zending.objects.filter(pk=zending_id).values("pogingen", "gemaakt_op").get()
    is_permanent_fout = is_permanent(error)
    is_mislukt = is_permanent_fout or now - rij["gemaakt_op"] >= OPGEVEN_NA
    oorzaak = describe(error)
    velden: dict[str, object] = {"laatste_fout": oorzaak, "lease_tot": None, "lease_door": ""}
    if is_mislukt:
        velden |= {"mislukt_op": now}
        soort = BewijsSoort.GEWEIGERD if is_permanent_fout else BewijsSoort.OPGEGEVEN
    else:
        wacht = delay(rij["pogingen"], is_server=is_about_server(error))
        houdt_op = not is_ours(error) and not _goes_elsewhere(zending_id)
        velden |= {"volgende_poging_op": now + wacht, "houdt_op": houdt_op}
        soort = BewijsSoort.UITGESTELD
    with transaction.atomic():
        if not Zending.objects.filter(ONDERWEG, pk=zending_id, lease_door=worker_id).update(**velden):
            return Bezorging.OVERGESLAGEN
        _note(zending_id, soort, fout=oorzaak)
        if is_mislukt:
            Notificatie.objects.filter(zending=zending_id).exclude(payload="").update(payload="")
            _after_failure(zending_id, error)
    log.warning(
        "zending %s %s na poging %s: %s",
        zending_id,
        "opgegeven" if is_mislukt else "uitgesteld",
        rij["pogingen"],
        oorzaak,
    )
    return Bezorging.MISLUKT if is_mislukt else Bezorging.UITGESTELD


def _goes_elsewhere(zending_id: UUID) -> bool:
    """Whether it goes to another address than the confirmed one: that has no place in the order of the party."""
    return Notificatie.objects.filter(zending=zending_id).exclude(aan="").exists()


def _after_failure(zending_id: UUID, error: Exception) -> None:
    code = next(iter(re.findall(r"\b\d{3}\b", describe(error))), "")
    is_adres = is_permanent(error) and is_about_address(error)
    events.publish(ZendingMislukt(zending_id=zending_id, is_adres=is_adres, code=code))


def delay(pogingen: int, *, is_server: bool = False) -> timedelta:
    """How long to wait after this many attempts: 1, 2, 4 ... minutes; four hours at most, and a quarter of an hour when
    it is the server that failed: once it is back, everything must go."""
    langste = LANGSTE_UITSTEL_SERVER if is_server else LANGSTE_UITSTEL
    return min(EERSTE_UITSTEL * (1 << min(max(pogingen - 1, 0), 20)), langste)
