"""What can be done with a version, in the words of its button and of the page that asks whether you are sure."""

from collections.abc import Callable
from typing import NamedTuple

from eloket.loket import beheer
from eloket.loket.types import VersieStand
from eloket.loket.versiebeheer import VersieRegel


class Actie(NamedTuple):
    naam: str  # in the address
    knop: str
    vraag: str
    gevolg: str
    klaar: str
    icoon: str
    doe: Callable[..., None]  # of loket.beheer: (actor, slug, versie, merk=...)
    standen: frozenset[VersieStand]


ACTIES = (
    Actie(
        "publiceren",
        "Publiceer",
        "Wilt u deze versie publiceren?",
        "Wie vanaf nu met het formulier begint, krijgt deze versie. Wie al bezig is, houdt de eigen versie.",
        "De versie is gepubliceerd. Nieuwe bezoekers krijgen deze versie.",
        "check",
        beheer.publish_versie,
        frozenset({VersieStand.CONCEPT}),
    ),
    Actie(
        "terugzetten",
        "Zet terug",
        "Wilt u deze versie terugzetten?",
        "Deze versie was eerder gepubliceerd, en een collega heeft haar toen bekeken. Wie vanaf nu begint, krijgt deze"
        " versie. Wie al bezig is, houdt de eigen versie.",
        "De versie is teruggezet. Nieuwe bezoekers krijgen deze versie.",
        "history",
        beheer.put_back,
        frozenset({VersieStand.VERVANGEN, VersieStand.INGETROKKEN}),
    ),
    Actie(
        "intrekken",
        "Trek in",
        "Wilt u dit formulier intrekken?",
        "Niemand kan het formulier dan nog beginnen. Wie al bezig is, kan het afmaken en versturen.",
        "Het formulier is ingetrokken. Niemand kan er nog mee beginnen.",
        "player-pause",
        beheer.withdraw_versie,
        frozenset({VersieStand.GEPUBLICEERD}),
    ),
    Actie(
        "weggooien",
        "Gooi weg",
        "Wilt u deze versie weggooien?",
        "De versie is nooit gepubliceerd. Daarna is de versie er niet meer.",
        "De versie is weggegooid.",
        "trash",
        beheer.delete_versie,
        frozenset({VersieStand.CONCEPT}),
    ),
)


def actions_for(versie: VersieRegel, eigen_key: str) -> tuple[Actie, ...]:
    """In the order of the page. Who made a version does not get the button that publishes it."""
    return tuple(
        een
        for een in ACTIES
        if versie.stand in een.standen
        and not (een.naam == "publiceren" and versie.gemaakt_door_key == eigen_key)
    )
