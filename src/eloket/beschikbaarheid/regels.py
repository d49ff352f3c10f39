"""What a functional manager decides about outages: from how long a term is extended, and how long a page tells."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from eloket.beschikbaarheid.models import RegelWaarde
from eloket.identity.beheer import fingerprint, must_manage, note_beheer
from eloket.identity.errors import BeheerGewijzigd, BeheerOngeldig
from eloket.identity.types import Actor
from eloket.kernel.getal import parse_heel_getal


@dataclass(frozen=True, slots=True)
class Regel:
    """A number with its bounds; `eenheid` as in `Vul een aantal minuten in`."""

    sleutel: str
    titel: str
    uitleg: str
    eenheid: str
    standaard: int
    minst: int
    meest: int


REGELS = (
    Regel(
        "minimum_minuten",
        "Vanaf hoeveel minuten krijgen mensen langer de tijd?",
        "Duurde een storing korter? Dan verandert er geen termijn.",
        "minuten",
        standaard=60,
        minst=1,
        meest=1440,
    ),
    Regel(
        "aankondiging_dagen",
        "Hoeveel dagen van tevoren staat onderhoud op elke pagina?",
        "",
        "dagen",
        standaard=7,
        minst=1,
        meest=30,
    ),
    Regel(
        "nabericht_uren",
        "Hoeveel uur na een storing staat nog op elke pagina dat die er was?",
        "Vul 0 in als dat niet nodig is.",
        "uur",
        standaard=4,
        minst=0,
        meest=72,
    ),
)


@dataclass(frozen=True, slots=True)
class Regels:
    """The numbers as they count now."""

    minimum_minuten: int
    aankondiging_dagen: int
    nabericht_uren: int

    @property
    def merk(self) -> str:
        """What a form was made from."""
        return fingerprint(self.minimum_minuten, self.aankondiging_dagen, self.nabericht_uren)

    def waarden(self) -> dict[str, int]:
        return {een.sleutel: getattr(self, een.sleutel) for een in REGELS}


STANDAARD = Regels(**{een.sleutel: een.standaard for een in REGELS})


def get_regels() -> Regels:
    """One query."""
    eigen = dict(RegelWaarde.objects.values_list("sleutel", "waarde"))
    return Regels(**{sleutel: eigen.get(sleutel, waarde) for sleutel, waarde in STANDAARD.waarden().items()})


def save_regels(actor: Actor | None, wens: Mapping[str, int | str], *, merk: str | None = None) -> Regels:
    """Change what `wens` names. Outages that were looked at before stay as they are.

    Raises BeheerOngeldig (no whole number, or out of bounds), BeheerGewijzigd.
    """
    must_manage(actor)
    nieuw = _parse(wens)
    with transaction.atomic():
        list(RegelWaarde.objects.select_for_update().order_by("sleutel"))
        oud = get_regels()
        anders = {sleutel: waarde for sleutel, waarde in nieuw.items() if oud.waarden()[sleutel] != waarde}
        if not anders:
            return oud
        if merk is not None and merk != oud.merk:
            raise BeheerGewijzigd
        for sleutel, waarde in anders.items():
            RegelWaarde.objects.update_or_create(sleutel=sleutel, defaults={"waarde": waarde})
        note_beheer(actor, "storingsregels.bewaard", "storingsregels", velden=", ".join(sorted(anders)))
        return get_regels()


def _parse(wens: Mapping[str, int | str]) -> dict[str, int]:
    nieuw, fouten = {}, {}
    for een in REGELS:
        if een.sleutel not in wens:
            continue
        tekst = str(wens[een.sleutel]).strip()
        getal = parse_heel_getal(tekst)
        if getal is None or not een.minst <= getal <= een.meest:
            fouten[een.sleutel] = f"Vul een aantal {een.eenheid} in van {een.minst} tot en met {een.meest}."
        else:
            nieuw[een.sleutel] = getal
    if fouten:
        raise BeheerOngeldig(fouten)
    return nieuw
