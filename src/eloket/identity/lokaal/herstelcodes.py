"""Ten codes to write down, for who has no authenticator at hand. Each works once."""

import re
import secrets

from eloket.identity.lokaal.models import Herstelcode, LokaalAccount
from eloket.kernel.crypto import vault

AANTAL = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0 and 1: they are written down and typed over
_LENGTE = 12  # 59 bits


def replace_codes(account: LokaalAccount) -> tuple[str, ...]:
    """Ten new ones; the old ones work no more. In the caller's transaction. They can be read only now."""
    codes = tuple(_new() for _ in range(AANTAL))
    account.herstelcodes.all().delete()
    Herstelcode.objects.bulk_create(Herstelcode(account=account, hash=_hash(account, code)) for code in codes)
    return codes


def spend(account: LokaalAccount, code: str) -> bool:
    """Whether it was one of theirs; it is gone then, also for who sends it at the same moment."""
    kaal = _plain(code)
    if len(kaal) != _LENGTE:
        return False
    return bool(account.herstelcodes.filter(hash=_hash(account, kaal)).delete()[0])


def _new() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(_LENGTE))
    return "-".join(letters[i : i + 4] for i in range(0, _LENGTE, 4))


def _plain(code: str) -> str:
    return re.sub(r"[\s-]+", "", code).casefold()


def _hash(account: LokaalAccount, code: str) -> str:
    return vault().keyed_hash("herstelcode", f"{account.pk}:{_plain(code)}")
