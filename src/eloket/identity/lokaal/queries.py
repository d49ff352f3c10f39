"""Local accounts, to read."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from eloket.identity.access import namen_van
from eloket.identity.lokaal.herstart import (
    OPEN,
    geldig,
    has_link,
    is_own,
    may_judge,
    must_judge,
    must_wait,
)
from eloket.identity.lokaal.models import Herstart, LokaalAccount, Uitnodiging
from eloket.identity.lokaal.types import (
    AccountInfo,
    AuthenticatorInfo,
    AuthenticatorSoort,
    HerstartInzage,
    HerstartStand,
)
from eloket.identity.types import Actor

MEESTE_HERSTARTS = 100
OP_DE_SERVER = "de systeembeheerder"


def find_account(medewerker_id: int | None) -> AccountInfo | None:
    """The local account of this civil servant, or None. Four queries."""
    rij = (
        LokaalAccount.objects.filter(medewerker_id=medewerker_id)
        .select_related("uitnodiging__herstart")
        .annotate(heeft_link=Exists(Uitnodiging.objects.filter(geldig(), account=OuterRef("pk"))))
        .prefetch_related("authenticators")
        .first()
        if medewerker_id
        else None
    )
    if rij is None:
        return None
    link = rij.uitnodiging if rij.heeft_link else None
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
        uitgenodigd_tot=link.verloopt if link else None,
        wacht=link is not None and must_wait(link),
        gevraagd_door=link.herstart.gestart_door if link and link.herstart else "",
    )


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
    wachtend = Herstart.objects.filter(has_link(), stand=HerstartStand.GEVRAAGD)
    return wachtend.exclude(is_own(actor)).count()


def _herstarts(rijen: "QuerySet[Herstart]", actor: Actor) -> tuple[HerstartInzage, ...]:
    gelezen = list(rijen.select_related("medewerker").annotate(heeft_link=has_link(), is_eigen=is_own(actor)))
    namen = namen_van({een.gestart_door for een in gelezen} | {een.besloten_door for een in gelezen} - {""})
    return tuple(_herstart(een, namen, heeft_link=een.heeft_link, is_eigen=een.is_eigen) for een in gelezen)


def _herstart(rij: Herstart, namen: Mapping[str, str], *, heeft_link: bool, is_eigen: bool) -> HerstartInzage:
    stand = HerstartStand(rij.stand)
    if stand in OPEN and not heeft_link:
        stand = HerstartStand.VERVALLEN
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
        mag_oordelen=stand is HerstartStand.GEVRAAGD and not is_eigen,
    )


def _who(key: str, namen: Mapping[str, str]) -> str:
    return namen.get(key, "een medewerker die hier niet meer werkt") if key else OP_DE_SERVER


def list_met_account() -> frozenset[int]:
    """The civil servants with a local account that works. One query."""
    rijen: Iterable[int] = LokaalAccount.objects.exclude(wachtwoord="").values_list(
        "medewerker_id", flat=True
    )
    return frozenset(rijen)
