"""The environment, read once into one typed object (ELOKET_* variables; see docs/operations.md).

Checked at start: a wrong value stops the start with the name of the variable.
"""

import os
import re
import sys
import tempfile
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import (
    AliasChoices,
    BeforeValidator,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from eloket.config.adressen import check_database, check_mailbox, check_smtp
from eloket.config.geheimbestanden import Geheimbestanden, GeheimBestandFout
from eloket.kernel.duur import Duur
from eloket.kernel.geheimen import DEMO_GEHEIM, KORTSTE

_LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "::1", "testserver"}


class Omgeving(StrEnum):
    DEMO = "demo"
    TEST = "test"
    PRODUCTIE = "productie"


def _parse_vlag(value: object) -> object:
    """Dutch words for what is on or off, beside those of pydantic (true, 1, false, 0)."""
    if not isinstance(value, str):
        return value
    woord = value.strip().lower()
    if woord not in {"ja", "nee", "true", "false", "1", "0", "yes", "no", "on", "off"}:
        raise ValueError("schrijf ja of nee")
    return {"ja": True, "nee": False}.get(woord, woord)


Vlag = Annotated[bool, BeforeValidator(_parse_vlag)]


class Settings(BaseSettings):
    """Everything a municipality sets from outside. Lists are comma-separated."""

    model_config = SettingsConfigDict(env_prefix="ELOKET_", frozen=True, extra="ignore")

    omgeving: Omgeving = Omgeving.PRODUCTIE
    base_url: str = "http://127.0.0.1:8000"
    hosts: Annotated[tuple[str, ...], NoDecode] = ("127.0.0.1", "localhost")
    data_dir: Path = Path("data")
    database_url: str = Field(
        default="",
        repr=False,  # a password stands in it
        validation_alias=AliasChoices("ELOKET_DATABASE_URL", "DATABASE_URL", "database_url"),
    )
    secrets: Annotated[tuple[str, ...], NoDecode] = Field(default=(), repr=False)
    hash_secret: str = Field(default="", repr=False)
    behind_proxy: Vlag = False
    proxies: int = Field(default=1, ge=1, le=10)  # how many of ours stand in front, when behind_proxy
    limieten: Vlag = True  # how often somebody may do something; off only to measure and test

    # Login means: an OpenID Connect issuer per means; empty = not offered (in demo: the simulated provider).
    digid_issuer: str = ""
    digid_client_id: str = ""
    digid_client_secret: str = Field(default="", repr=False)
    digid_bsn_claim: str = "bsn"
    eherkenning_issuer: str = ""
    eherkenning_client_id: str = ""
    eherkenning_client_secret: str = Field(default="", repr=False)
    eidas_issuer: str = ""
    eidas_client_id: str = ""
    eidas_client_secret: str = Field(default="", repr=False)
    medewerker_issuer: str = ""
    medewerker_client_id: str = ""
    medewerker_client_secret: str = Field(default="", repr=False)
    # Or all of them, in the order of the login page, with their claims, levels and texts: a YAML file.
    middelen_bestand: Path | None = None

    # Civil servants may (also) log in with an account of our own, with a second factor. In demo it can be tried.
    lokale_accounts: Vlag = False

    # Hosts of login providers that are on a private address; elsewhere only public addresses are asked.
    interne_hosts: Annotated[tuple[str, ...], NoDecode] = ()

    # Residents and businesses: a YAML file, until BRP and Handelsregister are connected. Demo has its own.
    personen_bestand: Path | None = None
    # The same for streets by postcode and house number, until the BAG is.
    adressen_bestand: Path | None = None

    # The virus scanner: tcp://host:3310 or unix:/run/clamav/clamd.ctl
    clamd_url: str = ""
    zonder_scanner: Vlag = False  # production without one is refused, unless it is chosen

    # Where a worker asks each minute whether visitors can reach us; empty: <base_url>/gezondheid/klaar/
    controle_url: str = ""

    # E-mail
    mail_from: str = "E-loket <noreply@gemeente.example>"
    # smtp://user:password@host:587?tls=1 ; empty = files in data_dir/mail (demo)
    smtp_url: str = Field(default="", repr=False)
    # Where mail that cannot be delivered comes back; the id of the mail goes behind a plus.
    mail_retour: str = ""

    # Returned mail: a mailbox of its own (imaps://user:password@host/INBOX), and the secret of who tells us over HTTP
    retour_imap_url: str = Field(default="", repr=False)
    retour_geheim: str = Field(default="", repr=False)

    # How long the audit trail is kept: a period as ISO 8601 writes it.
    logboek_termijn: str = "P5Y"

    # Where somebody who finds a leak tells us: an e-mail address, or a page (https://). Shown in security.txt.
    security_contact: str = ""

    # Looking that is unusual (inzage/opvallend): from how many a day on, 0 is never; working hours in Amsterdam.
    werktijd: str = "7-19"
    opvallend_factor: int = Field(default=5, ge=2, le=50)
    opvallend_zaken: int = Field(default=40, ge=0)
    opvallend_buiten: int = Field(default=10, ge=0)
    opvallend_vreemd: int = Field(default=15, ge=0)
    opvallend_afgeschermd: int = Field(default=3, ge=0)
    opvallend_lijst: int = Field(default=200, ge=0)
    opvallend_werklijst: int = Field(default=500, ge=0)
    opvallend_brieven: int = Field(default=50, ge=0)
    opvallend_opgezocht: int = Field(default=30, ge=0)

    # The map in forms: tiles as https://host/{z}/{x}/{y}.png, whom to credit for them, and where it opens (lat,lon).
    kaart_tegels: str = ""
    kaart_bron: str = ""
    kaart_midden: str = "52.09067,5.12148"

    # The municipality
    gemeente: str = "Gemeente Voorbeeld"
    telefoon: str = "088 - 000 00 00"
    openingstijden: str = "maandag tot en met vrijdag, 9.00 tot 17.00 uur"
    logo: Path | None = None
    thema_kleuren: Annotated[tuple[str, ...], NoDecode] = ()  # eight, dark to light: --pip-merk-700 ... -50
    thema_letter: str = ""
    thema_radius: str = ""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the environment only
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Secrets from files too, beside the environment."""
        return (init_settings, Geheimbestanden(settings_cls), env_settings)

    @field_validator("hosts", "interne_hosts", "secrets", "thema_kleuren", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("clamd_url")
    @classmethod
    def _clamd(cls, value: str) -> str:
        if value and not re.fullmatch(r"tcp://[\w.-]+(:\d{1,5})?|unix:/.+", value):
            raise ValueError("geef tcp://host:3310 of unix:/run/clamav/clamd.ctl")
        return value

    @field_validator("werktijd")
    @classmethod
    def _werktijd(cls, value: str) -> str:
        uren = re.fullmatch(r"(\d{1,2})-(\d{1,2})", value, re.ASCII)
        if not uren or not 0 <= int(uren[1]) < int(uren[2]) <= 23:
            raise ValueError("geef twee hele uren, zoals 7-19")
        return value

    @field_validator("mail_retour")
    @classmethod
    def _retour(cls, value: str) -> str:
        if value and not re.fullmatch(r"[\w.-]{1,30}@[\w.-]+", value, re.ASCII):
            raise ValueError("geef een e-mailadres zonder plusteken, zoals retour@gemeente.example")
        return value

    @field_validator("controle_url")
    @classmethod
    def _check_address(cls, value: str) -> str:
        if value and value != "uit" and not re.match(r"https?://[\w.\[\]:-]+/", value, re.ASCII):
            raise ValueError("geef een adres met http:// of https://, of uit")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _smtp(cls, value: str) -> str:
        return check_smtp(value)

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        return check_database(value)

    @field_validator("retour_imap_url")
    @classmethod
    def _mailbox(cls, value: str, info: ValidationInfo) -> str:
        return check_mailbox(value, zonder_tls=info.data.get("omgeving") is not Omgeving.PRODUCTIE)

    @field_validator("retour_geheim")
    @classmethod
    def _shared(cls, value: str) -> str:
        if value and len(value) < KORTSTE:
            raise ValueError(f"geef een geheim van minstens {KORTSTE} tekens")
        return value

    @field_validator("logboek_termijn")
    @classmethod
    def _period(cls, value: str) -> str:
        """Half a year at least: so long an incident must still be traceable (DigiD norm U/WA.02, C.06)."""
        if Duur.parse(value).na(date(2001, 1, 1)) < date(2001, 7, 1):
            raise ValueError("bewaar het logboek minstens een half jaar: P6M")
        return value

    @field_validator("security_contact")
    @classmethod
    def _contact(cls, value: str) -> str:
        if value and not re.fullmatch(
            r"[\w.+-]+@[\w-]+(\.[\w-]+)+|https://[\w.-]+(/[!-~]*)?", value, re.ASCII
        ):
            raise ValueError("geef een e-mailadres, of een adres met https://")
        return value

    @field_validator("kaart_tegels")
    @classmethod
    def _tiles(cls, value: str, info: ValidationInfo) -> str:
        """The host goes into the policy of every page. Without TLS only on this machine, to try it out."""
        if not value:
            return value
        plain = info.data.get("omgeving") is not Omgeving.PRODUCTIE
        begin = r"https://[\w.-]+(:\d{1,5})?/" + (
            r"|http://(127\.0\.0\.1|localhost)(:\d{1,5})?/" if plain else ""
        )
        if not re.match(begin, value, re.ASCII) or not all(deel in value for deel in ("{z}", "{x}", "{y}")):
            raise ValueError("geef een adres met https:// waar {z}, {x} en {y} in staan")
        return value

    @field_validator("kaart_midden")
    @classmethod
    def _centre(cls, value: str) -> str:
        if not re.fullmatch(r"-?\d{1,2}\.\d{1,8},-?\d{1,3}\.\d{1,8}", value, re.ASCII):
            raise ValueError("geef een plaats als breedte,lengte: 52.09067,5.12148")
        return value

    @field_validator("thema_kleuren")
    @classmethod
    def _eight_colours(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if value and (len(value) != 8 or not all(re.fullmatch(r"#[0-9a-fA-F]{6}", kleur) for kleur in value)):
            raise ValueError("geef acht kleuren als #rrggbb, van donker naar licht, met komma's ertussen")
        return value

    @field_validator("thema_letter")
    @classmethod
    def _font(cls, value: str) -> str:
        if value and not re.fullmatch(r"[\w ,\"'-]+", value):
            raise ValueError("geef namen van lettertypen, met komma's ertussen")
        return value

    @field_validator("thema_radius")
    @classmethod
    def _radius(cls, value: str) -> str:
        if value and not re.fullmatch(r"\d+(\.\d+)?(px|rem)|0", value):
            raise ValueError("geef een maat zoals 4px of 0.25rem")
        return value

    @property
    def is_demo(self) -> bool:
        """Demo or test: the only environments in which the simulated provider may run."""
        return self.omgeving is not Omgeving.PRODUCTIE

    @model_validator(mode="before")
    @classmethod
    def _test_defaults(cls, values: dict[str, object]) -> dict[str, object]:
        """Tests answer to Django's test client, and each test process keeps its files in a folder of its own. A demo
        shows what there is."""
        if values.get("omgeving") == Omgeving.DEMO:
            return {"lokale_accounts": "ja"} | values
        if values.get("omgeving") == Omgeving.TEST:
            own = {
                "data_dir": Path(tempfile.gettempdir()) / f"eloket-test-{os.getpid()}",
                "hosts": "testserver,127.0.0.1,localhost",
                "base_url": "http://testserver",
                "controle_url": "uit",
                "limieten": "nee",
                "lokale_accounts": "ja",
            }
            return own | values
        return values

    @property
    def _issuers(self) -> str:
        return self.digid_issuer or self.eherkenning_issuer or self.eidas_issuer or self.medewerker_issuer

    @model_validator(mode="after")
    def _safe(self) -> Self:
        host = urlsplit(self.base_url).hostname or ""
        if self._issuers and self.middelen_bestand:
            raise ValueError(
                "ELOKET_MIDDELEN_BESTAND kan niet samen met ELOKET_*_ISSUER: zet alle middelen in het bestand"
            )
        if self.is_demo:
            # The simulated provider lets anybody be anybody: local hosts only, and never beside a real issuer.
            if {*self.hosts, host} - _LOCAL_HOSTS:
                raise ValueError(
                    f"ELOKET_OMGEVING={self.omgeving} mag alleen op een lokaal adres (ELOKET_HOSTS, ELOKET_BASE_URL)"
                )
            if (self._issuers or self.middelen_bestand) and self.omgeving is Omgeving.DEMO:
                raise ValueError(
                    "ELOKET_OMGEVING=demo kan niet samen met een echte inlogdienst (ELOKET_*_ISSUER)"
                )
            object.__setattr__(self, "secrets", self.secrets or (DEMO_GEHEIM,))
            object.__setattr__(self, "hash_secret", self.hash_secret or DEMO_GEHEIM)
            return self
        if not self.secrets or any(len(secret) < KORTSTE or secret == DEMO_GEHEIM for secret in self.secrets):
            raise ValueError(
                "ELOKET_SECRETS ontbreekt of is te kort: "
                f"geef een of meer geheimen van minstens {KORTSTE} tekens"
            )
        if len(self.hash_secret) < KORTSTE or self.hash_secret in (*self.secrets, DEMO_GEHEIM):
            raise ValueError("ELOKET_HASH_SECRET ontbreekt, is te kort of is gelijk aan een ander geheim")
        if not self.base_url.startswith("https://"):
            raise ValueError("ELOKET_BASE_URL moet in productie met https:// beginnen")
        if not self.smtp_url:
            raise ValueError("ELOKET_SMTP_URL ontbreekt")
        if not self.clamd_url and not self.zonder_scanner:
            raise ValueError(
                "ELOKET_CLAMD_URL ontbreekt: geef het adres van clamd, of kies ELOKET_ZONDER_SCANNER=ja"
            )
        return self


def load() -> Settings:
    """The settings, or a stop of the process with a line per wrong variable; never with its value."""
    try:
        return Settings()
    except GeheimBestandFout as error:
        sys.exit(f"E-loket start niet; de omgeving klopt niet:\n  {error.naam}: {error.tekst}")
    except ValidationError as error:
        lines = []
        for item in error.errors():
            name = "_".join(str(part) for part in item["loc"]).upper()
            name = name if name.startswith(("ELOKET_", "DATABASE_")) or not name else f"ELOKET_{name}"
            lines.append(f"  {name}: {item['msg'].removeprefix('Value error, ')}".replace("  : ", "  "))
        sys.exit("E-loket start niet; de omgeving klopt niet:\n" + "\n".join(lines))
