"""Local accounts, as plain values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

MIDDEL = "lokaal"  # of an actor who logged in with a local account


class AuthenticatorSoort(StrEnum):
    APP = "app"  # six digits of an app on a telephone (TOTP)
    PASSKEY = "passkey"  # a passkey or a security key (WebAuthn)

    @property
    def tekst(self) -> str:
        return {"app": "App met codes", "passkey": "Passkey of beveiligingssleutel"}[self.value]


@dataclass(frozen=True, slots=True)
class AuthenticatorInfo:
    """A second factor as its owner sees it."""

    id: int
    soort: AuthenticatorSoort
    naam: str
    gemaakt: datetime
    gebruikt: datetime | None


@dataclass(frozen=True, slots=True)
class AccountInfo:
    """The local account of a civil servant. `uitgenodigd_tot`: a link is still open."""

    inlognaam: str = field(repr=False)
    heeft_wachtwoord: bool
    wachtwoord_op: datetime | None
    ingelogd_op: datetime | None
    authenticators: tuple[AuthenticatorInfo, ...]
    herstelcodes: int
    uitgenodigd_tot: datetime | None

    @property
    def soorten(self) -> frozenset[AuthenticatorSoort]:
        return frozenset(een.soort for een in self.authenticators)


def norm_inlognaam(tekst: str) -> str:
    """A login name as it is compared: capitals and spaces around it make no difference. PostgreSQL takes no NUL."""
    return " ".join(tekst.replace("\x00", "").split()).casefold()
