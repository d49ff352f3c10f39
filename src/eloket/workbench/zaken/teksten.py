"""Text templates in the forms of a zaak: which are offered, and how one lands in a field. Pure: no I/O."""

from collections.abc import Sequence

from eloket.identity.types import Actor
from eloket.zaken.sjablonen import vul_in
from eloket.zaken.types import StatusType, Zaak
from eloket.zaken.werk import Sjabloon, SjabloonSoort


def kies(sjablonen: Sequence[Sjabloon], soort: SjabloonSoort, *, stap: int = 0) -> tuple[Sjabloon, ...]:
    """Those of one kind; of STATUS only those of this step, or of any."""
    return tuple(een for een in sjablonen if een.soort is soort and (not stap or een.volgnummer in {0, stap}))


def opties(sjablonen: Sequence[Sjabloon]) -> list[tuple[str, str]]:
    """For a select."""
    return [("", "Kies een standaardtekst"), *((str(een.id), een.titel) for een in sjablonen)]


def zet_klaar(sjablonen: Sequence[Sjabloon], gekozen: str, getypt: str, zaak: Zaak, actor: Actor) -> str:
    """The chosen template in the field, below what was typed: that is never lost."""
    sjabloon = next((een for een in sjablonen if str(een.id) == gekozen), None)
    if sjabloon is None:
        return getypt
    tekst = vul_in(sjabloon.tekst, zaak, actor)
    if not getypt.strip() or getypt.strip() == tekst.strip():
        return tekst
    return f"{getypt.rstrip()}\n\n{tekst}"


def statustekst(sjablonen: Sequence[Sjabloon], status: StatusType, zaak: Zaak, actor: Actor) -> str:
    """What the field with the text of a status begins with: the template of this step, else its fixed text."""
    eigen = next((een for een in sjablonen if een.volgnummer == status.volgnummer), None)
    return vul_in(eigen.tekst, zaak, actor) if eigen else status.statustekst
