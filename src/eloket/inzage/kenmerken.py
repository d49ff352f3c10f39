"""What a line of the audit trail says besides who, when and what (its kenmerken), in words for the officer.

Nothing that was stored is lost: a name or a code without words here stands there as it is. But no key of a person is
shown whole: eight characters tell two of them apart, and say of nobody who they are.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eloket.inzage.toezichtwoorden import ACTIES
from eloket.kernel.klok import schrijf_datum
from eloket.zaken.noodtoegang import Aanleiding, Oordeel

_SLEUTEL = re.compile(r"(?<![0-9a-f])([0-9a-f]{8})[0-9a-f]{56}(?![0-9a-f])")
_DAG = re.compile(r"\d{4}-\d\d-\d\d")
_IN_WIE = "namens"  # stands beside who it was
# What every kenmerk is called, in the order in which they are shown. tests/architecture holds it to the code.
NAMEN = {
    "toegang": "Met noodtoegang",
    "deel": "Onderdeel",
    "document": "Document",
    "vervangt": "In plaats van document",
    "eerdere_versies": "Met eerdere versies",
    "gesprek": "Gesprek",
    "bericht": "Bericht",
    "taak": "Vraag",
    "bewijs": "Bewijs",
    "machtiging": "Machtiging",
    "ontvanger": "Wie gemachtigd is",
    "formulier": "Formulier",
    "concept": "Ingevuld formulier",
    "brief": "Brief",
    "bundel": "Stapel brieven",
    "lijst": "Lijst",
    "zaak": "Zaak",
    "zaaknummer": "Zaaknummer",
    "zaaktype": "Zaaktype",
    "kanaal": "Kanaal",
    "nummer": "Nummer",
    "volgnummer": "Volgnummer van de status",
    "van": "Van",
    "naar": "Naar",
    "tot": "Tot en met",
    "voor": "Van vóór",
    "aan": "Aan",
    "betrokkene": "Persoon of bedrijf",
    "partij": "Persoon of bedrijf",
    "wie": "Persoon of bedrijf",
    "contactpersoon": "Contactpersoon",
    "profiel": "Contactgegevens",
    "afdeling": "Afdeling",
    "medewerker": "Medewerker",
    "mensen": "Aantal medewerkers",
    "medewerkers": "Wie de zaak mag zien",
    "aantal": "Aantal",
    "zaken": "Zaken",
    "documenten": "Documenten",
    "open": "Aantal open signalen",
    "gezocht": "Er is gezocht",
    "wat": "Wat er is gezocht",
    "regel": "Gezocht vanaf regel",
    "kant": "Gezocht naar",
    "aanleiding": "Aanleiding",
    "oordeel": "Oordeel",
    "beletsel": "Waarom niet",
    "reden": "Reden",
    "redenen": "Redenen",
    "hoe": "Hoe",
    "soort": "Soort",
    "email": "E-mailadres gewijzigd",
    "telefoon": "Telefoonnummer gewijzigd",
    "wil_mail": "Wil e-mail",
    "stil": "Geen e-mail in de stille uren",
    "taal": "Taal",
    "vragen": "E-mail over vragen",
    "berichten": "E-mail over berichten",
    "status": "E-mail over de status",
    "herinneringen": "E-mail om te herinneren",
    "ontvangst": "E-mail over ontvangst",
    "onderdeel": "Onderdeel van beheer",
    "velden": "Wat er is gewijzigd",
    "versie": "Versie",
    "sha": "Controlegetal",
    "erbij": "Erbij",
    "eraf": "Eraf",
    "nieuw": "Nieuw",
    "gewijzigd": "Gewijzigd",
    "id": "Nummer",
    "meting": "Zelf gemeten door E-loket",
    "middel": "Inlogmiddel",
    "niveau": "Betrouwbaarheidsniveau",
    "link": "Met een link",
    "keten": "Keten",
    "zegel": "Zegel",
}
# Whose value is the number of a civil servant; 0 is nobody.
_MEDEWERKERS = frozenset({"aan", "naar", "medewerker"})
# Whose value can be the reference of a zaak, or of several.
_ZAKEN = frozenset({"zaak", "zaken", "van", "naar"})
_WAARDEN = {
    "aanleiding": {een.value: een.tekst for een in Aanleiding},
    "oordeel": {een.value: een.tekst for een in Oordeel},
    "kant": {
        "over": "alles over deze persoon",
        "door": "alles van deze persoon",
        "zelf": "wat de persoon zelf deed",
    },
    "wat": ACTIES,
}


@dataclass(frozen=True, slots=True)
class Bekend:
    """What the codes of many lines stand for: the number of each zaak by its reference, and the name of each civil
    servant by theirs."""

    zaken: Mapping[str, str] = field(default_factory=dict)
    medewerkers: Mapping[int, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Kenmerk:
    """One of them, as it is shown."""

    naam: str
    waarde: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.naam}: {self.waarde}"


def describe(kenmerken: Mapping[str, Any], bekend: Bekend) -> tuple[Kenmerk, ...]:
    """Each that says something, in an order of its own: the database keeps none."""
    volgorde = {naam: plek for plek, naam in enumerate(NAMEN)}
    namen = sorted(kenmerken.keys() - {_IN_WIE}, key=lambda naam: (volgorde.get(naam, len(NAMEN)), naam))
    geschreven = ((naam, _write(naam, kenmerken[naam], bekend)) for naam in namen)
    return tuple(Kenmerk(NAMEN.get(naam, shorten(naam)), waarde) for naam, waarde in geschreven if waarde)


def refs_in(kenmerken: Mapping[str, Any]) -> Iterator[str]:
    """What may be the reference of a zaak."""
    for naam in _ZAKEN & kenmerken.keys():
        if isinstance(kenmerken[naam], str):
            yield from kenmerken[naam].split()


def names_civil_servant(alle: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a name is needed to read one of these."""
    return any(
        een.get("medewerkers") or any(_is_nummer(een.get(naam)) and een[naam] for naam in _MEDEWERKERS)
        for een in alle
    )


