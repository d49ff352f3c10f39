"""The file with login means (ELOKET_MIDDELEN_BESTAND): YAML, without secrets. docs/operations.md has an example."""

import os
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from django.core.exceptions import ImproperlyConfigured
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from eloket.identity.koppeling import GEEN_SUBJECT
from eloket.identity.middel import ClaimNamen, Groep, Middel, Teksten, check_issuer, make_middel
from eloket.identity.niveaus import LADDERS, ONDERGRENS, MiddelSoort, Niveau
from eloket.identity.saml.koppelcontrole import check_koppeling
from eloket.identity.saml.middelendeel import SAML_CLAIMS, SAML_NIVEAUS, Saml
from eloket.identity.types import Recht

_BEZET = {"terug", "hoger", "afgemeld", "saml"}  # paths of our own under /inloggen/
_VARIABELE = "ELOKET_MIDDELEN_BESTAND"


class _Deel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Claims(_Deel):
    bsn: str | None = None
    represented: str | None = None
    acting: str | None = None
    dienst: str | None = None
    kvk: str | None = None
    kvk_soort: str | None = None
    vestiging: str | None = None
    niveau: tuple[str, ...] | None = None
    naam: str | None = None
    subject: Annotated[str, Field(min_length=1)] | None = None
    groepen: Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)] | None = None

    @field_validator("groepen", mode="before")
    @classmethod
    def _one_level(cls, waarde: object) -> object:
        """A single name is a way of one level; a dot in it is part of the name."""
        return (waarde,) if isinstance(waarde, str) else waarde

    @field_validator("subject")
    @classmethod
    def _stable(cls, waarde: str | None) -> str | None:
        if waarde in GEEN_SUBJECT:
            raise ValueError(f"{waarde} kan van iemand anders worden; gebruik sub, of oid bij Entra ID")
        return waarde


class _Groep(_Deel):
    groep: Annotated[str, Field(min_length=1)]
    afdelingen: frozenset[str] = frozenset()
    rechten: frozenset[Recht] = frozenset()
    zaaktypen: frozenset[str] = frozenset()


class _Teksten(_Deel):
    naam: str | None = None
    titel: str | None = None
    uitleg: str | None = None
    logo: Annotated[str, Field(max_length=8)] | None = None
    link: Annotated[str, Field(pattern=r"^https://")] | None = None
    linktekst: str | None = None


class _Middel(_Deel):
    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,19}$")]
    soort: MiddelSoort
    type: Literal["oidc", "saml"] = "oidc"
    saml: Saml | None = None
    issuer: str = ""
    client_id: str = ""
    geheim_variabele: str = ""  # the name of an environment variable
    geheim_bestand: Path | None = None  # or a file with nothing but the secret
    claims: _Claims = _Claims()
    teksten: _Teksten = _Teksten()
    niveaus: dict[str, str] = {}  # our code of a level -> how this provider spells it
    minimum: str = ""
    acr_values: str = ""
    scope: str = ""
    zonder_auth_time: bool = False  # this provider does not say when somebody logged in there
    diensten: frozenset[str] = frozenset()
    bewind_diensten: frozenset[str] = frozenset()
    groepen: tuple[_Groep, ...] = ()  # of civil servants: what a group at the provider gives
    tweede_factor: dict[str, Annotated[frozenset[str], Field(min_length=1)]] = {}
    # How the provider asks for one by itself, in words; for a provider that does not tell us.
    tweede_factor_elders: Annotated[str, Field(pattern=r"^(\S.{18,198}\S)?$")] = ""

    @model_validator(mode="after")
    def _check_groepen(self) -> Self:
        namen = [een.groep for een in self.groepen]
        if len({*namen}) != len(namen):
            raise ValueError("een groep komt twee keer voor")
        factor = self.tweede_factor or self.tweede_factor_elders
        eigen = self.groepen or factor or self.claims.subject or self.claims.groepen
        if eigen and self.soort is not MiddelSoort.MEDEWERKER:
            raise ValueError("groepen, tweede_factor en subject zijn alleen voor medewerkers")
        if self.tweede_factor and self.tweede_factor_elders:
            raise ValueError("tweede_factor controleert zelf: laat tweede_factor_elders weg")
        return self

    @model_validator(mode="after")
    def _check(self) -> Self:
        codes = [een.code for een in LADDERS[self.soort]]
        if onbekend := {*self.niveaus, *filter(None, [self.minimum])} - {*codes}:
            raise ValueError(
                f"onbekend niveau {', '.join(sorted(onbekend))}; kies uit {', '.join(codes) or 'geen'}"
            )
        grens = ONDERGRENS[self.soort]
        if self.minimum and codes.index(self.minimum) < codes.index(grens):
            raise ValueError(f"minimum {self.minimum} is lager dan {grens}: dat mag niet")
        if len({*self.niveaus.values()}) != len(self.niveaus):
            raise ValueError("twee niveaus hebben dezelfde waarde")
        if self.code in _BEZET or (self.code in {*map(str, MiddelSoort)} and self.code != self.soort):
            raise ValueError(f"de code {self.code} is al van iets anders")
        self._check_type()
        return self

    def _check_type(self) -> None:
        """What the other kind of provider has, this one has not. Raises ValueError."""
        oidc = [self.issuer, self.client_id, self.geheim_variabele, self.geheim_bestand]
        if self.type == "saml":
            if self.saml is None or any([*oidc, self.acr_values, self.scope, self.zonder_auth_time]):
                raise ValueError(
                    "type saml vraagt een deel saml, zonder issuer, client_id, geheim, scope of zonder_auth_time"
                )
            if self.soort is MiddelSoort.MEDEWERKER:
                raise ValueError("medewerkers loggen niet in met type saml")
            return
        if self.saml is not None or not (self.issuer and self.client_id):
            raise ValueError("type oidc vraagt issuer en client_id, en geen deel saml")
        if bool(self.geheim_variabele) == bool(self.geheim_bestand):
            raise ValueError("geef geheim_variabele of geheim_bestand")


