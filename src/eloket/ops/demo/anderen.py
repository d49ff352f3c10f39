"""Zaken of other residents, so that the werkplek looks like a working day: the same ones every time."""

import random
from collections.abc import Iterator

from eloket.ops.demo.draaiboek import (
    Aantekening,
    Bijlage,
    DemoZaak,
    Oordeel,
    Overdracht,
    Post,
    Stap,
    Vraag,
)

_AANTAL = 60
_ONDERWERPEN = {
    "PARKEERVERGUNNING": ("",),
    "GEHANDICAPTENPARKEERKAART": ("",),
    "BIJZONDERE_BIJSTAND": ("",),
    "BEZWAAR_WOZ": ("",),
    "SUBSIDIE_GELUIDSISOLATIE": ("",),
    "KAPVERGUNNING": (
        "Kapvergunning: twee populieren",
        "Kapvergunning: spar in de voortuin",
        "Kapvergunning: wilg",
    ),
    "EVENEMENTENVERGUNNING": (
        "Evenementenvergunning: buurtbarbecue",
        "Evenementenvergunning: rommelmarkt Kerkplein",
        "Evenementenvergunning: avondvierdaagse",
    ),
    "MOR": (
        "Melding openbare ruimte: zwerfvuil in het park",
        "Melding openbare ruimte: kapotte bank Waterkant",
        "Melding openbare ruimte: put verstopt Molenweg",
        "Melding openbare ruimte: gat in de weg Schoolstraat",
    ),
}
_DUUR = {"MOR": 40, "BEZWAAR_WOZ": 120, "GEHANDICAPTENPARKEERKAART": 80, "SUBSIDIE_GELUIDSISOLATIE": 80}
_VRAGEN = (
    "Wanneer hoor ik meer over mijn aanvraag?",
    "Ik heb een nieuw telefoonnummer. Waar kan ik dat doorgeven?",
    "Moet ik nog iets opsturen?",
    "Kan ik de afspraak verzetten naar volgende week?",
)


def zaken_van_anderen(bsns: tuple[str, ...]) -> tuple[DemoZaak, ...]:
    """Open zaken of these residents: new ones, assigned ones, some nearly or already late, some with news."""
    kans = random.Random(20261123)  # noqa: S311 - demo data, and the same every time
    soorten = tuple(_ONDERWERPEN)
    gewoon = (
        _one(kans, bsns[nummer % len(bsns)], soorten[nummer % len(soorten)]) for nummer in range(_AANTAL)
    )
    return (*gewoon, *_bijzonder(bsns))


def _bijzonder(bsns: tuple[str, ...]) -> Iterator[DemoZaak]:
    """A document that was refused and asked for again, and a zaak that went to another afdeling."""
    yield DemoZaak(
        bsns[0],
        "PARKEERVERGUNNING",
        start=-16,
        kenmerken=(("Kenteken", "YY-456-Y"),),
        lijn=(
            Stap(-14, 2),
            Vraag(-14, "Kopie van uw kentekenbewijs", "Een foto van beide kanten is goed.", deadline=-4),
            Bijlage(-10, "Kentekenbewijs.pdf"),
            Oordeel(-9, reden="De achterkant staat er niet op. Stuur een foto van beide kanten.", deadline=6),
            Aantekening(-9, "Gebeld: de aanvrager stuurt deze week een nieuwe foto."),
        ),
    )
    yield DemoZaak(
        bsns[1],
        "MOR",
        start=-8,
        omschrijving="Melding openbare ruimte: tak hangt boven de stoep",
        lijn=(
            Stap(-7, 2),
            Overdracht(-6, "vergunningen", "De boom staat op eigen grond. Kunnen jullie dit overnemen?"),
        ),
        brief=False,
    )


def _one(kans: random.Random, bsn: str, zaaktype: str) -> DemoZaak:
    start = -kans.randint(1, _DUUR.get(zaaktype, 60))
    toegewezen = kans.random() < 0.6
    return DemoZaak(
        bsn,
        zaaktype,
        omschrijving=kans.choice(_ONDERWERPEN[zaaktype]),
        start=start,
        lijn=tuple(_lijn(kans, zaaktype, start, toegewezen=toegewezen)),
        brief=kans.random() < 0.4,
    )


def _lijn(
    kans: random.Random, zaaktype: str, start: int, *, toegewezen: bool
) -> Iterator[Stap | Vraag | Post | Bijlage]:
    if start > -4:
        return
    if toegewezen:
        yield Stap(start + 2, 2)
        if zaaktype in {"SUBSIDIE_GELUIDSISOLATIE", "EVENEMENTENVERGUNNING"} and start < -20:
            yield Stap(start + 15, 3)
        if kans.random() < 0.15:
            yield Vraag(start + 3, "Kopie van een geldig legitimatiebewijs", "", deadline=kans.randint(3, 14))
    nieuws = kans.random()
    if nieuws < 0.25:
        yield Post(-kans.randint(1, 3), kans.choice(_VRAGEN), gelezen=False, tijd=(kans.randint(8, 21), 17))
    elif nieuws < 0.4:
        yield Bijlage(-kans.randint(1, 3), "Aanvullende gegevens.pdf")
