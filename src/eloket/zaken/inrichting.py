"""The whole configuration as files, to carry it from one environment to another.

A zip with a YAML file per zaaktype (as `import-zaaktypen` reads them), afdelingen.yaml, sjablonen.yaml, teksten.yaml
and medewerkers.yaml. Looking at what an import would change *is* that import, rolled back: the two cannot differ.
Nothing is ever removed: what a file does not name stays as it is.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import yaml
from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field

from eloket.identity import beheer as medewerkers
from eloket.identity.afdelingen import keep_afdeling, list_afdelingen
from eloket.identity.beheer import Medewerkersrij, fingerprint, must_manage, note_beheer
from eloket.identity.errors import BeheerGewijzigd
from eloket.identity.types import Actor, Recht
from eloket.kernel.errors import EloketFout
from eloket.kernel.yamlbestand import BestandOngeldig, parse_yaml
from eloket.zaken import sjablonen, teksten, zaaktypen
from eloket.zaken.sjablonen import SjabloonDeel, SjabloonWens
from eloket.zaken.zaaktypen import Verschil, ZaakTypeDefinitie, compare

AFDELINGEN, SJABLONEN = "afdelingen.yaml", "sjablonen.yaml"
TEKSTEN, MEDEWERKERS = "teksten.yaml", "medewerkers.yaml"
MAX_ZIP, MAX_BESTAND, MAX_ALLES, MAX_AANTAL = 500_000, 500_000, 4_000_000, 200  # bytes, bytes, bytes, files
_NAAM = re.compile(r"[A-Za-z0-9_-]{1,80}\.yaml")


class MedewerkerDeel(BaseModel):
    """A civil servant in a file. There is no secret in it: who they are is up to the login provider."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    subject: Annotated[str, Field(min_length=1, max_length=medewerkers.MAX_SUBJECT)]
    naam: Annotated[str, Field(min_length=1, max_length=medewerkers.MAX_NAAM)]
    functie: Annotated[str, Field(max_length=medewerkers.MAX_FUNCTIE)] = ""
    afdelingen: tuple[str, ...] = ()
    rechten: tuple[Recht, ...] = (Recht.BEHANDELEN,)
    zaaktypen: tuple[str, ...] = ()
    is_actief: bool = True
    afwezig_van: date | None = None
    afwezig_tot: date | None = None
    vervanger: str = ""

    @classmethod
    def van(cls, rij: Medewerkersrij) -> "MedewerkerDeel":
        return cls(
            subject=rij.subject,
            naam=rij.naam,
            functie=rij.functie,
            afdelingen=tuple(sorted(rij.afdelingen)),
            rechten=tuple(recht for recht in Recht if recht in rij.rechten),
            zaaktypen=tuple(sorted(rij.zaaktypen)),
            is_actief=rij.is_actief,
            afwezig_van=rij.afwezig_van,
            afwezig_tot=rij.afwezig_tot,
            vervanger=rij.vervanger,
        )

    @property
    def rij(self) -> Medewerkersrij:
        return Medewerkersrij(
            subject=self.subject,
            naam=self.naam,
            functie=self.functie,
            afdelingen=frozenset(self.afdelingen),
            rechten=frozenset(self.rechten),
            zaaktypen=frozenset(self.zaaktypen),
            is_actief=self.is_actief,
            afwezig_van=self.afwezig_van,
            afwezig_tot=self.afwezig_tot,
            vervanger=self.vervanger,
        )


@dataclass(frozen=True, slots=True)
class Inrichting:
    """Everything that a functional manager keeps."""

    afdelingen: Mapping[str, str]
    zaaktypen: tuple[ZaakTypeDefinitie, ...]
    sjablonen: tuple[SjabloonDeel, ...]
    teksten: Mapping[str, str]
    medewerkers: tuple[MedewerkerDeel, ...]


class Stand(StrEnum):
    NIEUW = "nieuw"
    GEWIJZIGD = "gewijzigd"
    ONGEWIJZIGD = "ongewijzigd"