def shorten(tekst: str) -> str:
    """With no key of a person whole."""
    return _SLEUTEL.sub(r"\1", tekst)


def _write(naam: str, waarde: Any, bekend: Bekend) -> str:
    """ "" of what says nothing: an empty text, and the civil servant who was not asked for."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if naam in _MEDEWERKERS and _is_nummer(waarde):
        niemand = "" if naam == "medewerker" else "niemand"
        return bekend.medewerkers.get(waarde, f"medewerker {waarde}") if waarde else niemand
    if not isinstance(waarde, str):
        return shorten(json.dumps(waarde, ensure_ascii=False))
    if naam in _ZAKEN and any(deel in bekend.zaken for deel in waarde.split()):
        return ", ".join(bekend.zaken.get(deel, shorten(deel)) for deel in waarde.split())
    if naam == "medewerkers":
        return (
            ", ".join(_write_medewerker(deel, bekend) for deel in waarde.split())
            or "iedereen van de afdeling"
        )
    return _WAARDEN.get(naam, {}).get(waarde) or _write_day(waarde) or shorten(waarde)


def _write_medewerker(nummer: str, bekend: Bekend) -> str:
    namen = {str(sleutel): naam for sleutel, naam in bekend.medewerkers.items()}
    return namen.get(nummer, f"medewerker {shorten(nummer)}")


def _is_nummer(waarde: Any) -> bool:
    return isinstance(waarde, int) and not isinstance(waarde, bool)


def _write_day(waarde: str) -> str:
    if not _DAG.fullmatch(waarde):
        return ""
    try:
        return schrijf_datum(date.fromisoformat(waarde))
    except ValueError:
        return ""
