"""Our id in what comes back: in the envelope that we gave, or in the address that we asked it to be returned to."""

import re
from collections.abc import Iterable
from uuid import UUID

_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
# VERP: `retour+<id>@gemeente.nl`, or with the other signs that mail servers split an address at.
_VERP = re.compile(r"[+=-]([0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12})@", re.IGNORECASE)


def find_zending_id(*, envelop: str = "", ontvangers: Iterable[str] = ()) -> str:
    """The id of our mail, from the first that holds one: the envelope id, then the addresses. "" when none does."""
    if _UUID.fullmatch(envelop.strip()):
        return str(UUID(envelop.strip()))
    for adres in ontvangers:
        if gevonden := _VERP.search(adres):
            return str(UUID(gevonden[1]))
    return ""
