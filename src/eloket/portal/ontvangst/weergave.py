"""A receipt as a line of a list."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from eloket.documenten.formaten import schrijf_omvang
from eloket.kernel.klok import schrijf_moment
from eloket.notifications.ontvangst.pdf import schrijf_velden, titel_van
from eloket.notifications.ontvangst.types import OntvangstInzage
from eloket.portal import paden


@dataclass(frozen=True, slots=True)
class OntvangstRegel:
    """`uitleg` says what it was about, "" when the title says it all; `bestanden` are (name, size). `door`: who sent
    it for whom, after `door_kop`; "" when nobody acted for another."""

    titel: str
    moment: str
    iso: str
    kenmerk: str
    uitleg: str = field(repr=False)
    bestanden: tuple[tuple[str, str], ...] = field(repr=False)
    href: str
    door_kop: str
    door: str = field(repr=False)


def make_ontvangsten(ontvangsten: Iterable[OntvangstInzage]) -> list[OntvangstRegel]:
    return [_regel(een) for een in ontvangsten]


def _regel(een: OntvangstInzage) -> OntvangstRegel:
    velden = schrijf_velden(een.velden)
    return OntvangstRegel(
        titel=titel_van(een.soort),
        moment=schrijf_moment(een.ontvangen_op),
        iso=een.ontvangen_op.isoformat(timespec="minutes"),
        kenmerk=een.kenmerk,
        uitleg=f"Gewijzigd: {velden}" if velden else een.onderwerp,
        bestanden=tuple((bestand.naam, schrijf_omvang(bestand.omvang)) for bestand in een.bestanden),
        href=paden.ontvangstbewijs(een.id),
        door_kop=een.door_kop,
        door=een.verstuurd_door,
    )
