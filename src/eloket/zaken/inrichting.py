"""The whole configuration, to carry it from one environment to another (as files: inrichtingsbestanden).

Looking at what an import would change *is* that import, rolled back: the two cannot differ. Nothing is ever removed:
what a file does not name stays as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field

from eloket.identity import beheer as medewerkers
from eloket.identity.afdelingen import keep_afdeling, list_afdelingen
from eloket.identity.beheer import Medewerkersrij, fingerprint, must_manage, note_beheer
from eloket.identity.errors import BeheerGewijzigd
from eloket.identity.types import Actor, Recht
from eloket.kernel.errors import EloketFout
from eloket.kernel.yamlbestand import BestandOngeldig
from eloket.zaken import sjablonen, teksten, zaaktypen
from eloket.zaken.inrichtingsdelen import InrichtingsDeel, list_delen
from eloket.zaken.sjablonen import SjabloonDeel, SjabloonWens
from eloket.zaken.zaaktypen import Verschil, ZaakTypeDefinitie, compare

AFDELINGEN, SJABLONEN = "afdelingen.yaml", "sjablonen.yaml"
TEKSTEN, MEDEWERKERS = "teksten.yaml", "medewerkers.yaml"


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
    """Everything that a functional manager keeps. `delen`: file -> name -> what is kept by that name."""

    afdelingen: Mapping[str, str]
    zaaktypen: tuple[ZaakTypeDefinitie, ...]
    sjablonen: tuple[SjabloonDeel, ...]
    teksten: Mapping[str, str]
    medewerkers: tuple[MedewerkerDeel, ...]
    delen: Mapping[str, Mapping[str, BaseModel]] = field(default_factory=dict)


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
        delen={deel.bestand: deel.list_eigen() for deel in list_delen()},
    )


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
    _apply_delen(actor, inrichting, nu, keep)
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


def _apply_delen(actor: Actor | None, inrichting: Inrichting, nu: Inrichting, keep: _Keep) -> None:
    for deel in list_delen():
        bekend = nu.delen[deel.bestand]
        for sleutel, waarde in inrichting.delen.get(deel.bestand, {}).items():
            oud = bekend[sleutel].model_dump(mode="json") if sleutel in bekend else None

            def doe(deel: InrichtingsDeel = deel, sleutel: str = sleutel, waarde: BaseModel = waarde) -> None:
                deel.save(actor, sleutel, waarde)

            keep(deel.bestand, _change(deel.soort, sleutel, oud, waarde.model_dump(mode="json")), doe)


def _change(soort: str, titel: str, oud: dict[str, Any] | None, nieuw: dict[str, Any]) -> Wijziging:
    if oud is None:
        return Wijziging(soort, titel, Stand.NIEUW)
    verschillen = compare(oud, nieuw)
    return Wijziging(soort, titel, Stand.GEWIJZIGD if verschillen else Stand.ONGEWIJZIGD, verschillen)