@dataclass(frozen=True, slots=True)
class Wijziging:
    """What an import does with one thing; `verschillen` of a changed one, field by field."""

    soort: str
    titel: str
    stand: Stand
    verschillen: tuple[Verschil, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    wijzigingen: tuple[Wijziging, ...]

    def met(self, stand: str) -> tuple[Wijziging, ...]:
        return tuple(een for een in self.wijzigingen if een.stand == stand)

    @property
    def merk(self) -> str:
        """Differs when the import would do something else: the file, or what stands there already, changed."""
        return fingerprint(self.wijzigingen)


class InrichtingOngeldig(BestandOngeldig):
    """Nothing was imported; `fouten` has a line per mistake."""

    code = "inrichting-ongeldig"
    aanhef = "Deze bestanden kunnen wij niet inlezen:"


# --- out ---


def lees_inrichting() -> Inrichting:
    """As it is now."""
    return Inrichting(
        afdelingen={een.code: een.naam for een in sorted(list_afdelingen(), key=lambda een: een.code)},
        zaaktypen=tuple(
            sorted(
                (een.definitie for een in zaaktypen.beheer().list_definities()),
                key=lambda een: een.identificatie,
            )
        ),
        sjablonen=tuple(
            sorted(
                (
                    SjabloonDeel(
                        soort=een.soort,
                        titel=een.titel,
                        tekst=een.tekst,
                        zaaktype=een.zaaktype,
                        volgnummer=een.volgnummer,
                    )
                    for een in sjablonen.list_alle()
                ),
                key=lambda een: een.sleutel,
            )
        ),
        teksten={een.sleutel: een.tekst for een in teksten.list_teksten() if een.tekst},
        medewerkers=tuple(
            sorted(map(MedewerkerDeel.van, medewerkers.list_alle()), key=lambda een: een.subject)
        ),
    )


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
    }


