"""The files of a configuration: a zip with a YAML file per zaaktype (as `import-zaaktypen` reads them),
afdelingen.yaml, sjablonen.yaml, teksten.yaml, medewerkers.yaml, and a file of each part that a room above keeps
(inrichtingsdelen). What comes from outside is read strictly and within bounds.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from eloket.identity.beheer import must_manage, note_beheer
from eloket.identity.types import Actor
from eloket.kernel.yamlbestand import BestandOngeldig, parse_yaml
from eloket.zaken.inrichting import (
    AFDELINGEN,
    MEDEWERKERS,
    SJABLONEN,
    TEKSTEN,
    Inrichting,
    InrichtingOngeldig,
    MedewerkerDeel,
    lees_inrichting,
)
from eloket.zaken.inrichtingsdelen import list_delen
from eloket.zaken.sjablonen import SjabloonDeel
from eloket.zaken.zaaktypen import ZaakTypeDefinitie

MAX_ZIP, MAX_BESTAND, MAX_ALLES, MAX_AANTAL = 500_000, 500_000, 4_000_000, 200  # bytes, bytes, bytes, files
_NAAM = re.compile(r"[A-Za-z0-9_-]{1,80}\.yaml")


def export_zip(actor: Actor | None) -> bytes:
    """Everything as one zip, byte for byte the same when nothing changed."""
    must_manage(actor)
    inrichting = lees_inrichting()
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as zip_:
        for naam, waarde in _bestanden(inrichting).items():
            tekst = yaml.safe_dump(waarde, allow_unicode=True, sort_keys=False, width=110)
            zip_.writestr(zipfile.ZipInfo(naam, (2000, 1, 1, 0, 0, 0)), tekst, zipfile.ZIP_DEFLATED)
    note_beheer(actor, "inrichting.geexporteerd", "inrichting")
    return uit.getvalue()


def _bestanden(inrichting: Inrichting) -> dict[str, Any]:
    return {
        AFDELINGEN: dict(inrichting.afdelingen),
        **{
            f"zaaktype-{een.identificatie.lower()}.yaml": een.model_dump(mode="json")
            for een in inrichting.zaaktypen
        },
        SJABLONEN: [een.model_dump(mode="json") for een in inrichting.sjablonen],
        TEKSTEN: dict(inrichting.teksten),
        MEDEWERKERS: [een.model_dump(mode="json") for een in inrichting.medewerkers],
        **{
            bestand: {sleutel: een.model_dump(mode="json") for sleutel, een in waarden.items()}
            for bestand, waarden in inrichting.delen.items()
        },
    }


def parse_zip(inhoud: bytes) -> Inrichting:
    """The files of a zip, strictly. Bounded: a small zip never becomes a large one. Raises InrichtingOngeldig with
    every mistake, by file, line and field."""
    bestanden = _unzip(inhoud)
    fouten: list[str] = []

    def parse(naam: str, soort: Any, leeg: Any) -> Any:
        if naam not in bestanden:
            return leeg
        try:
            return parse_yaml(naam, bestanden[naam], soort)
        except BestandOngeldig as error:
            fouten.extend(error.fouten)
            return leeg

    delen = {deel.bestand: deel.vorm for deel in list_delen()}
    namen = sorted(bestanden.keys() - {AFDELINGEN, SJABLONEN, TEKSTEN, MEDEWERKERS} - delen.keys())
    gelezen = [(naam, parse(naam, ZaakTypeDefinitie, None)) for naam in namen]
    definities = [(naam, een) for naam, een in gelezen if een is not None]
    inrichting = Inrichting(
        afdelingen=parse(AFDELINGEN, dict[str, str], {}),
        zaaktypen=tuple(een for _, een in definities),
        sjablonen=parse(SJABLONEN, tuple[SjabloonDeel, ...], ()),
        teksten=parse(TEKSTEN, dict[str, str], {}),
        medewerkers=parse(MEDEWERKERS, tuple[MedewerkerDeel, ...], ()),
        delen={bestand: parse(bestand, dict[str, vorm], {}) for bestand, vorm in delen.items()},  # type: ignore[valid-type]  # as pydantic reads it
    )
    fouten += _doubles("identificatie", ((naam, een.identificatie) for naam, een in definities))
    fouten += _doubles("subject", ((MEDEWERKERS, een.subject) for een in inrichting.medewerkers))
    fouten += _doubles(
        "titel", ((SJABLONEN, "/".join(map(str, een.sleutel))) for een in inrichting.sjablonen)
    )
    if fouten:
        raise InrichtingOngeldig(tuple(fouten))
    return inrichting


def _doubles(veld: str, waarden: Iterable[tuple[str, str]]) -> list[str]:
    gezien: dict[str, str] = {}
    fouten = []
    for naam, waarde in waarden:
        if waarde in gezien:
            fouten.append(f"{naam}, {veld}: '{waarde}' staat er twee keer in")
        gezien[waarde] = naam
    return fouten


def _unzip(inhoud: bytes) -> dict[str, bytes]:
    if len(inhoud) > MAX_ZIP:
        raise InrichtingOngeldig(("Het bestand is te groot. Een export is hoogstens 500 kB.",))
    bestanden: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
            delen = zip_.infolist()
            if len(delen) > MAX_AANTAL or sum(deel.file_size for deel in delen) > MAX_ALLES:
                raise InrichtingOngeldig(("Er zitten te veel of te grote bestanden in het zip-bestand.",))
            for deel in delen:
                bestanden[_checked(deel, bestanden)] = zip_.open(deel).read(MAX_BESTAND + 1)[:MAX_BESTAND]
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
    ) as error:
        raise InrichtingOngeldig(
            ("Dit is geen zip-bestand dat wij kunnen openen. Kies een export van E-loket.",)
        ) from error
    if not bestanden:
        raise InrichtingOngeldig(("Het zip-bestand is leeg.",))
    return bestanden


def _checked(deel: zipfile.ZipInfo, gezien: Mapping[str, bytes]) -> str:
    """A plain name of a YAML file, once, small and open to read; it is never used as a path."""
    naam = deel.filename
    if not _NAAM.fullmatch(naam):
        raise InrichtingOngeldig(
            ("Er zit iets anders dan YAML-bestanden in, of een map. Kies een export van E-loket.",)
        )
    if naam in gezien:
        raise InrichtingOngeldig((f"{naam}: zit er twee keer in",))
    if deel.file_size > MAX_BESTAND:
        raise InrichtingOngeldig((f"{naam}: is te groot",))
    if deel.flag_bits & 1 or deel.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise InrichtingOngeldig((f"{naam}: is versleuteld of op een onbekende manier ingepakt",))
    return naam
