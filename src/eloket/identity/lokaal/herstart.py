"""Two people for what lets somebody in as a colleague who already works here: starting their local account anew.

Who asks for it gets a link, who allows it gets a code, and the colleague needs both: neither of the two can be that
colleague alone. The colleague reads who did it, on their first page for two weeks and at Mijn account for good; no
button takes that away, so that also who would sit in their place cannot. Where nobody else may allow it, it is done on
the server (`eloket uitnodigen --opnieuw`), by who could change the database too: a municipality with one functional
manager is never locked out. Law: AVG 5(1)(f), 32; BIO 6.1.2 (segregation of duties), 9.2.4.
"""

import hmac
import secrets
from uuid import UUID

from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q

from eloket.audit.queries import has_done
from eloket.identity.access import medewerker_key
from eloket.identity.beheer import note_beheer
from eloket.identity.lokaal.errors import (
    CollegacodeOnjuist,
    EigenHerstart,
    GeenTweedePersoon,
    HerstartAlBesloten,
    NietGesproken,
    UitnodigingOngeldig,
    UitnodigingWacht,
)
from eloket.identity.lokaal.herstelcodes import LETTERS
from eloket.identity.lokaal.instelling import is_on
from eloket.identity.lokaal.models import Herstart, LokaalAccount, Uitnodiging
from eloket.identity.lokaal.types import GELDIG, HerstartStand
from eloket.identity.models import Medewerker
from eloket.identity.types import Actor, Recht
from eloket.kernel import klok
from eloket.kernel.crypto import vault
from eloket.kernel.errors import NietGevonden

_MAG = {Recht.BEHEREN, Recht.INZIEN}
_LENGTE = 8  # 40 bits, and five tries
MEESTE_FOUTEN = 5
OPEN = (HerstartStand.GEVRAAGD, HerstartStand.TOEGESTAAN)


def geldig() -> Q:
    """The one rule of which links (Uitnodiging) work: not too old, and not ended by wrong codes."""
    return Q(verloopt__gt=klok.nu(), fouten__lt=MEESTE_FOUTEN)


def has_link() -> Exists:
    """Of a Herstart: whether its link works. One that waits has a link that nobody can use yet."""
    return Exists(Uitnodiging.objects.filter(geldig(), herstart=OuterRef("pk")))


def is_own(actor: Actor) -> "ExpressionWrapper[Q]":
    """Of a Herstart, four eyes: this actor asked for it, or it is about them. They do not judge it."""
    wie = Q(gestart_door=actor.key) | Q(medewerker_id=actor.medewerker_id or 0)
    return ExpressionWrapper(wie, output_field=BooleanField())


def may_judge(actor: Actor) -> bool:
    """Who manages accounts, or keeps watch over who looks."""
    return is_on() and actor.is_medewerker and bool(_MAG & actor.rechten)


def must_judge(actor: Actor) -> None:
    """Raises NietGevonden: for who lacks the right there is no such page."""
    if not may_judge(actor):
        raise NietGevonden


def has_worked(wie: Medewerker) -> bool:
    """Whether they were ever logged in here, by whatever means: then there is somebody to be taken for."""
    return wie.is_ooit_ingelogd or has_done(medewerker_key(wie.subject), "sessie.ingelogd")


def list_judges(gevraagd_door: str, medewerker_id: int) -> tuple[str, ...]:
    """The names of who could allow what who has this key asks for that civil servant. One query."""
    rijen = Medewerker.objects.filter(is_actief=True).exclude(pk=medewerker_id).order_by("naam", "pk")
    mogen = (rij for rij in rijen if _MAG & Recht.known(rij.rechten))
    return tuple(rij.naam for rij in mogen if medewerker_key(rij.subject) != gevraagd_door)


def begin(actor: Actor | None, account: LokaalAccount) -> Herstart:
    """Ask for it, in the caller's transaction, which holds the civil servant. What was asked before is over: its link
    is replaced. On the server (None) it is allowed at once.

    Raises GeenTweedePersoon when nobody could allow it: then nothing of the account may change.
    """
    wie = account.medewerker
    if actor is not None and not list_judges(actor.key, wie.pk):
        raise GeenTweedePersoon
    drop_open(wie.pk)
    moment = klok.nu()
    return Herstart.objects.create(
        medewerker=wie,
        gestart_op=moment,
        gestart_door=actor.key if actor else "",
        stand=HerstartStand.GEVRAAGD if actor else HerstartStand.TOEGESTAAN,
        besloten_op=None if actor else moment,
    )


