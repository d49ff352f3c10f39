"""The definitions of zaaktypen: YAML files, read strictly, imported as versions.

A folder holds one file per zaaktype and `afdelingen.yaml` (code: naam). Importing twice changes nothing; a changed
file becomes a next version, and the one before gets its einde_geldigheid. Everything or nothing is imported.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from eloket.identity.errors import AfdelingOnbekend, BeheerGewijzigd
from eloket.identity.models import Afdeling
from eloket.identity.niveaus import Zekerheid
from eloket.kernel.klok import vandaag
from eloket.kernel.yamlbestand import BestandOngeldig, read_yaml
from eloket.sources.register.models import RolType, StatusType, ZaakType
from eloket.zaken.bewaren import BewaarDeel
from eloket.zaken.errors import ZaakTypeOnbekend
from eloket.zaken.inrichtingsdelen import list_delen
from eloket.zaken.types import DOCUMENTTYPEN, Badge
from eloket.zaken.zaaktypen import (
    RolTypeDeel,
    StatusTypeDeel,
    ZaakTypeDefinitie,
    ZaakTypeVersie,
)

__all__ = ["MEEGELEVERD", "Verslag", "ZaakTypenOngeldig", "import_zaaktypen"]

MEEGELEVERD = Path(__file__).parent / "zaaktypen"
AFDELINGEN = "afdelingen.yaml"
# What an export of the configuration holds beside the zaaktypen (zaken.inrichting), and the parts of rooms above.
ANDERE_BESTANDEN = frozenset({AFDELINGEN, "medewerkers.yaml", "sjablonen.yaml", "teksten.yaml"})


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


def _read(folder: Path) -> tuple[dict[str, str], list[ZaakTypeDefinitie]]:
    if not folder.is_dir():
        raise ZaakTypenOngeldig((f"{folder.name}: deze map bestaat niet",))
    anders = ANDERE_BESTANDEN | {deel.bestand for deel in list_delen()}
    paden = sorted(pad for pad in folder.glob("*.yaml") if pad.name not in anders)
    fouten: list[str] = [] if paden else [f"{folder.name}: er staan geen zaaktypen (*.yaml) in deze map"]
    bestanden: list[ZaakTypeDefinitie] = []
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
            bestand = read_yaml(pad, ZaakTypeDefinitie)
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


def list_definities() -> tuple[ZaakTypeVersie, ...]:
    """See ZaakTypeBeheer. Three queries."""
    return _versies(ZaakType.objects.filter(einde_geldigheid=None).order_by("omschrijving", "identificatie"))


def list_versies(identificatie: str) -> tuple[ZaakTypeVersie, ...]:
    """See ZaakTypeBeheer. Three queries. Raises ZaakTypeOnbekend."""
    gevonden = _versies(ZaakType.objects.filter(identificatie=identificatie).order_by("-versie"))
    if not gevonden:
        raise ZaakTypeOnbekend
    return gevonden


def save_definitie(definitie: ZaakTypeDefinitie, *, versie: int | None) -> ZaakTypeVersie:
    """See ZaakTypeBeheer. Raises BeheerGewijzigd, AfdelingOnbekend."""
    with transaction.atomic():
        nu_geldig = _current(definitie.identificatie)
        is_gelijk = nu_geldig is not None and nu_geldig.inhoud_sha == definitie.sha
        # The second click of a double click finds its own work.
        if not is_gelijk and versie is not None and versie != (nu_geldig.versie if nu_geldig else 0):
            raise BeheerGewijzigd
        if not Afdeling.objects.filter(code=definitie.afdeling).exists():
            raise AfdelingOnbekend(f"Deze afdeling bestaat niet: {definitie.afdeling}.")
        _import_one(definitie, vandaag())
        return list_versies(definitie.identificatie)[0]


def _versies(rijen: QuerySet[ZaakType]) -> tuple[ZaakTypeVersie, ...]:
    gevonden = rijen.select_related("afdeling").prefetch_related("statustypen", "roltypen")
    return tuple(
        ZaakTypeVersie(_definitie(rij), rij.versie, rij.begin_geldigheid, rij.einde_geldigheid)
        for rij in gevonden
    )


def _definitie(rij: ZaakType) -> ZaakTypeDefinitie:
    """The reverse of `_import_one`: has the same sha as what was imported."""
    return ZaakTypeDefinitie(
        identificatie=rij.identificatie,
        omschrijving=rij.omschrijving,
        afdeling=rij.afdeling.code,
        doorlooptijd_dagen=rij.doorlooptijd_dagen,
        servicenorm_dagen=rij.servicenorm_dagen,
        doorlooptijd_maanden=rij.doorlooptijd_maanden,
        verlenging_maanden=rij.verlenging_maanden,
        vertrouwelijkheidaanduiding=rij.vertrouwelijkheidaanduiding,
        statustypen=tuple(
            StatusTypeDeel(
                omschrijving=deel.omschrijving,
                statustekst=deel.statustekst,
                badge=Badge(deel.badge),
                informeren=deel.informeren,
            )
            for deel in sorted(rij.statustypen.all(), key=lambda deel: deel.volgnummer)
        ),
        roltypen=tuple(
            RolTypeDeel(omschrijving=deel.omschrijving, omschrijving_generiek=deel.omschrijving_generiek)
            for deel in sorted(rij.roltypen.all(), key=lambda deel: deel.pk)
        ),
        resultaattypen=tuple(rij.resultaattypen),
        documenttypen=tuple(rij.documenttypen) or DOCUMENTTYPEN,
        verwijder_locatie=rij.verwijder_locatie,
        zekerheid=Zekerheid(rij.zekerheid) if rij.zekerheid else None,
        bewaren=bewaren_of(rij),
    )


def bewaren_of(rij: ZaakType) -> tuple[BewaarDeel, ...]:
    """How long zaken of this version are kept."""
    return tuple(BewaarDeel.model_validate(deel) for deel in rij.bewaren)


def _current(identificatie: str) -> ZaakType | None:
    return (
        ZaakType.objects.select_for_update()
        .filter(identificatie=identificatie, einde_geldigheid=None)
        .first()
    )


def _import_one(bestand: ZaakTypeDefinitie, dag: date) -> str:
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
        doorlooptijd_maanden=bestand.doorlooptijd_maanden,
        verlenging_maanden=bestand.verlenging_maanden,
        afdeling=Afdeling.objects.get(code=bestand.afdeling),
        begin_geldigheid=dag,
        vertrouwelijkheidaanduiding=bestand.vertrouwelijkheidaanduiding,
        stappen=len(bestand.statustypen),
        resultaattypen=list(bestand.resultaattypen),
        inhoud_sha=bestand.sha,
        documenttypen=list(bestand.documenttypen),
        verwijder_locatie=bestand.verwijder_locatie,
        zekerheid=bestand.zekerheid or "",
        bewaren=[deel.model_dump(mode="json") for deel in bestand.bewaren],
    )
    _create_parts(zaaktype, bestand)
    return "gewijzigd" if laatste else "nieuw"


def _create_parts(zaaktype: ZaakType, bestand: ZaakTypeDefinitie) -> None:
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
