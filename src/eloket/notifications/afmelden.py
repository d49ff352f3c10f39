"""The link in a mail with which its reader stops mail, without a login (RFC 8058).

The token is the id of the mail and a keyed hash of it: nobody can make one, and it says nothing about anybody. It works
as long as the mail is known, because who finds an old mail wants to be able to stop the next one too.
"""

import hmac
import re
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings

from eloket.kernel.crypto import vault
from eloket.notifications.errors import AfmeldlinkOngeldig
from eloket.notifications.mail.paden import PAD_AFMELDEN
from eloket.notifications.queries import get_ontvanger
from eloket.notifications.rubrieken import rubriek_van
from eloket.profile.types import Rubriek

_MAC = 32  # hex digits: 128 bits
_TOKEN = re.compile(rf"[0-9a-f]{{32}}\.[0-9a-f]{{{_MAC}}}")


@dataclass(frozen=True, slots=True)
class Afmelding:
    """What a link is of: whose mail it came in, and what that mail was about. `link` names it in the profile."""

    profiel_key: str = field(repr=False)
    rubrieken: tuple[Rubriek, ...]
    link: str


def make_afmeld_url(zending_id: UUID | str) -> str:
    """The whole address for the header List-Unsubscribe and the foot of the mail with this id."""
    naam = UUID(str(zending_id)).hex
    return settings.ELOKET.base_url.rstrip("/") + PAD_AFMELDEN.format(token=f"{naam}.{_mac(naam)}")


def read_afmelding(token: str) -> Afmelding:
    """Whose link this is. Raises AfmeldlinkOngeldig for one that we never made, or of a mail that is not known any
    more; which of the two, nobody learns."""
    if not _TOKEN.fullmatch(token):
        raise AfmeldlinkOngeldig
    naam, _, mac = token.partition(".")
    if not hmac.compare_digest(mac, _mac(naam)):
        raise AfmeldlinkOngeldig
    ontvanger = get_ontvanger(UUID(naam))
    if ontvanger is None:
        raise AfmeldlinkOngeldig
    profiel_key, soorten = ontvanger
    rubrieken = tuple(dict.fromkeys(filter(None, map(rubriek_van, soorten))))
    if not rubrieken:
        raise AfmeldlinkOngeldig
    return Afmelding(profiel_key, rubrieken, naam)


def _mac(naam: str) -> str:
    return vault().keyed_hash("afmelden", naam)[:_MAC]
