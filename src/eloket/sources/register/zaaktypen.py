"""The definitions of zaaktypen: YAML files, read strictly, imported as versions.

A folder holds one file per zaaktype and `afdelingen.yaml` (code: naam). Importing twice changes nothing; a changed
file becomes a next version, and the one before gets its einde_geldigheid. Everything or nothing is imported.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from eloket.identity.models import Afdeling
from eloket.kernel.klok import vandaag
from eloket.kernel.yamlbestand import BestandOngeldig, read_yaml
from eloket.sources.register.models import RolType, StatusType, ZaakType
from eloket.zaken.types import Badge

__all__ = ["MEEGELEVERD", "Verslag", "ZaakTypenOngeldig", "import_zaaktypen"]

MEEGELEVERD = Path(__file__).parent / "zaaktypen"
AFDELINGEN = "afdelingen.yaml"

# vertrouwelijkheidaanduiding and omschrijvingGeneriek as the ZGW standards list them.
_VERTROUWELIJKHEID = (
    "openbaar", "beperkt_openbaar", "intern", "zaakvertrouwelijk",
    "vertrouwelijk", "confidentieel", "geheim", "zeer_geheim",
)  # fmt: skip
_ROLLEN = (
    "adviseur", "behandelaar", "belanghebbende", "beslisser", "initiator",
    "klantcontacter", "zaakcoordinator", "mede_initiator",
)  # fmt: skip

Kort = Annotated[str, Field(min_length=1, max_length=80)]


class _Deel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class StatusTypeDeel(_Deel):
    """One step. The order in the file is the order of the steps; the last one closes the zaak."""

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
        return _one_of(waarde, _ROLLEN)


class ZaakTypeBestand(_Deel):
    """What one file says."""

    identificatie: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{1,49}$")]
    omschrijving: Kort
    afdeling: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    doorlooptijd_dagen: Annotated[int, Field(ge=1, le=3650, strict=True)]
    servicenorm_dagen: Annotated[int, Field(ge=1, le=3650, strict=True)] | None = None
    vertrouwelijkheidaanduiding: str = "zaakvertrouwelijk"
    statustypen: Annotated[tuple[StatusTypeDeel, ...], Field(min_length=2, max_length=20)]
    roltypen: Annotated[tuple[RolTypeDeel, ...], Field(min_length=1)]
    resultaattypen: Annotated[tuple[Kort, ...], Field(min_length=1)]

    @field_validator("vertrouwelijkheidaanduiding")
    @classmethod
    def _known(cls, waarde: str) -> str:
        return _one_of(waarde, _VERTROUWELIJKHEID)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.statustypen[-1].badge is not Badge.AFGEROND:
            raise ValueError("de laatste status rondt de zaak af: geef die badge: afgerond")
        if any(status.badge is Badge.AFGEROND for status in self.statustypen[:-1]):
            raise ValueError("alleen de laatste status heeft badge: afgerond")
        if not any(rol.omschrijving_generiek == "initiator" for rol in self.roltypen):
            raise ValueError("een van de roltypen is de initiator")
        namen = [rol.omschrijving for rol in self.roltypen]
        if len(set(namen)) < len(namen) or len(set(self.resultaattypen)) < len(self.resultaattypen):
            raise ValueError("elk roltype en elk resultaattype staat er één keer in")
        return self

    @property
    def sha(self) -> str:
        """The same for the same definition, however the file is laid out."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def _one_of(waarde: str, keuzes: tuple[str, ...]) -> str:
    if waarde not in keuzes:
        raise ValueError(f"kies uit: {', '.join(keuzes)}")
    return waarde


class ZaakTypenOngeldig(BestandOngeldig):
    """Nothing of the folder was imported; `fouten` has a line per mistake."""

    code = "zaaktypen-ongeldig"
    aanhef = "De zaaktypen kloppen niet:"


@dataclass(frozen=True, slots=True)
class Verslag:
    """What an import did: identificaties of zaaktypen, and codes of the afdelingen that were made."""

    nieuw: tuple[str, ...]
    gewijzigd: tuple[str, ...]
    ongewijzigd: tuple[str, ...]
    afdelingen: tuple[str, ...]