class _Bestand(_Deel):
    middelen: Annotated[tuple[_Middel, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _once(self) -> Self:
        codes = [een.code for een in self.middelen]
        if len({*codes}) != len(codes):
            raise ValueError("een code komt twee keer voor")
        if sum(een.soort is MiddelSoort.MEDEWERKER for een in self.middelen) > 1:
            raise ValueError("er is maar een middel voor medewerkers")
        return self


@lru_cache(maxsize=8)
def load_middelen(pad: Path, *, is_productie: bool) -> tuple[Middel, ...]:
    """The means in this file, in its order; read once per process.

    Raises ImproperlyConfigured with the name of the variable and what to mend.
    """
    try:
        bestand = _Bestand.model_validate(yaml.safe_load(pad.read_text(encoding="utf-8")))
    except ValidationError as error:
        fouten = (
            f"{'.'.join(map(str, een['loc']))}: {een['msg']}" for een in error.errors(include_input=False)
        )
        raise ImproperlyConfigured(f"{_VARIABELE}: {'; '.join(fouten)}") from None
    except (OSError, yaml.YAMLError) as error:
        raise ImproperlyConfigured(f"{_VARIABELE} kan niet worden gelezen: {type(error).__name__}") from error
    return tuple(_make(een, is_productie=is_productie) for een in bestand.middelen)


def _make(bron: _Middel, *, is_productie: bool) -> Middel:
    middel = _make_saml(bron) if bron.saml else _make_oidc(bron, is_productie=is_productie)
    ladder = tuple(replace(een, waarde=bron.niveaus.get(een.code, een.waarde)) for een in middel.niveaus)
    return replace(
        middel,
        niveaus=ladder,
        minimum=_waarde(ladder, bron.minimum or ONDERGRENS[bron.soort]),
        claims=ClaimNamen(**_over(middel.claims, bron.claims)),
        teksten=Teksten(**_over(middel.teksten, bron.teksten)),
        acr_values=bron.acr_values,
        has_auth_time=not bron.zonder_auth_time,
        scope=bron.scope or middel.scope,
        diensten=bron.diensten | bron.bewind_diensten,
        bewind_diensten=bron.bewind_diensten,
        groepen=tuple(Groep(**dict(een)) for een in bron.groepen),
        tweede_factor=bron.tweede_factor,
        tweede_factor_elders=bron.tweede_factor_elders,
    )


def _make_oidc(bron: _Middel, *, is_productie: bool) -> Middel:
    check_issuer(bron.issuer, f"{_VARIABELE}: issuer van {bron.code}", is_productie=is_productie)
    return make_middel(
        bron.code, bron.soort, issuer=bron.issuer, client_id=bron.client_id, client_secret=_secret(bron)
    )


def _make_saml(bron: _Middel) -> Middel:
    assert bron.saml is not None
    koppeling = bron.saml.make()
    check_koppeling(koppeling, f"{_VARIABELE}: {bron.code}")
    middel = make_middel(bron.code, bron.soort, issuer="", client_id="", client_secret="")
    waarden = SAML_NIVEAUS.get(bron.soort, {})
    ladder = tuple(replace(een, waarde=waarden.get(een.code, een.waarde)) for een in middel.niveaus)
    return replace(middel, saml=koppeling, niveaus=ladder, claims=SAML_CLAIMS[bron.soort])


def _over(standaard: ClaimNamen | Teksten, eigen: BaseModel) -> dict[str, Any]:
    """The standard, with what was filled in over it."""
    return {
        veld.name: getattr(standaard, veld.name)
        if getattr(eigen, veld.name) is None
        else getattr(eigen, veld.name)
        for veld in fields(standaard)
    }


def _waarde(ladder: tuple[Niveau, ...], code: str) -> str:
    return next((een.waarde for een in ladder if een.code == code), "")


def _secret(bron: _Middel) -> str:
    if bron.geheim_bestand:
        try:
            geheim = bron.geheim_bestand.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{_VARIABELE}: het geheim van {bron.code} kan niet worden gelezen"
            ) from error
    else:
        geheim = os.environ.get(bron.geheim_variabele, "")
    if not geheim:
        raise ImproperlyConfigured(f"{_VARIABELE}: het geheim van {bron.code} ontbreekt")
    return geheim
