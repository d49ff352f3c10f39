"""What the templates show of an account that begins anew. Pure, but for `melding_context`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from eloket.identity.lokaal.instelling import is_on
from eloket.identity.lokaal.queries import count_te_oordelen, list_eigen_herstarts
from eloket.identity.lokaal.types import HerstartInzage, HerstartStand
from eloket.identity.types import Actor
from eloket.kernel.klok import nu, schrijf_moment

_ZO_LANG = timedelta(days=14)
GEEN_HERSTARTS: Mapping[str, object] = {"herstarts": [], "te_oordelen": 0}


@dataclass(frozen=True, slots=True)
class Regel:
    """`verhaal` are whole sentences; for its owner they say "uw"."""

    id: str
    wie: str = field(repr=False)
    badge: str
    badge_soort: str
    verhaal: list[str] = field(repr=False)
    mag_oordelen: bool
    waarom_niet: str


def build_regel(een: HerstartInzage, *, is_eigen: bool = False) -> Regel:
    wacht = een.stand is HerstartStand.GEVRAAGD
    return Regel(
        id=str(een.id),
        wie=een.wie,
        badge=een.stand.tekst,
        badge_soort=een.stand.soort,
        verhaal=_verhaal(een, "Uw lokale account" if is_eigen else "Het lokale account"),
        mag_oordelen=een.mag_oordelen,
        waarom_niet="U vroeg dit zelf, of het is uw eigen account. Een andere collega moet dit beoordelen."
        if wacht and not een.mag_oordelen
        else "",
    )


def _verhaal(een: HerstartInzage, wat: str) -> list[str]:
    zinnen = [f"{wat} is op {schrijf_moment(een.gestart_op)} opnieuw gestart door {een.gestart_door}."]
    if een.besloten_op and een.stand is HerstartStand.GEWEIGERD:
        zinnen.append(f"Op {schrijf_moment(een.besloten_op)} afgekeurd door {een.besloten_door}.")
    elif een.besloten_op:
        zinnen.append(f"Op {schrijf_moment(een.besloten_op)} goedgekeurd door {een.besloten_door}.")
    elif een.stand is HerstartStand.GEVRAAGD:
        zinnen.append("Nog niemand keurde dit goed.")
    if een.gebruikt_op:
        zinnen.append(f"Op {schrijf_moment(een.gebruikt_op)} opnieuw ingericht.")
    return zinnen


def list_eigen(actor: Actor) -> list[Regel]:
    """For Mijn account: all that was asked for the account of who looks."""
    return [build_regel(een, is_eigen=True) for een in list_eigen_herstarts(actor)] if is_on() else []


def melding_context(actor: Actor) -> Mapping[str, object]:
    """For the first page: what was done with one's own account lately, and how much there is to judge. No button takes
    it away: who got in as somebody else would use it. At most three queries."""
    if not is_on():
        return GEEN_HERSTARTS
    eigen = list_eigen_herstarts(actor, sinds=nu() - _ZO_LANG)
    return {
        "herstarts": [build_regel(een, is_eigen=True) for een in eigen],
        "te_oordelen": count_te_oordelen(actor),
    }
