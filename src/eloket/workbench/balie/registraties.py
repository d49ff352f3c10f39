"""A registration that is not finished: kept in the encrypted session of the civil servant, never in a page or URL.

It outlives the session: who logs in again as the same person goes on with it.
"""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace

from django.http import HttpRequest

from eloket.identity.bewaard import get_lasting, keep_lasting
from eloket.identity.types import Partij, Soort
from eloket.kernel.tekst import one_line
from eloket.workbench.balie.invoer import WieInvoer, ZaakInvoer

_SLEUTEL = "balie"
_MEESTE = 5


@dataclass(frozen=True, slots=True)
class Registratie:
    """`id` is also the sleutel of the zaak: sending it twice makes one. `zaak_ref` is set when it was made."""

    id: str
    kanaal: str
    wie: str
    nummer: str = field(repr=False)
    vestiging: str = field(repr=False)
    register_naam: str = field(repr=False)  # '' when no register answered
    register_gegevens: str = field(default="", repr=False)  # to recognise them by
    naam: str = field(default="", repr=False)
    zaaktype: str = ""
    onderwerp: str = field(default="", repr=False)
    toelichting: str = field(default="", repr=False)
    zaak_ref: str = ""
    zaaknummer: str = ""

    @property
    def aanvrager(self) -> str:
        return self.register_naam or self.naam

    @property
    def partij(self) -> Partij:
        if self.wie == Soort.INWONER:
            return Partij.inwoner(self.nummer)
        return Partij.onderneming(self.nummer, self.vestiging)

    @property
    def is_ingevuld(self) -> bool:
        return bool(self.zaaktype and self.onderwerp and self.aanvrager)


def begin(
    request: HttpRequest, invoer: WieInvoer, partij: Partij, *, naam: str, gegevens: str
) -> Registratie:
    """A new one, for this party."""
    nieuw = Registratie(
        id=uuid.uuid4().hex,
        kanaal=invoer.kanaal,
        wie=partij.soort.value,
        nummer=partij.nummer,
        vestiging=partij.vestigingsnummer,
        register_naam=naam,
        register_gegevens=gegevens,
    )
    keep(request, nieuw)
    return nieuw


def fill_in(registratie: Registratie, invoer: ZaakInvoer) -> Registratie:
    return replace(
        registratie,
        naam=one_line(invoer.naam),
        zaaktype=invoer.zaaktype,
        onderwerp=one_line(invoer.onderwerp),
        toelichting=invoer.toelichting.strip(),
    )


def keep(request: HttpRequest, registratie: Registratie) -> None:
    """The latest five; once made, without the number of the person."""
    alles: dict[str, Mapping[str, str]] = {**get_lasting(request, _SLEUTEL)}
    alles.pop(registratie.id, None)
    alles[registratie.id] = asdict(registratie)
    keep_lasting(request, _SLEUTEL, dict(list(alles.items())[-_MEESTE:]))


def find(request: HttpRequest, registratie_id: str) -> Registratie | None:
    """None: never begun by this person, or too long ago."""
    gevonden = get_lasting(request, _SLEUTEL).get(registratie_id)
    if gevonden is None:
        return None
    return Registratie(**{veld.name: gevonden[veld.name] for veld in fields(Registratie)})
