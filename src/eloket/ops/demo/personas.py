"""Who can log in at the simulated provider, and the file with who they are."""

from pathlib import Path

import yaml

from eloket.identity.simulatie.personas import Persona
from eloket.ops.demo.mensen import FATIMA, JEROEN, KORENAAR, KORENAAR_MARKT, MEDEWERKERS, SANNE

_LEGAL = "urn:etoegang:core:LegalSubjectID"
_ACTING = "urn:etoegang:core:ActingSubjectID"
_KVK = {"namequalifier": "urn:etoegang:1.9:EntityConcernedID:KvKnr"}
_BEWIND = "urn:etoegang:1.12:EntityConcernedID:BSN"
_GDI = "urn:nl-eid-gdi:1.0:"
BEWINDVOERDER = "90001354"
_VESTIGING = "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"


def personen_bestand() -> Path:
    """The invented residents and businesses, for the embedded register of persons."""
    return Path(__file__).parent / "personen.yaml"


def adressen_bestand() -> Path:
    """The invented streets in which they live, for the embedded set of addresses."""
    return Path(__file__).parent / "adressen.yaml"


def andere_inwoners() -> tuple[str, ...]:
    """The BSNs in that file of those who are not a persona: their zaken fill the werkplek."""
    inhoud = yaml.safe_load(personen_bestand().read_text(encoding="utf-8"))
    return tuple(bsn for bsn in inhoud["personen"] if bsn not in {JEROEN, FATIMA, SANNE})


def demo_personas() -> tuple[Persona, ...]:
    """Residents, businesses and civil servants, in the order of the page where one chooses."""
    return (*_inwoners(), *_ondernemingen(), *_medewerkers())


def _inwoners() -> tuple[Persona, ...]:
    wie = (
        ("jeroen", "Jeroen van Drouwen", "Inwoner met 6 lopende en 14 afgeronde zaken", JEROEN),
        (
            "fatima",
            "Fatima el Idrissi",
            "Inwoner met 1 lopende zaak, en door Jeroen gemachtigd voor een andere",
            FATIMA,
        ),
        ("sanne", "Sanne de Wit", "Inwoner zonder zaken", SANNE),
    )
    eigen = tuple(Persona("digid", sub, naam, tekst, {"bsn": bsn}) for sub, naam, tekst, bsn in wie)
    gemachtigd = Persona(
        "digid",
        "sanne-voor-fatima",
        "Sanne de Wit voor Fatima",
        "Gemachtigde: Sanne de Wit handelt met DigiD Machtigen namens Fatima el Idrissi",
        {"name": "Sanne de Wit", _GDI + "LegalSubjectID": FATIMA, _GDI + "ActingSubjectID": SANNE},
    )
    return (*eigen, gemachtigd)


def _ondernemingen() -> tuple[Persona, ...]:
    bedrijf = {_LEGAL: KORENAAR, **_KVK}
    return (
        Persona(
            "eherkenning",
            "korenaar",
            "Bakkerij De Korenaar B.V.",
            "Bedrijf met 2 lopende zaken",
            {**bedrijf, _ACTING: "demo-korenaar-directeur"},
        ),
        Persona(
            "eherkenning",
            "korenaar-markt",
            "De Korenaar Markt",
            "Medewerker die alleen voor deze vestiging mag handelen: ziet 1 zaak",
            {**bedrijf, _ACTING: "demo-korenaar-markt", _VESTIGING: KORENAAR_MARKT},
        ),
        Persona(
            "eherkenning",
            "bewindvoerder",
            "Bewindvoering De Brug",
            "Bewindvoerder: handelt namens Jeroen van Drouwen",
            {**_KVK, _LEGAL: BEWINDVOERDER, _ACTING: "demo-bewindvoerder", _BEWIND: JEROEN},
        ),
    )


def _medewerkers() -> tuple[Persona, ...]:
    return tuple(
        Persona("medewerker", demo.subject, demo.naam, demo.functie, {"sub": demo.subject})
        for demo in MEDEWERKERS
    )
