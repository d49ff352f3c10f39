"""Makes mails of the notifications that are due: what came close together goes together, and nothing is dropped.

A party gets its mails in the order of the oldest notification in each. While one waits for the server, what comes
after waits too and goes in the next one: after a day without mail that is one mail and not fifty. The first mails of a
burst go at once; when somebody had MEESTE_LOS of them within RUST, the rest is bundled until RUST is over. A receipt
and what concerns an address itself always travel alone.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction

from eloket.notifications import bewijs
from eloket.notifications.bezorgen.stilte import end_of_quiet
from eloket.notifications.bezorgen.zelfde_adres import pass_on, pass_on_elsewhere
from eloket.notifications.models import ONDERWEG, TE_MAILEN, Notificatie, Zending
from eloket.notifications.rubrieken import is_vast, may_pass_stilte
from eloket.notifications.service import adresseer
from eloket.notifications.types import BewijsSoort, Kanaal, NotificatieSoort, Uitkomst
from eloket.profile.queries import get_bereikbaarheid

log = logging.getLogger(__name__)
RUST = timedelta(minutes=10)
MEESTE_LOS = 2
WACHT_OP_VORIGE = timedelta(seconds=20)
OPNIEUW_NA = timedelta(minutes=15)


def compose(now: datetime, aantal: int) -> int:
    """Make the mails of the parties that have waited longest, from at most `aantal` due notifications; says how many
    mails. Two workers never take the same notification. Raises django.db.Error.
    """
    aan_de_beurt = Notificatie.objects.filter(TE_MAILEN, gepland_op__lte=now).order_by("gepland_op")
    keys = dict.fromkeys(aan_de_beurt.values_list("betrokkene_key", flat=True)[:aantal])
    return sum(_try(key, now) for key in keys)


@dataclass(frozen=True, slots=True)
class _Post:
    """Notifications that go in one mail to `aan`."""

    aan: str
    notificaties: tuple[Notificatie, ...]


def _try(key: str, now: datetime) -> int:
    try:
        return _compose_for(key, now)
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - one address that cannot be read must not stop all other mail
        # The message may hold what names somebody: only the kind of error is told.
        log.error("een zending is niet te maken: %s", type(error).__name__)  # noqa: TRY400
        wachtend = Notificatie.objects.filter(TE_MAILEN, betrokkene_key=key, gepland_op__lte=now)
        wachtend.update(gepland_op=now + OPNIEUW_NA)
        return 0


def _compose_for(key: str, now: datetime) -> int:
    with transaction.atomic():
        rijen = _take(key, now)
        elders = [rij for rij in rijen if rij.aan]
        rijen = _take_turn(key, [rij for rij in rijen if not rij.aan], now)
        mails = [_Post(rij.aan, (rij,)) for rij in elders]
        mails += [mail for mail in _bundle(rijen, now) if mail.notificaties]
        for mail in mails:
            _make(key, mail, now)
    return len(mails)


def _take_turn(key: str, rijen: list[Notificatie], now: datetime) -> list[Notificatie]:
    """Those that may go now; the others wait: for the mail before them, the end of a burst, or that of quiet hours.

    What goes to another address than the confirmed one is not asked: whoever mends an address that does not work must
    get the link while mails to the old one still wait.
    """
    if rijen and Zending.objects.filter(ONDERWEG, betrokkene_key=key, houdt_op=True).exists():
        _postpone(rijen, now + WACHT_OP_VORIGE)
        return []
    vast, los = _split(rijen)
    if los and (rust := _burst_ends(key, now)):
        _postpone(los, end_of_quiet(key, rust) or rust)
        rijen = vast
    if rijen and (ochtend := end_of_quiet(key, now)):
        _postpone([rij for rij in rijen if not _may_pass_stilte(rij)], ochtend)
        rijen = [rij for rij in rijen if _may_pass_stilte(rij)]
    return rijen


def _take(key: str, now: datetime) -> list[Notificatie]:
    """The due notifications of this party, oldest first and locked: a second worker waits, and then finds them done.

    With what is older and was only put off (`_postpone`): what came later must not overtake it.
    """
    wachtend = Notificatie.objects.filter(TE_MAILEN, betrokkene_key=key)
    rijen = list(wachtend.defer("payload").select_for_update().order_by("id"))
    laatste = max((rij.pk for rij in rijen if rij.gepland_op <= now and not rij.aan), default=0)
    ouder = [rij for rij in rijen if rij.gepland_op > now and not rij.aan and rij.pk < laatste]
    bereikbaarheid = get_bereikbaarheid(key) if ouder else None
    uitgesteld = {
        rij.pk
        for rij in ouder
        if adresseer(NotificatieSoort(rij.soort), bereikbaarheid, rij.gemaakt_op).gepland_op <= now
    }
    return [rij for rij in rijen if rij.gepland_op <= now or rij.pk in uitgesteld]


def _is_vast(rij: Notificatie) -> bool:
    return is_vast(NotificatieSoort(rij.soort))


def _may_pass_stilte(rij: Notificatie) -> bool:
    return may_pass_stilte(NotificatieSoort(rij.soort))


def _split(rijen: list[Notificatie]) -> tuple[list[Notificatie], list[Notificatie]]:
    return [rij for rij in rijen if _is_vast(rij)], [rij for rij in rijen if not _is_vast(rij)]


def _burst_ends(key: str, now: datetime) -> datetime | None:
    """When the next mail may go to who had several just now; None when it may go at once.

    Receipts and mails about an address do not count: those answer what somebody does themselves.
    """
    # Not what was sent later than now: a clock that was ahead must not keep the next mails waiting.
    recent = Zending.objects.filter(
        betrokkene_key=key, verzonden_op__gt=now - RUST, verzonden_op__lte=now, kanaal=Kanaal.EMAIL
    ).values_list("pk", "verzonden_op", "notificaties__soort")
    los = {pk: moment for pk, moment, soort in recent if moment and not is_vast(NotificatieSoort(soort))}
    momenten = sorted(los.values(), reverse=True)[:MEESTE_LOS]
    return momenten[-1] + RUST if len(momenten) == MEESTE_LOS else None


def _postpone(rijen: list[Notificatie], tot: datetime) -> None:
    Notificatie.objects.filter(pk__in=[rij.pk for rij in rijen]).update(gepland_op=tot)


def _bundle(rijen: list[Notificatie], now: datetime) -> list[_Post]:
    """What may be bundled is one mail, at the place of the first of it; the others are a mail each."""
    vast, los = _split(rijen)
    return [_address(samen, now) for samen in (los, *([rij] for rij in vast)) if samen]


def _address(rijen: list[Notificatie], now: datetime) -> _Post:
    """To the address of this moment. What may not be mailed any more ends here, with the reason.

    A receipt is mailed although the page after sending has shown it: it is proof to keep.
    """
    bereikbaarheid = get_bereikbaarheid(rijen[0].betrokkene_key)
    blijft: list[Notificatie] = []
    for rij in rijen:
        uitkomst = adresseer(NotificatieSoort(rij.soort), bereikbaarheid, now).uitkomst
        if uitkomst is None and rij.geopend_op is not None and not _is_vast(rij):
            uitkomst = Uitkomst.INGEHAALD
        if uitkomst is None:
            blijft.append(rij)
        else:
            end_without_mail([rij], uitkomst, now)
    aan = bereikbaarheid.email if bereikbaarheid else ""
    pass_on_elsewhere(blijft, aan, now)
    return _Post(aan, tuple(blijft))


def end_without_mail(
    rijen: list[Notificatie], uitkomst: Uitkomst, now: datetime, *, uit: Zending | None = None
) -> None:
    """These will not be mailed, and why; in the caller's transaction. `uit` is the mail that goes on without them."""
    Notificatie.objects.filter(pk__in=[rij.pk for rij in rijen]).update(
        uitkomst=uitkomst, payload="", zending=None
    )
    bewijs.note_all((_feit(rij, BewijsSoort.GEEN_MAIL, uit, reden=str(uitkomst)) for rij in rijen), now)
    pass_on(rijen, uitkomst, now)


def _make(key: str, mail: _Post, now: datetime) -> None:
    zending = Zending.objects.create(
        aan=mail.aan,
        betrokkene_key=key,
        volgorde=mail.notificaties[0].pk,
        gemaakt_op=now,
        volgende_poging_op=now,
        houdt_op=not mail.notificaties[0].aan,
    )
    Notificatie.objects.filter(pk__in=[rij.pk for rij in mail.notificaties]).update(zending=zending)
    bewijs.note_all(
        (
            _feit(rij, BewijsSoort.IN_ZENDING, zending, samen=len(mail.notificaties))
            for rij in mail.notificaties
        ),
        now,
    )
    log.debug("zending %s gemaakt van %s notificaties", zending.pk, len(mail.notificaties))


def _feit(
    rij: Notificatie, wat: BewijsSoort, zending: Zending | None = None, **kenmerken: str | int | bool
) -> bewijs.Feit:
    return bewijs.Feit(
        wat,
        rij.betrokkene_key,
        rij.zaak_ref,
        rij.pk,
        zending.pk if zending else None,
        rij.onderwerp_id,
        kenmerken,
    )