# --- in ---


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

    namen = sorted(bestanden.keys() - {AFDELINGEN, SJABLONEN, TEKSTEN, MEDEWERKERS})
    gelezen = [(naam, parse(naam, ZaakTypeDefinitie, None)) for naam in namen]
    definities = [(naam, een) for naam, een in gelezen if een is not None]
    inrichting = Inrichting(
        afdelingen=parse(AFDELINGEN, dict[str, str], {}),
        zaaktypen=tuple(een for _, een in definities),
        sjablonen=parse(SJABLONEN, tuple[SjabloonDeel, ...], ()),
        teksten=parse(TEKSTEN, dict[str, str], {}),
        medewerkers=parse(MEDEWERKERS, tuple[MedewerkerDeel, ...], ()),
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


def bekijk(actor: Actor | None, inrichting: Inrichting) -> Plan:
    """What `importeer` would do: it is done, and taken back. Raises InrichtingOngeldig."""
    must_manage(actor)
    with transaction.atomic():
        plan = _apply(actor, inrichting)
        transaction.set_rollback(True)
    return plan


def importeer(actor: Actor | None, inrichting: Inrichting, *, merk: str | None) -> Plan:
    """All of it or nothing. `merk` is of the plan that somebody agreed to (None: whatever it is).

    Raises InrichtingOngeldig, and BeheerGewijzigd when it would do something else than was agreed to.
    """
    must_manage(actor)
    with transaction.atomic():
        plan = _apply(actor, inrichting)
        if merk is not None and merk != plan.merk:
            raise BeheerGewijzigd("Er is iets veranderd sinds u dit bekeek. Bekijk het opnieuw.")
        note_beheer(
            actor,
            "inrichting.ingelezen",
            "inrichting",
            nieuw=len(plan.met(Stand.NIEUW)),
            gewijzigd=len(plan.met(Stand.GEWIJZIGD)),
        )
    return plan


def _apply(actor: Actor | None, inrichting: Inrichting) -> Plan:
    nu = lees_inrichting()
    wijzigingen: list[Wijziging] = []
    fouten: list[str] = []

    def keep(bestand: str, wijziging: Wijziging, doe: Callable[[], object]) -> None:
        wijzigingen.append(wijziging)
        if wijziging.stand is not Stand.ONGEWIJZIGD:
            try:
                doe()
            except EloketFout as error:
                fouten.append(f"{bestand}, {wijziging.titel}: {error.tekst}")

    for code, naam in inrichting.afdelingen.items():
        oud_naam = {"naam": nu.afdelingen[code]} if code in nu.afdelingen else None

        def doe(code: str = code, naam: str = naam) -> None:
            keep_afdeling(actor, code=code, naam=naam)

        keep(AFDELINGEN, _change("Afdeling", code, oud_naam, {"naam": naam.strip()}), doe)
    _apply_zaaktypen(actor, inrichting, nu, keep)
    _apply_texts(actor, inrichting, nu, keep)
    _apply_medewerkers(actor, inrichting, nu, keep)
    if fouten:
        raise InrichtingOngeldig(tuple(fouten))
    return Plan(tuple(wijzigingen))


_Keep = Callable[[str, Wijziging, Callable[[], object]], None]


def _apply_zaaktypen(actor: Actor | None, inrichting: Inrichting, nu: Inrichting, keep: _Keep) -> None:
    bekend = {een.identificatie: een.model_dump(mode="json") for een in nu.zaaktypen}
    for een in inrichting.zaaktypen:
        wijziging = _change(
            "Zaaktype", een.identificatie, bekend.get(een.identificatie), een.model_dump(mode="json")
        )

        def doe(definitie: ZaakTypeDefinitie = een) -> None:
            zaaktypen.save_zaaktype(actor, definitie, versie=None)

        keep(f"zaaktype-{een.identificatie.lower()}.yaml", wijziging, doe)


def _apply_texts(actor: Actor | None, inrichting: Inrichting, nu: Inrichting, keep: _Keep) -> None:
    bekend = {een.sleutel: een for een in nu.sjablonen}
    ids = {
        (een.soort.value, een.zaaktype, een.volgnummer, een.titel): een.id for een in sjablonen.list_alle()
    }
    for een in inrichting.sjablonen:
        oud = bekend.get(een.sleutel)
        wijziging = _change(
            "Sjabloon", een.titel, {"tekst": oud.tekst} if oud else None, {"tekst": een.tekst}
        )

        def doe(deel: SjabloonDeel = een) -> None:
            sjablonen.save_sjabloon(
                actor, SjabloonWens(**deel.model_dump()), sjabloon_id=ids.get(deel.sleutel, 0)
            )

        keep(SJABLONEN, wijziging, doe)
    for sleutel, tekst in inrichting.teksten.items():
        oude = {"tekst": nu.teksten[sleutel]} if sleutel in nu.teksten else None

        def zet(sleutel: str = sleutel, tekst: str = tekst) -> None:
            teksten.save_tekst(actor, sleutel, tekst)

        keep(TEKSTEN, _change("Tekst", sleutel, oude, {"tekst": tekst.strip()}), zet)


def _apply_medewerkers(actor: Actor | None, inrichting: Inrichting, nu: Inrichting, keep: _Keep) -> None:
    bekend = {een.subject: een for een in nu.medewerkers}
    # Somebody who replaces another may stand further on: first everybody new is there.
    for een in inrichting.medewerkers:
        if een.subject not in bekend and een.vervanger:
            medewerkers.keep_medewerker(actor, replace(een.rij, vervanger="", afdelingen=frozenset()))
    for een in sorted(inrichting.medewerkers, key=lambda een: bool(een.vervanger)):
        oud = bekend.get(een.subject)
        nieuw = MedewerkerDeel.van(een.rij).model_dump(mode="json")
        wijziging = _change("Medewerker", een.naam, oud.model_dump(mode="json") if oud else None, nieuw)

        def doe(rij: Medewerkersrij = een.rij) -> None:
            medewerkers.keep_medewerker(actor, rij)

        keep(MEDEWERKERS, wijziging, doe)


def _change(soort: str, titel: str, oud: dict[str, Any] | None, nieuw: dict[str, Any]) -> Wijziging:
    if oud is None:
        return Wijziging(soort, titel, Stand.NIEUW)
    verschillen = compare(oud, nieuw)
    return Wijziging(soort, titel, Stand.GEWIJZIGD if verschillen else Stand.ONGEWIJZIGD, verschillen)