def import_zaaktypen(folder: Path) -> Verslag:
    """Import every zaaktype of the folder, all or nothing. Raises ZaakTypenOngeldig with every mistake at once."""
    afdelingen, bestanden = _read(folder)
    uitkomst: dict[str, list[str]] = {"nieuw": [], "gewijzigd": [], "ongewijzigd": []}
    with transaction.atomic():
        gemaakt = tuple(
            code
            for code, naam in afdelingen.items()
            if Afdeling.objects.get_or_create(code=code, defaults={"naam": naam})[1]
        )
        for bestand in bestanden:
            uitkomst[_import_one(bestand, vandaag())].append(bestand.identificatie)
    return Verslag(
        nieuw=tuple(uitkomst["nieuw"]),
        gewijzigd=tuple(uitkomst["gewijzigd"]),
        ongewijzigd=tuple(uitkomst["ongewijzigd"]),
        afdelingen=gemaakt,
    )


def _read(folder: Path) -> tuple[dict[str, str], list[ZaakTypeBestand]]:
    if not folder.is_dir():
        raise ZaakTypenOngeldig((f"{folder.name}: deze map bestaat niet",))
    paden = sorted(pad for pad in folder.glob("*.yaml") if pad.name != AFDELINGEN)
    fouten: list[str] = [] if paden else [f"{folder.name}: er staan geen zaaktypen (*.yaml) in deze map"]
    bestanden: list[ZaakTypeBestand] = []
    afdelingen: dict[str, str] = {}
    bekend = {**dict(Afdeling.objects.values_list("code", "naam"))}
    try:
        if (folder / AFDELINGEN).exists():
            afdelingen = read_yaml(folder / AFDELINGEN, dict[str, str])
    except BestandOngeldig as error:
        fouten += error.fouten
    gezien: dict[str, str] = {}
    for pad in paden:
        try:
            bestand = read_yaml(pad, ZaakTypeBestand)
        except BestandOngeldig as error:
            fouten += error.fouten
            continue
        if bestand.afdeling not in bekend | afdelingen:
            fouten.append(f"{pad.name}, afdeling: '{bestand.afdeling}' staat niet in {AFDELINGEN}")
        if eerder := gezien.get(bestand.identificatie):
            fouten.append(f"{pad.name}, identificatie: '{bestand.identificatie}' staat ook al in {eerder}")
        gezien[bestand.identificatie] = pad.name
        bestanden.append(bestand)
    if fouten:
        raise ZaakTypenOngeldig(tuple(fouten))
    return afdelingen, bestanden


def _import_one(bestand: ZaakTypeBestand, dag: date) -> str:
    vorige = ZaakType.objects.select_for_update().filter(identificatie=bestand.identificatie)
    geldig = vorige.filter(einde_geldigheid=None).first()
    if geldig is not None and geldig.inhoud_sha == bestand.sha:
        return "ongewijzigd"
    vorige.filter(einde_geldigheid=None).update(einde_geldigheid=dag)
    laatste = vorige.order_by("-versie").values_list("versie", flat=True).first() or 0
    zaaktype = ZaakType.objects.create(
        identificatie=bestand.identificatie,
        versie=laatste + 1,
        omschrijving=bestand.omschrijving,
        doorlooptijd_dagen=bestand.doorlooptijd_dagen,
        servicenorm_dagen=bestand.servicenorm_dagen,
        afdeling=Afdeling.objects.get(code=bestand.afdeling),
        begin_geldigheid=dag,
        vertrouwelijkheidaanduiding=bestand.vertrouwelijkheidaanduiding,
        stappen=len(bestand.statustypen),
        resultaattypen=list(bestand.resultaattypen),
        inhoud_sha=bestand.sha,
    )
    _create_parts(zaaktype, bestand)
    return "gewijzigd" if laatste else "nieuw"


def _create_parts(zaaktype: ZaakType, bestand: ZaakTypeBestand) -> None:
    StatusType.objects.bulk_create(
        StatusType(
            zaaktype=zaaktype,
            volgnummer=volgnummer,
            omschrijving=deel.omschrijving,
            statustekst=deel.statustekst,
            badge=deel.badge.value,
            is_eindstatus=volgnummer == len(bestand.statustypen),
            informeren=deel.informeren,
        )
        for volgnummer, deel in enumerate(bestand.statustypen, start=1)
    )
    RolType.objects.bulk_create(RolType(zaaktype=zaaktype, **deel.model_dump()) for deel in bestand.roltypen)
