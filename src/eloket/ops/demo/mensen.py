"""The people of the demo: who lives in the municipality of Voorbeeld, and who works there."""

from dataclasses import dataclass
from functools import lru_cache

from eloket.identity.access import medewerker_key
from eloket.identity.models import Afdeling, Medewerker
from eloket.identity.niveaus import LADDERS, MiddelSoort, minimum_of
from eloket.identity.types import Actor, Partij, Recht, Soort
from eloket.kernel.crypto import vault
from eloket.profile.bron import personen_bron

JEROEN = "999990019"
FATIMA = "999990020"
SANNE = "999990032"
KORENAAR = "69599084"
KORENAAR_MARKT = "000038509504"
_HOOGSTE = LADDERS[MiddelSoort.DIGID][-1]


@dataclass(frozen=True, slots=True)
class DemoMedewerker:
    """A civil servant; `afdelingen` are codes of zaaktypen/afdelingen.yaml."""

    subject: str
    naam: str
    functie: str
    afdelingen: tuple[str, ...]
    rechten: tuple[Recht, ...] = (Recht.BEHANDELEN,)


MEDEWERKERS = (
    DemoMedewerker(
        "mila.jansen", "Mila Jansen", "Medewerker parkeren", ("parkeren-en-mobiliteit",), tuple(Recht)
    ),
    DemoMedewerker("youssef.amrani", "Youssef Amrani", "Consulent inkomen", ("werk-en-inkomen",)),
    DemoMedewerker(
        "petra.hoek",
        "Petra van den Hoek",
        "Vergunningverlener",
        ("vergunningen", "beheer-openbare-ruimte"),
        (Recht.BEHANDELEN, Recht.VERDELEN),
    ),
    DemoMedewerker(
        "tom.bosman",
        "Tom Bosman",
        "Adviseur wonen",
        ("wonen-en-duurzaamheid", "belastingen"),
        (Recht.BEHANDELEN, Recht.NOODTOEGANG),
    ),
    # A second colleague: to hand over to, to keep a zaak from, and to be in one zaak with.
    DemoMedewerker("omar.deboer", "Omar de Boer", "Medewerker parkeren", ("parkeren-en-mobiliteit",)),
    DemoMedewerker(
        "lotte.visser", "Lotte Visser", "Vergunningverlener", ("vergunningen", "beheer-openbare-ruimte")
    ),
    DemoMedewerker(
        "ines.meijer",
        "Ines Meijer",
        "Jurist",
        ("juridische-zaken", "burgerzaken", "privacy"),
        (Recht.BEHANDELEN, Recht.INZIEN, Recht.VERNIETIGEN),
    ),
)


def inwoner(bsn: str) -> Actor:
    """The resident as a DigiD login makes them, with the name of the register; sure enough for every zaaktype."""
    partij = Partij.inwoner(bsn)
    naam = personen_bron().get_persoon(bsn).korte_naam
    return Actor(
        Soort.INWONER, partij.key, naam, "digid", _HOOGSTE.waarde, partij=partij, zekerheid=_HOOGSTE.zekerheid
    )


def onderneming(kvk_nummer: str, vestigingsnummer: str = "") -> Actor:
    """Somebody who acts for the business as an eHerkenning login makes them."""
    naam = personen_bron().get_onderneming(kvk_nummer, vestigingsnummer).handelsnaam
    return Actor(
        Soort.ONDERNEMING,
        vault().keyed_hash("eherkenning", f"demo-{kvk_nummer}"),
        naam,
        "eherkenning",
        minimum_of("eherkenning"),
        partij=Partij.onderneming(kvk_nummer, vestigingsnummer),
    )


def make_medewerkers() -> dict[str, Actor]:
    """Write the civil servants, and give each as the actor that their login makes, by subject."""
    afdelingen = {afdeling.code: afdeling for afdeling in Afdeling.objects.all()}
    actors = {}
    for demo in MEDEWERKERS:
        rij = Medewerker.objects.create(
            subject=demo.subject, naam=demo.naam, functie=demo.functie, rechten=list(demo.rechten)
        )
        rij.afdelingen.set([afdelingen[code] for code in demo.afdelingen])
        actors[demo.subject] = Actor(
            Soort.MEDEWERKER,
            medewerker_key(demo.subject),
            demo.naam,
            "medewerker",
            minimum_of("medewerker"),
            medewerker_id=rij.pk,
            afdelingen=frozenset(demo.afdelingen),
            rechten=frozenset(demo.rechten),
        )
    return actors


@lru_cache(maxsize=1)
def behandelaar_van() -> dict[str, str]:
    """Which civil servant handles the zaken of an afdeling: code to subject. Of several the first."""
    return {code: demo.subject for demo in reversed(MEDEWERKERS) for code in demo.afdelingen}
