"""A set-up as it should be in production, and the lines that the check writes about it."""

import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml

from eloket.config.omgeving import Omgeving
from eloket.ops.productie.types import Regel, Uitkomst

GOED: dict[str, Any] = {
    "omgeving": Omgeving.PRODUCTIE,
    "base_url": "https://mijn.gemeente.test",
    "hosts": ("mijn.gemeente.test",),
    "behind_proxy": True,
    "limieten": True,
    "lokale_accounts": False,
    "mail_from": "Gemeente Proef <noreply@gemeente.test>",
    "gemeente": "Gemeente Proef",
    "security_contact": "ciso@gemeente.test",
    "telefoon": "14 012",
    "smtp_url": "smtp://naam:wachtwoord@mail.gemeente.test:587?tls=1",
    "clamd_url": "tcp://127.0.0.1:3310",
    "digid_issuer": "https://inloggen.test/digid",
    "digid_client_id": "eloket",
    "digid_client_secret": secrets.token_urlsafe(32),
    "medewerker_issuer": "https://inloggen.test/medewerker",
    "medewerker_client_id": "eloket",
    "medewerker_client_secret": secrets.token_urlsafe(32),
}
# As config/settings.py derives them from that.
DJANGO: dict[str, Any] = {
    "ALLOWED_HOSTS": ["mijn.gemeente.test"],
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "SESSION_COOKIE_NAME": "__Host-eloket_sessie",
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_NAME": "__Host-eloket_csrf",
    "CSRF_COOKIE_SECURE": True,
    "EMAIL_HOST": "mail.gemeente.test",
    "EMAIL_PORT": 587,
    "EMAIL_USE_TLS": True,
    "EMAIL_HOST_USER": "",
}


def write_middelen(map_: Path) -> Path:
    """The login means of GOED as a file, in which civil servants are asked for a second factor."""
    middelen: list[dict[str, Any]] = []
    for code, eigen in (("digid", {}), ("medewerker", {"tweede_factor": {"amr": ["mfa"]}})):
        geheim = map_ / f"geheim-{code}"
        geheim.write_text(secrets.token_urlsafe(32), encoding="utf-8")
        koppeling = {"issuer": GOED[f"{code}_issuer"], "client_id": "eloket", "geheim_bestand": str(geheim)}
        middelen.append({"code": code, "soort": code, **koppeling, **eigen})
    bestand = map_ / "middelen.yaml"
    bestand.write_text(yaml.safe_dump({"middelen": middelen}), encoding="utf-8")
    return bestand


def put(settings: Any, **anders: Any) -> None:
    """Make this process one of production; `anders` are settings of E-loket (small) or of Django (CAPITALS)."""
    django = {naam: waarde for naam, waarde in anders.items() if naam.isupper()}
    eloket = {naam: waarde for naam, waarde in anders.items() if not naam.isupper()}
    eigen = {"secrets": (secrets.token_urlsafe(48),), "hash_secret": secrets.token_urlsafe(48)}
    settings.ELOKET = settings.ELOKET.model_copy(update={**GOED, **eigen, **eloket})
    for naam, waarde in {**DJANGO, **django}.items():
        setattr(settings, naam, waarde)


def lines(kijk: Callable[[], Iterable[Regel]]) -> dict[str, Regel]:
    return {regel.code: regel for regel in kijk()}


def outcome(kijk: Callable[[], Iterable[Regel]], code: str) -> Uitkomst:
    """Of one line. What is wrong always says how to mend it, and has a norm."""
    regel = lines(kijk)[code]
    assert regel.norm
    assert bool(regel.herstel) is (regel.uitkomst is not Uitkomst.OK)
    return regel.uitkomst


def made(map_: Path, rechten: int) -> Path:
    """This folder, with exactly these rights."""
    map_.mkdir(exist_ok=True)
    map_.chmod(rechten)
    return map_
