"""Logins under way: kept in the server session of who began them, used once, and only for a while."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest

from eloket.identity.errors import LoginMislukt
from eloket.identity.middel import Middel
from eloket.identity.middelen import get_middel
from eloket.identity.niveaus import Zekerheid
from eloket.identity.paden import veilig_pad
from eloket.kernel import klok

_MEESTE = 5  # tabs in which somebody is logging in at the same time
_GELDIG = 15 * 60  # seconds to finish a login


@dataclass(frozen=True, slots=True)
class Bewaard:
    """What was kept of one: the means, where the person wanted to go, and what the protocol needs (`velden`)."""

    middel: Middel
    terug: str | None
    nodig: Zekerheid | None  # the level that was asked for; None: the lowest of the means
    velden: Mapping[str, str] = field(repr=False)


def keep(
    request: HttpRequest,
    soort: str,
    merk: str,
    *,
    middel: Middel,
    terug: str | None,
    velden: Mapping[str, str],
    nodig: Zekerheid | None = None,
) -> None:
    """Remember a login. `merk` comes back with the answer. `soort` is the protocol: none answers for another."""
    pogingen = dict(list((request.session.get(soort) or {}).items())[-(_MEESTE - 1) :])
    pogingen[merk] = {
        **velden,
        "middel": middel.code,
        "terug": veilig_pad(terug),
        "nodig": nodig.value if nodig else "",
        "tot": klok.nu().timestamp() + _GELDIG,
    }
    request.session[soort] = pogingen


def take(request: HttpRequest, soort: str, merk: str, *, code: str = "") -> Bewaard:
    """The login that `merk` belongs to: of this session, once, and with the means `code` when that is given.

    Raises LoginMislukt.
    """
    pogingen = dict(request.session.get(soort) or {})
    gevonden = pogingen.pop(merk, None) if merk else None
    if gevonden is None:
        raise LoginMislukt("state")
    request.session[soort] = pogingen
    middel = get_middel(gevonden["middel"])
    if middel is None or gevonden["tot"] < klok.nu().timestamp():
        raise LoginMislukt("te-laat")
    if code and middel.code != code:
        raise LoginMislukt("ander-middel")
    nodig = Zekerheid(gevonden["nodig"]) if gevonden.get("nodig") else None
    return Bewaard(middel, gevonden["terug"], nodig, gevonden)
