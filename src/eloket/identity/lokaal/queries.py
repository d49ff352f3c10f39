"""Local accounts, to read."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from eloket.identity.access import namen_van
from eloket.identity.lokaal.herstart import OPEN, may_judge, must_judge
from eloket.identity.lokaal.models import Herstart, LokaalAccount, Uitnodiging
from eloket.identity.lokaal.types import (
    AccountInfo,
    AuthenticatorInfo,
    AuthenticatorSoort,
    HerstartInzage,
    HerstartStand,
)
from eloket.identity.types import Actor
from eloket.kernel import klok

MEESTE_HERSTARTS = 100
OP_DE_SERVER = "de systeembeheerder"


def find_account(medewerker_id: int | None) -> AccountInfo | None:
    """The local account of this civil servant, or None. Four queries."""
    rij = (
        LokaalAccount.objects.filter(medewerker_id=medewerker_id)
        .select_related("uitnodiging__herstart")
        .prefetch_related("authenticators")
        .first()
        if medewerker_id
        else None
    )
    if rij is None:
        return None
    link = getattr(rij, "uitnodiging", None)
    return AccountInfo(
        inlognaam=rij.inlognaam,
        heeft_wachtwoord=bool(rij.wachtwoord),
        wachtwoord_op=rij.wachtwoord_op,
        ingelogd_op=rij.ingelogd_op,
        authenticators=tuple(
            AuthenticatorInfo(een.pk, AuthenticatorSoort(een.soort), een.naam, een.gemaakt, een.gebruikt)
            for een in sorted(rij.authenticators.all(), key=lambda een: een.pk)
        ),
        herstelcodes=rij.herstelcodes.count(),
        uitgenodigd_tot=link.verloopt if link is not None and link.verloopt > klok.nu() else None,
        wacht=_waits(link),
        gevraagd_door=link.herstart.gestart_door if link is not None and link.herstart else "",
    )


def _waits(link: Uitnodiging | None) -> bool:
    if link is None or link.herstart is None or link.verloopt <= klok.nu():
        return False
    return link.herstart.stand == HerstartStand.GEVRAAGD


def list_herstarts(actor: Actor) -> tuple[HerstartInzage, ...]:
    """Of everybody, the newest first, for who may judge them. Two queries. Raises NietGevonden."""
    must_judge(actor)
    return _herstarts(Herstart.objects.order_by("-gestart_op")[:MEESTE_HERSTARTS], actor)


def list_eigen_herstarts(actor: Actor, *, sinds: datetime | None = None) -> tuple[HerstartInzage, ...]:
    """Of who looks, the newest first. One query, two when there are any."""
    rijen = Herstart.objects.filter(medewerker_id=actor.medewerker_id or 0)
    if sinds:
        rijen = rijen.filter(gestart_op__gte=sinds)
    return _herstarts(rijen.order_by("-gestart_op")[:10], actor)


def count_te_oordelen(actor: Actor) -> int:
    """How many wait for this actor; 0 without a query for who may not judge them."""
    if not may_judge(actor):
        return 0
    wachtend = Uitnodiging.objects.filter(herstart__stand=HerstartStand.GEVRAAGD, verloopt__gt=klok.nu())
    van_anderen = wachtend.exclude(herstart__gestart_door=actor.key)
    return van_anderen.exclude(account__medewerker_id=actor.medewerker_id or 0).count()


def _herstarts(rijen: "QuerySet[Herstart]", actor: Actor) -> tuple[HerstartInzage, ...]:
    geldig = Uitnodiging.objects.filter(herstart=OuterRef("pk"), verloopt__gt=klok.nu())
    gelezen = list(rijen.select_related("medewerker").annotate(heeft_link=Exists(geldig)))
    namen = namen_van({een.gestart_door for een in gelezen} | {een.besloten_door for een in gelezen} - {""})
    return tuple(_herstart(een, actor, namen) for een in gelezen)


def _herstart(rij: Herstart, actor: Actor, namen: Mapping[str, str]) -> HerstartInzage:
    stand = HerstartStand(rij.stand)
    if stand in OPEN and not getattr(rij, "heeft_link", False):
        stand = HerstartStand.VERVALLEN
    eigen = actor.key == rij.gestart_door or actor.medewerker_id == rij.medewerker_id
    return HerstartInzage(
        id=rij.pk,
        medewerker_id=rij.medewerker_id,
        wie=rij.medewerker.naam,
        stand=stand,
        gestart_op=rij.gestart_op,
        gestart_door=_who(rij.gestart_door, namen),
        besloten_op=rij.besloten_op,
        besloten_door=_who(rij.besloten_door, namen),
        gebruikt_op=rij.gebruikt_op,
        mag_oordelen=stand is HerstartStand.GEVRAAGD and not eigen,
    )


def _who(key: str, namen: Mapping[str, str]) -> str:
    return namen.get(key, "een medewerker die hier niet meer werkt") if key else OP_DE_SERVER


def list_met_account() -> frozenset[int]:
    """The civil servants with a local account that works. One query."""
    rijen: Iterable[int] = LokaalAccount.objects.exclude(wachtwoord="").values_list(
        "medewerker_id", flat=True
    )
    return frozenset(rijen)
