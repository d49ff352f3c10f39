"""Passwords: which are good enough, and their hash.

The rule follows NIST SP 800-63B (5.1.1.2) and the NCSC: long, no demands on kinds of characters, no expiry, not one
that everybody uses, and nothing that an outsider knows of this person.
"""

import re
import secrets
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, identify_hasher, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator

from eloket.identity.lokaal.errors import WachtwoordOngeldig

KORTSTE, LANGSTE = 14, 128
# What everybody here thinks of first: a password of these, with some digits behind them, is one of the first tried.
_VOOR_DE_HAND = (
    "wachtwoord", "password", "welkom", "welcome", "gemeente", "medewerker", "werkplek", "eloket", "beheerder",
    "admin", "lente", "zomer", "herfst", "winter", "voorjaar", "najaar", "qwerty", "azerty", "geheim", "login",
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "nederland", "zaterdag", "zondag",
)  # fmt: skip
_RIJEN = (
    "abcdefghijklmnopqrstuvwxyz", "1234567890", "qwertyuiopasdfghjklzxcvbnm", "azertyuiopqsdfghjklmwxcvbn",
)  # fmt: skip
_MINSTE_ANDERE = 6  # different characters
_MINSTE_OVER = 8  # characters beside what is guessed first
_MEESTE_GELEZEN = 1_000
_tegelijk = BoundedSemaphore(2)  # each takes 46 MiB: many at once would take the memory of this machine


class Argon2(Argon2PasswordHasher):
    """Argon2id as OWASP advises for a server: 46 MiB, one lane. Django's own takes 100 MiB and 8 threads for each."""

    time_cost = 2
    memory_cost = 47_104
    parallelism = 1


def norm(wachtwoord: str) -> str:
    """As it is hashed: the same letters from every keyboard (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", wachtwoord)


def check_choice(wachtwoord: str, *, over_persoon: Collection[str]) -> None:
    """Raises WachtwoordOngeldig, with a text that says what to do. `over_persoon`: names, login name, municipality."""
    genormd = norm(wachtwoord)
    if len(genormd) < KORTSTE:
        raise WachtwoordOngeldig(
            f"Uw wachtwoord is te kort. Gebruik minstens {KORTSTE} tekens. Een zin van vier of vijf woorden is goed."
        )
    if len(genormd) > LANGSTE:
        raise WachtwoordOngeldig(f"Uw wachtwoord is te lang. Gebruik hoogstens {LANGSTE} tekens.")
    plat = genormd.casefold()
    if _is_known(plat) or _is_row(plat):
        raise WachtwoordOngeldig(
            "Dit wachtwoord is makkelijk te raden. Kies een zin van vier of vijf woorden die niet bij elkaar horen."
        )
    if any(deel in _letters(plat) for deel in _parts(over_persoon)):
        raise WachtwoordOngeldig("Uw naam of inlognaam staat in dit wachtwoord. Kies een wachtwoord zonder.")


def make_hash(wachtwoord: str) -> str:
    with _tegelijk:
        return make_password(norm(wachtwoord))


def is_right(wachtwoord: str, gehasht: str) -> bool:
    """Whether this is the password of that hash. Without one ("") it takes as long, and is never right."""
    met_hash = gehasht or _of_nobody()
    with _tegelijk:
        klopt = check_password(norm(wachtwoord[:_MEESTE_GELEZEN]), met_hash)
    return klopt and bool(gehasht)


def is_outdated(gehasht: str) -> bool:
    """Whether it was made with less work than we ask now."""
    return identify_hasher(gehasht).must_update(gehasht)


@lru_cache(maxsize=1)
def _of_nobody() -> str:
    return make_password(secrets.token_urlsafe(32))


def _is_known(plat: str) -> bool:
    if plat.strip() in _common() or re.sub(r"[\W\d_]+", "", plat) in _common():
        return True
    over = plat
    for woord in _VOOR_DE_HAND:
        over = over.replace(woord, "")
    return over != plat and len(re.sub(r"\W+", "", over)) < _MINSTE_OVER


def _is_row(plat: str) -> bool:
    """A few characters over and over, or a row of the keyboard or the alphabet."""
    if len(set(plat)) < _MINSTE_ANDERE:
        return True
    if re.fullmatch(r"(.{1,12})\1+.{0,6}", plat):
        return True
    kaal = re.sub(r"\W+", "", plat)
    return any(kaal in rij * 3 or kaal in rij[::-1] * 3 for rij in _RIJEN)


def _letters(tekst: str) -> str:
    zonder = unicodedata.normalize("NFKD", tekst)
    return "".join(teken for teken in zonder if teken.isalnum())


def _parts(over_persoon: Collection[str]) -> set[str]:
    delen = (_letters(deel) for tekst in over_persoon for deel in re.split(r"[\W_]+", tekst.casefold()))
    return {deel for deel in delen if len(deel) >= 4 and not deel.isdigit()}


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The 20,000 that leaked most (of Django)."""
    return frozenset(CommonPasswordValidator().passwords)
