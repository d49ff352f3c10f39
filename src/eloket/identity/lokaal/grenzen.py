"""How often somebody may guess: the password of an account, and the code of its second factor.

Nobody can be kept out of a browser in which they logged in before by who guesses at their account: that browser is
counted by itself (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). In a new one they can be made to
wait by who guesses from four addresses or more at once; one address comes to its own limit long before the account
does. Every try is counted before it is judged, in one statement: many at once do not pass. Whether the account
exists makes no difference.
"""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from eloket.identity.limieten.teller import count
from eloket.identity.limieten.types import Limiet, Maat
from eloket.identity.lokaal.errors import TeVaakGeprobeerd
from eloket.kernel import klok
from eloket.kernel.crypto import vault

_DAG = 86_400
_ZOUT = "eloket.lokaal.toestel"
TOESTEL = "eloket_toestel" if settings.ELOKET.is_demo else "__Host-eloket_toestel"  # the name of the cookie
TOESTEL_GELDIG = 90 * _DAG
PER_TOESTEL = Maat(10)
PER_ADRES = Maat(5)
PER_ACCOUNT = Maat(20)
PER_ACCOUNT_CODES = Maat(
    60, _DAG
)  # with six digits, of which three are right: 1 in 5,000 a day, behind the password
_WACHTWOORD = Limiet("lokaal-wachtwoord")
_CODE = Limiet("lokaal-code")
_CODE_DAG = Limiet("lokaal-code-dag")


@dataclass(frozen=True, slots=True)
class Plek:
    """From where somebody tries: their address (limieten.adres), and what the cookie of this browser says."""

    adres: str
    toestel: str = ""


def count_password(inlognaam: str, plek: Plek) -> None:
    """One more try of a password. Raises TeVaakGeprobeerd."""
    _count(_WACHTWOORD, inlognaam, plek)


def count_code(inlognaam: str, plek: Plek) -> None:
    """One more try of a code. Raises TeVaakGeprobeerd."""
    _count(_CODE, inlognaam, plek)
    if not _is_known(inlognaam, plek) and settings.ELOKET.limieten:
        _refuse(count(_CODE_DAG, "account", inlognaam, PER_ACCOUNT_CODES, klok.nu()))


def _count(limiet: Limiet, inlognaam: str, plek: Plek) -> None:
    if not settings.ELOKET.limieten:
        return
    now = klok.nu()
    if _is_known(inlognaam, plek):
        _refuse(count(limiet, "toestel", f"{inlognaam}:{plek.toestel}", PER_TOESTEL, now))
        return
    _refuse(count(limiet, "adres", f"{inlognaam}:{plek.adres}", PER_ADRES, now))
    _refuse(count(limiet, "account", inlognaam, PER_ACCOUNT, now))


def _refuse(wacht: int) -> None:
    if wacht:
        raise TeVaakGeprobeerd(wacht)


def sign_device(inlognaam: str) -> str:
    """The value of the cookie of a browser in which this person has just logged in. It opens nothing."""
    return signing.dumps([_mark(inlognaam), secrets.token_urlsafe(16)], salt=_ZOUT)


def _mark(inlognaam: str) -> str:
    return vault().keyed_hash("toestel", inlognaam)[:32]


def _is_known(inlognaam: str, plek: Plek) -> bool:
    if not plek.toestel:
        return False
    try:
        van, _ = signing.loads(plek.toestel, salt=_ZOUT, max_age=TOESTEL_GELDIG)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    return bool(van == _mark(inlognaam))
