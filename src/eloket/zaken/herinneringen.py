"""Of what people are reminded, and when: rules that a functional manager sees and changes.

Here, because everybody who reminds (zaken, berichten, notifications, loket) stands on this floor or above it. Without a
row a rule is as the product has it. A rule never reminds twice of the same thing; that is up to who follows it.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from django.db import transaction

from eloket.identity.beheer import fingerprint, must_manage, note_beheer
from eloket.identity.errors import BeheerGewijzigd, BeheerOngeldig
from eloket.identity.types import Actor
from eloket.kernel.errors import NietGevonden
from eloket.kernel.getal import parse_heel_getal
from eloket.zaken.models import HerinneringsregelRij


class Herinnering(StrEnum):
    """What somebody is reminded of; the value names the rule in files and in the audit trail."""

    TAAK = "taak"
    FORMULIER = "formulier"
    ONGELEZEN = "ongelezen"
    ANDER_KANAAL = "ander_kanaal"


@dataclass(frozen=True, slots=True)
class Herinneringsregel:
    """`vraag` asks for `dagen`, which lies within `minst` and `meest`."""

    soort: Herinnering
    titel: str
    uitleg: str
    vraag: str
    is_aan: bool
    dagen: int
    minst: int
    meest: int

    @property
    def merk(self) -> str:
        """What a form was made from."""
        return fingerprint(self.soort, self.is_aan, self.dagen)

    @property
    def termijn(self) -> timedelta:
        return timedelta(days=self.dagen)


_REGELS = (
    Herinneringsregel(
        Herinnering.TAAK,
        "Wij wachten nog op iets",
        "De inwoner moet nog iets sturen voor een zaak. Wie pas kort geleden een vraag kreeg, krijgt geen herinnering.",
        "Hoeveel dagen voor de termijn?",
        is_aan=True,
        dagen=3,
        minst=1,
        meest=14,
    ),
    Herinneringsregel(
        Herinnering.FORMULIER,
        "Een formulier is nog niet verstuurd",
        "De inwoner begon met een formulier. Na 30 dagen zonder wijziging wordt dat verwijderd.",
        "Hoeveel dagen voor het verwijderen?",
        is_aan=True,
        dagen=7,
        minst=1,
        meest=21,
    ),
    Herinneringsregel(
        Herinnering.ONGELEZEN,
        "Iets is nog niet gelezen",
        "De inwoner heeft een bericht of een document van ons nog niet geopend.",
        "Hoeveel dagen na het versturen?",
        is_aan=False,
        dagen=7,
        minst=1,
        meest=30,
    ),
    Herinneringsregel(
        Herinnering.ANDER_KANAAL,
        "Iemand opent niets: een brief",
        "De inwoner heeft niets geopend van wat wij stuurden. Dan sturen wij een brief.",
        "Hoeveel dagen na het versturen?",
        is_aan=False,
        dagen=14,
        minst=3,
        meest=60,
    ),
)


def list_regels() -> tuple[Herinneringsregel, ...]:
    """All of them, as they are now. One query."""
    eigen = {soort: (is_aan, dagen) for soort, is_aan, dagen in _eigen()}
    return tuple(
        replace(een, is_aan=eigen[een.soort][0], dagen=eigen[een.soort][1]) if een.soort in eigen else een
        for een in _REGELS
    )


def get_regel(soort: Herinnering | str) -> Herinneringsregel:
    """One query. Raises NietGevonden."""
    gevonden = next((een for een in list_regels() if een.soort == soort), None)
    if gevonden is None:
        raise NietGevonden
    return gevonden


def save_regel(
    actor: Actor | None, soort: Herinnering | str, *, is_aan: bool, dagen: int | str, merk: str | None = None
) -> Herinneringsregel:
    """Change a rule; from the next round on it counts. Who was reminded already is not reminded again.

    Raises NietGevonden, BeheerOngeldig (no whole number, or out of bounds), BeheerGewijzigd.
    """
    must_manage(actor)
    with transaction.atomic():
        list(HerinneringsregelRij.objects.select_for_update().filter(soort=soort))
        oud = get_regel(soort)
        nieuw = replace(oud, is_aan=is_aan, dagen=_parse(dagen, oud))
        if nieuw == oud:
            return oud
        if merk is not None and merk != oud.merk:
            raise BeheerGewijzigd
        HerinneringsregelRij.objects.update_or_create(
            soort=oud.soort, defaults={"is_aan": nieuw.is_aan, "dagen": nieuw.dagen}
        )
        velden = [veld for veld in ("is_aan", "dagen") if getattr(oud, veld) != getattr(nieuw, veld)]
        note_beheer(actor, "herinnering.bewaard", f"herinnering:{oud.soort.value}", velden=", ".join(velden))
    return nieuw


def _parse(dagen: int | str, regel: Herinneringsregel) -> int:
    getal = parse_heel_getal(str(dagen).strip())
    if getal is None or not regel.minst <= getal <= regel.meest:
        raise BeheerOngeldig(
            {"dagen": f"Vul een aantal dagen in van {regel.minst} tot en met {regel.meest}."}
        )
    return getal


def _eigen() -> list[tuple[str, bool, int]]:
    return list(HerinneringsregelRij.objects.values_list("soort", "is_aan", "dagen"))
