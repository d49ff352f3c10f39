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
from eloket.zaken.types import Zaak

_SLEUTEL = "balie"
_MEESTE = 5


@dataclass(frozen=True, slots=True)
class Registratie:
    """`id` is also the sleutel of the zaak: sending it twice makes one. `zaak_ref` is set when it was made. What was
    typed stays what was typed: `niet_in_zaak` is the part of it that came too late.
    """

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
    # What the zaak holds: another than what was typed, when that was changed after it was made.
    zaak_naam: str = field(default="", repr=False)
    zaak_zaaktype: str = ""
    zaak_onderwerp: str = field(default="", repr=False)
    zaak_toelichting: str = field(default="", repr=False)

    @property
    def aanvrager(self) -> str:
        return self.register_naam or self.naam

    @property
    def partij(self) -> Partij:
        if self.wie == Soort.INWONER:
            return Partij.inwoner(self.nummer)
        return Partij.onderneming(self.nummer, self.vestiging)

    @property
    def niet_in_zaak(self) -> tuple[tuple[str, str], ...]:
        """What was typed and is not in the zaak that was made: what it is called, and the text."""
        if not self.zaak_ref:
            return ()
        regels = (
            ("Aanvrager", self.aanvrager, self.zaak_naam),
            ("Soort zaak", self.zaaktype, self.zaak_zaaktype),
            ("Onderwerp", self.onderwerp, self.zaak_onderwerp),
            ("Toelichting van de aanvrager", self.toelichting, self.zaak_toelichting),
        )
        return tuple((naam, getypt) for naam, getypt, in_zaak in regels if getypt != in_zaak)

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


def finish(registratie: Registratie, zaak: Zaak) -> Registratie:
    """It was made, now or before: from here on without the number of the person."""
    return replace(
        registratie,
        nummer="",
        vestiging="",
        register_gegevens="",
        zaak_ref=str(zaak.ref),
        zaaknummer=zaak.identificatie,
        zaak_naam=zaak.initiator.naam if zaak.initiator else "",
        zaak_zaaktype=zaak.zaaktype,
        zaak_onderwerp=zaak.omschrijving,
        zaak_toelichting=zaak.toelichting,
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
    bekend = (veld.name for veld in fields(Registratie))
    return Registratie(**{naam: gevonden[naam] for naam in bekend if naam in gevonden})
