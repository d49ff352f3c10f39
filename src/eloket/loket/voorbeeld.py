"""Trying a form out, as each kind of visitor: the same steps and the same rules, and nothing is kept anywhere.

What was typed travels along with the page as JSON. Files are never taken in: the name of one stands for it. What the
registers would know of a person is invented here.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from eloket.loket.formulier.basis import Bestand, Invoer, Omgeving, VeldBasis, Vooraf, Wie, clean
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.doorloop import Doorloop, StapStand, doorloop
from eloket.loket.formulier.samengesteld import BestandVeld
from eloket.loket.stapinvoer import Knop, put_in, read_typed
from eloket.loket.vullen import make_inputs

MEESTE = 200_000  # characters of what travels along
_ADRES = ("Voorbeeldstraat 1", "1234 AB", "Voorbeeldstad")
_BEKEND: Mapping[Wie, Mapping[Vooraf, str | tuple[str, str, str]]] = {
    Wie.INWONER: {
        Vooraf.EMAIL: "voorbeeld@example.nl",
        Vooraf.TELEFOON: "06 12345678",
        Vooraf.NAAM: "A. Voorbeeld",
        Vooraf.GEBOORTEDATUM: "1980-01-31",
        Vooraf.ADRES: _ADRES,
        Vooraf.BSN: "999990019",  # nobody's: a number for tests
    },
    Wie.ONDERNEMING: {
        Vooraf.EMAIL: "voorbeeld@example.nl",
        Vooraf.TELEFOON: "06 12345678",
        Vooraf.HANDELSNAAM: "Voorbeeld B.V.",
        Vooraf.KVK: "12345678",
        Vooraf.BEDRIJFSADRES: _ADRES,
    },
    Wie.ANONIEM: {},
}


@dataclass(frozen=True, slots=True)
class Voorbeeld:
    """A form as it stands in a preview. `bezocht` are the steps that were done."""

    definitie: Definitie
    invoer: Invoer = field(repr=False)
    bezocht: frozenset[str]
    omgeving: Omgeving = field(repr=False)
    loop: Doorloop

    @property
    def volgende(self) -> StapStand | None:
        return self.loop.volgende(self.bezocht)


def begin_voorbeeld(definitie: Definitie, wie: Wie, vandaag: date) -> Voorbeeld:
    """As the visitor would find it: filled in with what is invented."""
    invoer = {naam: w for eigen in _known(definitie, wie).values() for naam, w in eigen.items()}
    return work_out_voorbeeld(definitie, wie, vandaag, invoer, frozenset())


def work_out_voorbeeld(
    definitie: Definitie, wie: Wie, vandaag: date, invoer: Invoer, bezocht: frozenset[str]
) -> Voorbeeld:
    vaste = {veld.id for veld in _fields(definitie) if veld.alleen_lezen}
    omgeving = Omgeving(
        wie=wie,
        vandaag=vandaag,
        bestanden=_files(definitie, invoer),
        vast={naam: eigen for naam, eigen in _known(definitie, wie).items() if naam in vaste},
    )
    return Voorbeeld(definitie, invoer, bezocht, omgeving, doorloop(definitie, invoer, omgeving))


def post_stap(nu: Voorbeeld, stap: StapStand, getypt: Invoer, knop: Knop) -> Voorbeeld:
    """The same as keeping a step (`service.save_stap`), without keeping it."""
    samen = put_in(stap, nu.invoer, read_typed(stap, getypt, nu.invoer, knop))
    samen |= _chosen_files(nu, stap, getypt, knop)
    bezocht = nu.bezocht | {stap.stap.id} if knop.is_klaar else nu.bezocht
    return work_out_voorbeeld(nu.definitie, nu.omgeving.wie, nu.omgeving.vandaag, samen, bezocht)


def to_text(invoer: Invoer) -> str:
    return json.dumps({naam: list(waarden) for naam, waarden in invoer.items()}, ensure_ascii=False)


def parse_text(tekst: str) -> dict[str, list[str]]:
    """What `to_text` wrote; what anybody made of it since is left out."""
    try:
        gelezen = json.loads(tekst) if 0 < len(tekst) <= MEESTE else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(gelezen, dict):
        return {}
    return {
        naam: waarden
        for naam, waarden in gelezen.items()
        if isinstance(waarden, list) and all(isinstance(een, str) for een in waarden)
    }


def list_examples(definitie: Definitie, wie: Wie, stap: StapStand) -> tuple[str, ...]:
    """The labels of the fields of this step that are filled in with something invented."""
    bekend = _known(definitie, wie)
    velden = (stand.veld for stand in stap.velden if stand.is_zichtbaar)
    return tuple(veld.label for veld in velden if isinstance(veld, VeldBasis) and veld.id in bekend)


def _known(definitie: Definitie, wie: Wie) -> dict[str, Invoer]:
    bekend = _BEKEND[wie]
    return {
        veld.id: make_inputs(veld, bekend[veld.vooraf])
        for veld in _fields(definitie)
        if veld.vooraf is not None and veld.vooraf in bekend
    }


def _fields(definitie: Definitie) -> Iterator[VeldBasis]:
    return (veld for _, veld in definitie.velden() if isinstance(veld, VeldBasis))


def _files(definitie: Definitie, invoer: Invoer) -> dict[str, tuple[Bestand, ...]]:
    return {
        veld.id: tuple(
            Bestand(f"{veld.id}_{nummer}", naam, 0) for nummer, naam in enumerate(invoer.get(veld.id, ()))
        )
        for _, veld in definitie.velden()
        if isinstance(veld, BestandVeld)
    }


def _chosen_files(nu: Voorbeeld, stap: StapStand, getypt: Invoer, knop: Knop) -> dict[str, list[str]]:
    """Per field the names of files: those there were, without the one taken away, and those that were chosen. The form
    of a preview sends no content, so that the name is all there is."""
    uit = {}
    for stand in stap.velden:
        veld = stand.veld
        if isinstance(veld, BestandVeld):
            weg = knop.plek if knop.wat == "bestand-weg" else ""
            klaar = [een.naam for een in nu.omgeving.bestanden[veld.id] if een.id != weg]
            erbij = [clean(naam).strip()[:200] for naam in getypt.get(veld.id, ())]
            uit[veld.id] = [*klaar, *(naam for naam in erbij if naam)][:50]
    return uit
