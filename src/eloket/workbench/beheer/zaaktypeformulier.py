"""The form of a zaaktype: from a definition to fields, and back with mistakes beside the field they are about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from eloket.identity.errors import BeheerOngeldig
from eloket.workbench.beheer.bewaarregels import GEEN_TERMIJN, VELD, Bewaarrij, parse_rows, rows_of
from eloket.workbench.beheer.formulier import Ingevuld
from eloket.zaken.types import DOCUMENTTYPEN, Badge
from eloket.zaken.zaaktypen import RolTypeDeel, ZaakTypeDefinitie

MEESTE_STAPPEN = 20
_EXTRA = 2  # empty steps below the others
STANDAARD_ROLLEN = (
    RolTypeDeel(omschrijving="Aanvrager", omschrijving_generiek="initiator"),
    RolTypeDeel(omschrijving="Belanghebbende", omschrijving_generiek="belanghebbende"),
    RolTypeDeel(omschrijving="Behandelaar", omschrijving_generiek="behandelaar"),
)
_TEKSTEN = {
    "missing": "Vul dit in.",
    "string_too_short": "Vul dit in.",
    "string_too_long": "Dit is te lang. Gebruik hoogstens {max_length} tekens.",
    "int_parsing": "Vul een getal in, bijvoorbeeld 56.",
    "greater_than_equal": "Vul {ge} of een hoger getal in.",
    "less_than_equal": "Vul {le} of een lager getal in.",
    "too_short": "Vul er minstens {min_length} in.",
    "too_long": "Vul er hoogstens {max_length} in.",
    "string_pattern_mismatch": "Gebruik hoofdletters, cijfers en _. Begin met een letter.",
}


@dataclass(frozen=True, slots=True)
class Stap:
    """The fields of one step; `nr` is the number of the row, in the ids of its fields."""

    nr: int
    volgorde: str = ""
    omschrijving: str = ""
    statustekst: str = ""
    badge: str = Badge.IN_BEHANDELING.value
    informeren: bool = True

    @property
    def is_leeg(self) -> bool:
        return not (self.omschrijving or self.statustekst)


@dataclass(frozen=True, slots=True)
class Velden:
    """The form as typed. Lists stand one on a line."""

    identificatie: str = ""
    omschrijving: str = ""
    afdeling: str = ""
    doorlooptijd_dagen: str = ""
    servicenorm_dagen: str = ""
    doorlooptijd_maanden: str = ""
    verlenging_maanden: str = ""
    vertrouwelijkheidaanduiding: str = "zaakvertrouwelijk"
    resultaattypen: str = ""
    documenttypen: str = "\n".join(DOCUMENTTYPEN)
    verwijder_locatie: bool = False
    zekerheid: str = ""
    stappen: tuple[Stap, ...] = ()
    bewaren: tuple[Bewaarrij, ...] = ()

    @classmethod
    def van(cls, nu: ZaakTypeDefinitie) -> "Velden":
        """The form of a definition, with room for some steps more."""
        stappen = tuple(
            Stap(
                nr, str(nr), deel.omschrijving, deel.statustekst, deel.badge.value, informeren=deel.informeren
            )
            for nr, deel in enumerate(nu.statustypen, start=1)
        )
        return cls(
            identificatie=nu.identificatie,
            omschrijving=nu.omschrijving,
            afdeling=nu.afdeling,
            doorlooptijd_dagen=str(nu.doorlooptijd_dagen),
            servicenorm_dagen=str(nu.servicenorm_dagen or ""),
            doorlooptijd_maanden=str(nu.doorlooptijd_maanden or ""),
            verlenging_maanden=str(nu.verlenging_maanden or ""),
            vertrouwelijkheidaanduiding=nu.vertrouwelijkheidaanduiding,
            resultaattypen="\n".join(nu.resultaattypen),
            documenttypen="\n".join(nu.documenttypen),
            verwijder_locatie=nu.verwijder_locatie,
            zekerheid=nu.zekerheid or "",
            stappen=_with_room(stappen),
            bewaren=rows_of(nu.bewaren),
        )

    @classmethod
    def leeg(cls) -> "Velden":
        """A new zaaktype, with the steps that nearly every one has."""
        namen = (
            ("Aanvraag ontvangen", Badge.ONTVANGEN),
            ("Aanvraag in behandeling", Badge.IN_BEHANDELING),
            ("Besluit", Badge.BESLUIT_GENOMEN),
            ("Zaak afgerond", Badge.AFGEROND),
        )
        stappen = (
            Stap(nr, str(nr), naam, "", badge.value) for nr, (naam, badge) in enumerate(namen, start=1)
        )
        return cls(stappen=_with_room(tuple(stappen)), bewaren=rows_of(()))

    @classmethod
    def parse(cls, ingevuld: Ingevuld, identificatie: str = "") -> "Velden":
        """What was typed; rows are known by their name, so none gets lost."""
        nummers = {
            int(nr)
            for naam in ingevuld.invoer
            if (nr := _rij(naam)) and 1 <= int(nr) <= MEESTE_STAPPEN + _EXTRA
        }
        stappen = tuple(
            Stap(
                nr,
                ingevuld.een(f"stap-{nr}-volgorde"),
                ingevuld.een(f"stap-{nr}-omschrijving"),
                ingevuld.een(f"stap-{nr}-statustekst"),
                ingevuld.een(f"stap-{nr}-badge"),
                informeren=bool(ingevuld.een(f"stap-{nr}-informeren")),
            )
            for nr in sorted(nummers)
        )
        return cls(
            identificatie=identificatie or ingevuld.een("identificatie"),
            omschrijving=" ".join(ingevuld.een("omschrijving").split()),
            afdeling=ingevuld.een("afdeling"),
            doorlooptijd_dagen=ingevuld.een("doorlooptijd_dagen"),
            servicenorm_dagen=ingevuld.een("servicenorm_dagen"),
            doorlooptijd_maanden=ingevuld.een("doorlooptijd_maanden"),
            verlenging_maanden=ingevuld.een("verlenging_maanden"),
            vertrouwelijkheidaanduiding=ingevuld.een("vertrouwelijkheidaanduiding"),
            resultaattypen=ingevuld.een("resultaattypen"),
            documenttypen=ingevuld.een("documenttypen"),
            verwijder_locatie=bool(ingevuld.een("verwijder_locatie")),
            zekerheid=ingevuld.een("zekerheid"),
            stappen=stappen,
            bewaren=parse_rows(ingevuld),
        )

    def definitie(self, rollen: tuple[RolTypeDeel, ...]) -> ZaakTypeDefinitie:
        """What it says. Raises BeheerOngeldig with a text per field."""
        stappen = sorted((stap for stap in self.stappen if not stap.is_leeg), key=_plaats)
        bewaren = [rij for rij in self.bewaren if not rij.is_leeg]
        try:
            return ZaakTypeDefinitie.model_validate(
                {
                    "identificatie": self.identificatie,
                    "omschrijving": self.omschrijving,
                    "afdeling": self.afdeling,
                    "doorlooptijd_dagen": _getal(self.doorlooptijd_dagen),
                    "servicenorm_dagen": _of_geen(self.servicenorm_dagen),
                    "doorlooptijd_maanden": _of_geen(self.doorlooptijd_maanden),
                    "verlenging_maanden": _of_geen(self.verlenging_maanden),
                    "vertrouwelijkheidaanduiding": self.vertrouwelijkheidaanduiding,
                    "statustypen": [
                        {
                            "omschrijving": stap.omschrijving,
                            "statustekst": stap.statustekst,
                            "badge": stap.badge,
                            "informeren": stap.informeren,
                        }
                        for stap in stappen
                    ],
                    "roltypen": [rol.model_dump() for rol in rollen],
                    "resultaattypen": _regels(self.resultaattypen),
                    "documenttypen": _regels(self.documenttypen),
                    "verwijder_locatie": self.verwijder_locatie,
                    "zekerheid": self.zekerheid or None,
                    "bewaren": [rij.to_deel() for rij in bewaren],
                }
            )
        except ValidationError as error:
            raise BeheerOngeldig(_fouten(error, stappen, bewaren)) from error


def _of_geen(tekst: str) -> object:
    """A number, None for an empty field, or what was typed."""
    return _getal(tekst) if tekst else None


def _with_room(stappen: tuple[Stap, ...]) -> tuple[Stap, ...]:
    meer = range(len(stappen) + 1, min(len(stappen) + _EXTRA, MEESTE_STAPPEN) + 1)
    return (*stappen, *(Stap(nr) for nr in meer))


def _rij(naam: str) -> str:
    gevonden = re.fullmatch(r"stap-([0-9]{1,2})-[a-z]+", naam)
    return gevonden[1] if gevonden else ""


def _plaats(stap: Stap) -> tuple[int, int]:
    """By the number that somebody gave it; without one it stays where it stands."""
    nummer = _getal(stap.volgorde)
    return (nummer if isinstance(nummer, int) else stap.nr, stap.nr)


def _getal(tekst: str) -> int | str:
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 6 else tekst


def _regels(tekst: str) -> list[str]:
    return [" ".join(regel.split()) for regel in tekst.splitlines() if regel.strip()]


def _fouten(error: ValidationError, stappen: list[Stap], bewaren: list[Bewaarrij]) -> Mapping[str, str]:
    fouten: dict[str, str] = {}
    for detail in error.errors():
        plaats = [str(deel) for deel in detail["loc"]]
        if plaats[:1] == ["statustypen"] and len(plaats) > 2:
            veld = f"stap-{stappen[int(plaats[1])].nr}-{plaats[2]}"
        elif plaats[:1] == ["statustypen"]:
            veld = "stap-1-omschrijving"
        elif plaats[:1] == ["bewaren"] and len(plaats) > 1:
            deel = VELD.get(plaats[2], plaats[2]) if len(plaats) > 2 else "termijn"
            veld = f"bewaar-{bewaren[int(plaats[1])].nr}-{deel}"
        else:
            veld = plaats[0] if plaats else _of_the_whole(str(detail.get("ctx", {}).get("error", "")))
        fouten.setdefault(veld, _tekst(detail["type"], detail.get("ctx", {}), veld))
    return fouten


def _of_the_whole(tekst: str) -> str:
    """Beside which part of the form a rule about the whole definition is said."""
    return "bewaren" if tekst.startswith("bewaren") else "stappen"


def _tekst(soort: str, waarden: Mapping[str, object], veld: str) -> str:
    if veld.startswith("bewaar-") and veld.endswith(("-termijn", "-proces")):
        return GEEN_TERMIJN
    if soort == "int_type":
        return _TEKSTEN["int_parsing"]
    if veld == "afdeling":
        return "Kies een afdeling."
    if soort == "value_error":
        tekst = str(waarden.get("error", "")).removeprefix("bewaren: ")
        return f"{tekst[:1].upper()}{tekst[1:]}."
    return _TEKSTEN.get(soort, "Kies een van de mogelijkheden.").format(**waarden)
