"""The definition of a zaaktype, as files and pages hold it, and the port of a source that lets us manage them.

A definition is never changed: what differs becomes a next version, and running zaken keep the one they began with.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Protocol, Self, runtime_checkable

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from eloket.identity.beheer import must_manage, note_beheer
from eloket.identity.niveaus import Zekerheid
from eloket.identity.types import Actor
from eloket.zaken.bewaren import BewaarDeel, check_bewaren
from eloket.zaken.bronnen import bron_voor_nieuwe_zaken
from eloket.zaken.errors import ZaakTypenElders
from eloket.zaken.types import DOCUMENTTYPEN, Badge

# vertrouwelijkheidaanduiding and omschrijvingGeneriek as the ZGW standards list them.
VERTROUWELIJKHEID = (
    "openbaar", "beperkt_openbaar", "intern", "zaakvertrouwelijk",
    "vertrouwelijk", "confidentieel", "geheim", "zeer_geheim",
)  # fmt: skip
ROLLEN = (
    "adviseur", "behandelaar", "belanghebbende", "beslisser", "initiator",
    "klantcontacter", "zaakcoordinator", "mede_initiator",
)  # fmt: skip

Kort = Annotated[str, Field(min_length=1, max_length=80)]


class _Deel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class StatusTypeDeel(_Deel):
    """One step. The order is the order of the steps; the last one closes the zaak."""

    omschrijving: Kort
    statustekst: Annotated[str, Field(min_length=1, max_length=1000)]
    badge: Badge
    informeren: bool = True


class RolTypeDeel(_Deel):
    omschrijving: Annotated[str, Field(min_length=1, max_length=40)]
    omschrijving_generiek: str

    @field_validator("omschrijving_generiek")
    @classmethod
    def _known(cls, waarde: str) -> str:
        return _one_of(waarde, ROLLEN)


class ZaakTypeDefinitie(_Deel):
    """What one file, or one form, says. `documenttypen` are what a document can be accepted as;
    `verwijder_locatie`: where a photo was taken is removed from it; `zekerheid`: how sure we must be of who logged in,
    None is the lowest level of each login means; `bewaren`: how long a closed zaak is kept."""

    identificatie: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{1,49}$")]
    omschrijving: Kort
    afdeling: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    doorlooptijd_dagen: Annotated[int, Field(ge=1, le=3650, strict=True)]
    servicenorm_dagen: Annotated[int, Field(ge=1, le=3650, strict=True)] | None = None
    doorlooptijd_maanden: Annotated[int, Field(ge=1, le=24, strict=True)] | None = None
    verlenging_maanden: Annotated[int, Field(ge=1, le=24, strict=True)] | None = None
    vertrouwelijkheidaanduiding: str = "zaakvertrouwelijk"
    statustypen: Annotated[tuple[StatusTypeDeel, ...], Field(min_length=2, max_length=20)]
    roltypen: Annotated[tuple[RolTypeDeel, ...], Field(min_length=1, max_length=20)]
    resultaattypen: Annotated[tuple[Kort, ...], Field(min_length=1, max_length=40)]
    documenttypen: Annotated[tuple[Kort, ...], Field(min_length=1, max_length=40)] = DOCUMENTTYPEN
    verwijder_locatie: bool = False
    zekerheid: Zekerheid | None = None
    bewaren: Annotated[tuple[BewaarDeel, ...], Field(max_length=41)] = ()

    @field_validator("vertrouwelijkheidaanduiding")
    @classmethod
    def _known(cls, waarde: str) -> str:
        return _one_of(waarde, VERTROUWELIJKHEID)

    @field_validator("zekerheid")
    @classmethod
    def _above_the_lowest(cls, waarde: Zekerheid | None) -> Zekerheid | None:
        if waarde and waarde.rang < Zekerheid.SUBSTANTIEEL.rang:
            raise ValueError("kies uit: substantieel, hoog; laat het weg voor het gewone niveau")
        return waarde

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.statustypen[-1].badge is not Badge.AFGEROND:
            raise ValueError("de laatste status rondt de zaak af: geef die badge: afgerond")
        if any(status.badge is Badge.AFGEROND for status in self.statustypen[:-1]):
            raise ValueError("alleen de laatste status heeft badge: afgerond")
        if not any(rol.omschrijving_generiek == "initiator" for rol in self.roltypen):
            raise ValueError("een van de roltypen is de initiator")
        maanden = self.doorlooptijd_maanden
        if maanden and not 28 * maanden <= self.doorlooptijd_dagen <= 31 * maanden:
            raise ValueError(
                "een maand heeft 28 tot 31 dagen: laat het aantal dagen bij het aantal maanden passen"
            )
        rollen = tuple(rol.omschrijving for rol in self.roltypen)
        if any(len(set(een)) < len(een) for een in (rollen, self.resultaattypen, self.documenttypen)):
            raise ValueError("elk roltype, elk resultaattype en elk documenttype staat er één keer in")
        check_bewaren(self.bewaren, self.resultaattypen)
        return self

    @property
    def sha(self) -> str:
        """The same for the same definition, however the file is laid out. What a definition of before these fields
        did not say is left out, so that it stays the same too."""
        zonder = {naam for naam in _LATER if _is_default(self, naam)}
        return hashlib.sha256(self.model_dump_json(exclude=zonder).encode()).hexdigest()


# What came to definitions later.
_LATER = (
    "documenttypen", "verwijder_locatie", "zekerheid", "bewaren", "doorlooptijd_maanden", "verlenging_maanden",
)  # fmt: skip


def _is_default(definitie: ZaakTypeDefinitie, naam: str) -> bool:
    return bool(getattr(definitie, naam) == ZaakTypeDefinitie.model_fields[naam].default)


def _one_of(waarde: str, keuzes: tuple[str, ...]) -> str:
    if waarde not in keuzes:
        raise ValueError(f"kies uit: {', '.join(keuzes)}")
    return waarde


@dataclass(frozen=True, slots=True)
class ZaakTypeVersie:
    """A definition with its number; `tot` is None for the one that counts today."""

    definitie: ZaakTypeDefinitie
    versie: int
    vanaf: date
    tot: date | None


@runtime_checkable
class ZaakTypeBeheer(Protocol):
    """A source whose zaaktypen are managed here. One that only reads them from elsewhere does not implement this."""

    def list_definities(self) -> tuple[ZaakTypeVersie, ...]:
        """The versions that count today, by omschrijving."""

    def list_versies(self, identificatie: str) -> tuple[ZaakTypeVersie, ...]:
        """Every version, newest first. Raises ZaakTypeOnbekend."""

    def save_definitie(self, definitie: ZaakTypeDefinitie, *, versie: int | None) -> ZaakTypeVersie:
        """Make it the version that counts from today; the same definition again writes nothing.

        `versie` is the number that it was made from (0: a new zaaktype; None: whatever is there). Raises
        BeheerGewijzigd when that is no longer the current one, AfdelingOnbekend.
        """


def beheer() -> ZaakTypeBeheer:
    """The source where new zaken start. Raises ZaakTypenElders when its zaaktypen are not managed here."""
    bron = bron_voor_nieuwe_zaken()
    if not isinstance(bron, ZaakTypeBeheer):
        raise ZaakTypenElders
    return bron


def save_zaaktype(actor: Actor | None, definitie: ZaakTypeDefinitie, *, versie: int | None) -> ZaakTypeVersie:
    """A changed definition becomes the next version, with its audit line. Raises as ZaakTypeBeheer.save_definitie."""
    must_manage(actor)
    bron = beheer()
    with transaction.atomic():
        oud = next(
            (een for een in bron.list_definities() if een.definitie.identificatie == definitie.identificatie),
            None,
        )
        nieuw = bron.save_definitie(definitie, versie=versie)
        if oud is None or nieuw.versie != oud.versie:
            velden = changed_fields(oud.definitie if oud else None, definitie)
            note_beheer(
                actor,
                "zaaktype.bewaard" if oud else "zaaktype.toegevoegd",
                f"zaaktype:{definitie.identificatie}",
                versie=nieuw.versie,
                velden=", ".join(velden),
            )
    return nieuw


def changed_fields(oud: ZaakTypeDefinitie | None, nieuw: ZaakTypeDefinitie) -> list[str]:
    """The names of the fields that differ."""
    return [
        naam
        for naam in ZaakTypeDefinitie.model_fields
        if oud is None or getattr(oud, naam) != getattr(nieuw, naam)
    ]


@dataclass(frozen=True, slots=True)
class Verschil:
    """A field that differs, as people read it; '' where there is nothing."""

    veld: str
    oud: str
    nieuw: str


_LABELS = {
    "statustypen": "Stap", "roltypen": "Rol", "resultaattypen": "Resultaat", "documenttypen": "Documenttype",
    "omschrijving": "naam", "statustekst": "tekst voor de inwoner", "badge": "label", "informeren": "bericht sturen",
    "omschrijving_generiek": "soort rol", "doorlooptijd_dagen": "wettelijke termijn in dagen",
    "doorlooptijd_maanden": "wettelijke termijn in maanden", "verlenging_maanden": "verlenging in maanden",
    "servicenorm_dagen": "streeftermijn in dagen", "vertrouwelijkheidaanduiding": "vertrouwelijkheid",
    "verwijder_locatie": "locatie uit foto's halen", "zekerheid": "inloggen met niveau",
    "is_actief": "actief", "bewaren": "Bewaren",
    "archiefnominatie": "wat er met de zaak gebeurt", "bewaartermijn": "bewaartermijn", "resultaat": "resultaat",
    "brondatum": "telt vanaf", "procestermijn": "geldig voor", "selectielijst": "nummer in de selectielijst",
}  # fmt: skip


def compare(oud: dict[str, Any] | None, nieuw: dict[str, Any]) -> tuple[Verschil, ...]:
    """What differs between two dumps, field by field, as far down as it goes."""
    voor, na = _flat(oud or {}), _flat(nieuw)
    return tuple(
        Verschil(veld, voor.get(veld, ""), na.get(veld, ""))
        for veld in dict.fromkeys((*voor, *na))
        if voor.get(veld, "") != na.get(veld, "")
    )


def _flat(waarde: Any, pad: str = "") -> dict[str, str]:
    delen: list[tuple[str, Any]]
    if isinstance(waarde, dict):
        namen = ((_LABELS.get(naam, str(naam)), een) for naam, een in waarde.items())
        delen = [(f"{pad}: {naam}" if pad else naam, een) for naam, een in namen]
    elif isinstance(waarde, (list, tuple)):
        delen = [(f"{pad} {nummer}", een) for nummer, een in enumerate(waarde, start=1)]
    else:
        return {pad[:1].upper() + pad[1:]: _plain(waarde)}
    return {naam: tekst for deel, een in delen for naam, tekst in _flat(een, deel).items()}


def _plain(waarde: object) -> str:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return "" if waarde is None else str(waarde)
