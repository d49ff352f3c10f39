"""Local accounts, as plain values."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

MIDDEL = "lokaal"  # of an actor who logged in with a local account
GELDIG = timedelta(hours=48)  # a link


class AuthenticatorSoort(StrEnum):
    APP = "app"  # six digits of an app on a telephone (TOTP)
    PASSKEY = "passkey"  # a passkey or a security key (WebAuthn)

    @property
    def tekst(self) -> str:
        return {"app": "App met codes", "passkey": "Passkey of beveiligingssleutel"}[self.value]


class HerstartStand(StrEnum):
    """Where it stands that the local account of somebody who works here begins anew (lokaal.herstart)."""

    GEVRAAGD = "gevraagd"  # a second person must allow it
    TOEGESTAAN = "toegestaan"
    GEWEIGERD = "geweigerd"
    VERVALLEN = "vervallen"  # its link is replaced, withdrawn, too old or ended by wrong codes
    GEBRUIKT = "gebruikt"  # the account is set up again

    @property
    def tekst(self) -> str:
        return _STAND[self]

    @property
    def soort(self) -> str:
        """The variant of the status badge."""
        return _STAND_SOORT[self]


_STAND = {
    HerstartStand.GEVRAAGD: "Wacht op goedkeuring",
    HerstartStand.TOEGESTAAN: "Goedgekeurd",
    HerstartStand.GEWEIGERD: "Afgekeurd",
    HerstartStand.VERVALLEN: "Vervallen",
    HerstartStand.GEBRUIKT: "Opnieuw ingericht",
}
_STAND_SOORT = {
    HerstartStand.GEVRAAGD: "warning",
    HerstartStand.TOEGESTAAN: "active",
    HerstartStand.GEWEIGERD: "danger",
    HerstartStand.VERVALLEN: "neutral",
    HerstartStand.GEBRUIKT: "success",
}


@dataclass(frozen=True, slots=True)
class HerstartInzage:
    """Who asked that the account of whom begins anew, and what became of it; by name, for colleagues. `mag_oordelen`:
    who looks may judge it."""

    id: UUID
    medewerker_id: int
    wie: str = field(repr=False)
    stand: HerstartStand
    gestart_op: datetime
    gestart_door: str = field(repr=False)
    besloten_op: datetime | None
    besloten_door: str = field(repr=False)
    gebruikt_op: datetime | None
    mag_oordelen: bool


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
    """The local account of a civil servant. `uitgenodigd_tot`: a link is open; `wacht`: somebody must allow what who
    has the key `gevraagd_door` asked."""

    inlognaam: str = field(repr=False)
    heeft_wachtwoord: bool
    wachtwoord_op: datetime | None
    ingelogd_op: datetime | None
    authenticators: tuple[AuthenticatorInfo, ...]
    herstelcodes: int
    uitgenodigd_tot: datetime | None
    wacht: bool = False
    gevraagd_door: str = field(default="", repr=False)

    @property
    def soorten(self) -> frozenset[AuthenticatorSoort]:
        return frozenset(een.soort for een in self.authenticators)


def norm_inlognaam(tekst: str) -> str:
    """A login name as it is compared: capitals and spaces around it make no difference. PostgreSQL takes no NUL."""
    return " ".join(tekst.replace("\x00", "").split()).casefold()
