"""Two requests in one session at once: each writes only what it changed, so that neither undoes the other. Pure.

A request that takes long (a form with files) holds the session as it was when it began. Written back whole, it would
throw away what another tab kept meanwhile, and bring back what that tab used up (a login under way, a message).
"""

from collections.abc import Mapping
from typing import Any

VOORTZETTING = "voortzetting"
BLIJFT = "blijft"  # what the same person finds again after a new login (identity.bewaard)
INVOER = (
    "bewaarde_invoer"  # what was typed, given back, and is still to be fetched by its page (identity.bewaard)
)
BEZOEKER = "anoniem"  # a secret that stands for a visitor who did not log in (identity.actor)
BEZOEKER_TOT = "anoniem_tot"  # until when

Inhoud = dict[str, Any]
_WEG = object()
# How many levels below a key things stand beside each other: pages, the fields of a registration (balie), logins under
# way (pogingen).
_DIEPTE: Mapping[str, int] = {BLIJFT: 3, INVOER: 1, "oidc": 1, "saml": 1}
_IN_VOORTZETTING: Mapping[str, int] = {"blijft": 3, "invoer": 1}
_MELDINGEN = "flash"  # a list of messages (identity.flash)
_EEN_KEER = frozenset({"lokaal"})  # what another request ended stays ended (identity.lokaal)


def merge(basis: Inhoud, mijn: Inhoud, hun: Inhoud) -> Inhoud:
    """`hun`, what the session holds now, with what one request changed: from `basis`, which it read, to `mijn`.

    Of what both changed the last to write wins. Two that both begin a form without a login are one visitor: the first.
    """
    if BEZOEKER not in basis and BEZOEKER in mijn and BEZOEKER in hun:
        mijn = {**mijn, BEZOEKER: hun[BEZOEKER]}
    return _merge_keys(basis, mijn, hun, _DIEPTE)


def _merge_keys(basis: Inhoud, mijn: Inhoud, hun: Inhoud, diepte: Mapping[str, int]) -> Inhoud:
    samen = dict(hun)
    for naam in [*(n for n in basis if n not in mijn), *mijn]:
        was, wordt, is_nu = (een.get(naam, _WEG) for een in (basis, mijn, hun))
        if was == wordt or (naam in _EEN_KEER and was is not _WEG and is_nu is _WEG):
            continue
        samen.pop(naam, None)  # what is newest stands last: the first makes room (pogingen, balie)
        waarde = _merge_value(naam, was, wordt, is_nu, diepte.get(naam, 0))
        if waarde is not _WEG:
            samen[naam] = waarde
    return samen


def _merge_value(naam: str, was: Any, wordt: Any, is_nu: Any, diepte: int) -> Any:
    if naam == _MELDINGEN:
        return _merge_list(*([] if een is _WEG else een for een in (was, wordt, is_nu))) or _WEG
    if naam == VOORTZETTING:
        return _merge_voortzetting(was, wordt, is_nu)
    delen = [{} if een is _WEG else een for een in (was, wordt, is_nu)]
    if not diepte or not all(isinstance(een, dict) for een in delen):
        return wordt
    samen = _merge_keys(delen[0], delen[1], delen[2], dict.fromkeys({*delen[0], *delen[1]}, diepte - 1))
    return _WEG if wordt is _WEG and not samen else samen


def _merge_voortzetting(was: Any, wordt: Any, is_nu: Any) -> Any:
    """What waits for one person never becomes part of what waits for another."""
    if wordt is _WEG or is_nu is _WEG or wordt["wie"] != is_nu["wie"]:
        return wordt
    basis = was if was is not _WEG and was["wie"] == is_nu["wie"] else {}
    return _merge_keys(basis, wordt, is_nu, _IN_VOORTZETTING)


def _merge_list(was: list[Any], wordt: list[Any], is_nu: list[Any]) -> list[Any]:
    over = [een for een in is_nu if een not in was or een in wordt]
    return [*over, *(een for een in wordt if een not in was and een not in over)]