def drop_open(medewerker_id: int) -> None:
    """What was asked for this civil servant and not used is over."""
    Herstart.objects.filter(medewerker_id=medewerker_id, stand__in=OPEN).update(stand=HerstartStand.VERVALLEN)


def allow(actor: Actor, herstart_id: UUID, *, is_gesproken: bool) -> str:
    """The link works from now on, for 48 hours, with the code that this returns: it can be read only now.

    Raises NietGevonden, NietGesproken, EigenHerstart, HerstartAlBesloten.
    """
    must_judge(actor)
    if not is_gesproken:
        raise NietGesproken
    with transaction.atomic():
        rij, link = _hold(actor, herstart_id)
        code = _new_code()
        link.code, link.fouten, link.verloopt = _hash(link, code), 0, klok.nu() + GELDIG
        link.save(update_fields=["code", "fouten", "verloopt"])
        _decide(rij, actor, HerstartStand.TOEGESTAAN)
        note_beheer(actor, "account.toegestaan", f"medewerker:{rij.medewerker_id}")
    return code


def refuse(actor: Actor, herstart_id: UUID) -> None:
    """The link never works. The account stays without password until somebody asks again.

    Raises NietGevonden, EigenHerstart, HerstartAlBesloten.
    """
    must_judge(actor)
    with transaction.atomic():
        rij, link = _hold(actor, herstart_id)
        link.delete()
        _decide(rij, actor, HerstartStand.GEWEIGERD)
        note_beheer(actor, "account.geweigerd", f"medewerker:{rij.medewerker_id}")


def must_wait(link: Uitnodiging) -> bool:
    """Whether somebody must allow it first."""
    return link.herstart is not None and link.herstart.stand == HerstartStand.GEVRAAGD


def check_code(link: Uitnodiging, code: str) -> None:
    """Whether this link may be used with this code; a try counts before it is judged, so that many at once do not pass.

    Raises UitnodigingWacht, UitnodigingOngeldig when the link is over (`geldig`), CollegacodeOnjuist.
    """
    if must_wait(link):
        raise UitnodigingWacht("wacht")
    if not link.code:
        return
    deze = Uitnodiging.objects.filter(pk=link.pk, sleutel=link.sleutel)
    if not deze.filter(geldig()).update(fouten=F("fouten") + 1):
        raise UitnodigingOngeldig("te-veel-codes")
    if not hmac.compare_digest(link.code, _hash(link, code)):
        raise CollegacodeOnjuist("collegacode")
    deze.update(fouten=F("fouten") - 1)


def note_used(herstart_id: UUID | None) -> None:
    """The account is set up with it, in the caller's transaction. Raises UitnodigingOngeldig when it is not allowed."""
    if herstart_id is None:
        return
    rijen = Herstart.objects.filter(pk=herstart_id, stand=HerstartStand.TOEGESTAAN)
    if not rijen.update(stand=HerstartStand.GEBRUIKT, gebruikt_op=klok.nu()):
        raise UitnodigingOngeldig("herstart")


def _hold(actor: Actor, herstart_id: UUID) -> tuple[Herstart, Uitnodiging]:
    """What is to be judged, held until the end of the transaction; first the civil servant, as everybody does."""
    wie = Herstart.objects.filter(pk=herstart_id).values_list("medewerker_id", flat=True).first()
    Medewerker.objects.select_for_update(of=("self",)).filter(pk=wie or 0).first()
    rijen = Herstart.objects.filter(pk=herstart_id)
    rij = rijen.select_for_update(of=("self",)).first()
    if rij is None:
        raise NietGevonden
    if rijen.filter(is_own(actor)).exists():
        raise EigenHerstart
    link = Uitnodiging.objects.filter(geldig(), herstart=rij).first()
    if rij.stand != HerstartStand.GEVRAAGD or link is None:
        raise HerstartAlBesloten
    return rij, link


def _decide(rij: Herstart, actor: Actor, stand: HerstartStand) -> None:
    rij.stand, rij.besloten_op, rij.besloten_door = stand, klok.nu(), actor.key
    rij.save(update_fields=["stand", "besloten_op", "besloten_door"])


def _new_code() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(_LENGTE))
    return f"{letters[:4]}-{letters[4:]}"


def _hash(link: Uitnodiging, code: str) -> str:
    """Of this link alone."""
    kaal = "".join(teken for teken in code.casefold() if teken.isalnum())
    return vault().keyed_hash("collegacode", f"{link.sleutel}:{kaal}")
