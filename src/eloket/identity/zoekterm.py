"""What somebody typed to search for, as it may stand in an address.

House rule 6: no BSN, name or content in a URL. A form that searches is posted, and its answer leads to the list with
the text sealed: encrypted, with keys that follow from `ELOKET_SECRETS` (and rotate with them), from the page and from
who searched. So a link to another page of the list, the back button, a second tab and a bookmark work, with nothing in
the session; and a seal of somebody else, of the same person for another party, of another page, one that was changed,
and text that never was a seal (`?zoek=jansen`, of before) are no search: the page says so and shows the list without.
Plain text is not sealed after all: an address that somebody's browser kept would bring the name into every log again.
"""

import re
from dataclasses import dataclass, field

from cryptography.fernet import InvalidToken, MultiFernet
from django.conf import settings

from eloket.identity.actor import actor_to_dict
from eloket.identity.sessie import wie_van
from eloket.identity.types import Actor
from eloket.kernel.crypto import keten

WEG = "Deze zoekopdracht werkt niet meer. Typ uw zoekwoord opnieuw en kies ‘Zoeken’."
# The decoder passes over other characters, which would then stand in our links. A path to come back to has at most 1000
# characters (identity.paden).
_ZEGEL = re.compile(r"[A-Za-z0-9_-]{1,900}")


@dataclass(frozen=True, slots=True)
class Zoekterm:
    """`tekst` is what is searched for, `zegel` that same text as it stands in an address; both "" without a search.
    `is_weg`: the address held something that is no search of this person on this page (any more)."""

    tekst: str = field(default="", repr=False)
    zegel: str = ""
    is_weg: bool = False


def seal_zoekterm(actor: Actor, plek: str, tekst: str) -> Zoekterm:
    """What this person typed on this page (the name of its route)."""
    if not tekst:
        return Zoekterm()
    return Zoekterm(tekst, _sleutels(actor, plek).encrypt(tekst.encode()).decode("ascii").rstrip("="))


def open_zoekterm(actor: Actor, plek: str, zegel: str) -> Zoekterm:
    """The search in the address of this page. Its seal stays as it is, so that a link is the same on each visit."""
    if not zegel:
        return Zoekterm()
    if not _ZEGEL.fullmatch(zegel):
        return Zoekterm(is_weg=True)
    try:
        tekst = _sleutels(actor, plek).decrypt(zegel + "=" * (-len(zegel) % 4)).decode()
    except InvalidToken:
        return Zoekterm(is_weg=True)
    return Zoekterm(tekst, zegel)


def _sleutels(actor: Actor, plek: str) -> MultiFernet:
    """A key per page and person: in the text itself they would make each address half as long again."""
    return keten(settings.ELOKET.secrets, f"eloket/zoekterm/{plek}/{wie_van(actor_to_dict(actor))}")
