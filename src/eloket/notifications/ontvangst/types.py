"""A receipt as plain values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from eloket.identity.niveaus import Zekerheid
from eloket.kernel.klok import schrijf_moment

VERSTUURD_DOOR = "Verstuurd door"


class OntvangstSoort(StrEnum):
    """What somebody sent us."""

    AANVRAAG = "aanvraag"  # what started a zaak: a form of the E-loket, or the counter
    BERICHT = "bericht"
    DOCUMENTEN = "documenten"
    ANTWOORD = "antwoord"  # in words, to a question of ours
    FORMULIER = "formulier"  # that we asked for, with a zaak that runs
    GEGEVENS = "gegevens"  # a change of contact details or preferences


@dataclass(frozen=True, slots=True)
class OntvangenBestand:
    """A file as it was received: `omvang` in bytes, `sha256` of exactly those bytes.

    `is_zonder_plaats`: we took out where the photo was made before we kept it, so the sum is that of what we keep.
    """

    naam: str = field(repr=False)
    omvang: int
    sha256: str
    is_zonder_plaats: bool = False


@dataclass(frozen=True, slots=True)
class OntvangstInzage:
    """What we received of somebody, when, and under which reference; it never changes.

    `middel` is the code of the login means, "" without login; `kanaal` how it came in (zaken.types.Kanaal).
    `onderwerp`: of the message, the title of the form, or what we had asked. `velden`: which contact details changed.
    """

    id: str
    kenmerk: str
    soort: OntvangstSoort | str  # a code that a later release wrote stays that code
    ontvangen_op: datetime
    middel: str
    kanaal: str
    zaak_ref: str
    zaaknummer: str
    zaak: str = field(repr=False)
    onderwerp: str = field(repr=False)
    bestanden: tuple[OntvangenBestand, ...] = field(repr=False)
    velden: tuple[str, ...]
    zekerheid: Zekerheid | None = None  # the level that its zaak was for when it came in
    # Who sent it for whom (Actor.verstuurd_door), "" when nobody acted for another, or of before it was kept.
    verstuurd_door: str = field(default="", repr=False)

    @property
    def wat(self) -> str:
        """`uw bericht`, `uw 2 documenten`: what was received, in the middle of a sentence."""
        if self.soort is not OntvangstSoort.DOCUMENTEN:
            return _WAT.get(self.soort, "wat u stuurde")
        aantal = len(self.bestanden)
        return "uw document" if aantal == 1 else f"uw {aantal} documenten"

    @property
    def zin(self) -> str:
        """The confirmation on screen: what, when, reference, and who sent it for whom."""
        zin = (
            f"Wij hebben {self.wat} ontvangen op {schrijf_moment(self.ontvangen_op)}. Kenmerk {self.kenmerk}."
        )
        if not self.verstuurd_door:
            return zin
        return f"{zin} {self.door_kop}: {self.verstuurd_door.removesuffix('.')}."

    @property
    def door_kop(self) -> str:
        """Before `verstuurd_door`."""
        return "Gewijzigd door" if self.soort is OntvangstSoort.GEGEVENS else VERSTUURD_DOOR


_WAT: dict[OntvangstSoort | str, str] = {
    OntvangstSoort.AANVRAAG: "uw aanvraag of melding",
    OntvangstSoort.BERICHT: "uw bericht",
    OntvangstSoort.ANTWOORD: "uw antwoord",
    OntvangstSoort.FORMULIER: "uw formulier",
    OntvangstSoort.GEGEVENS: "uw wijziging",
}
