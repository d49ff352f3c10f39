"""Files that are kept for a form until it is sent: they passed the intake, and stand in the storage like any other.

The caller owns `houder` and checks whose it is. Content that is held is never cleaned up; giving it up leaves it to the
clean-up of `service.ruim_op`.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from eloket.documenten.bron import hold_content
from eloket.documenten.formaten import formaat_van
from eloket.documenten.models import Vasthouding
from eloket.documenten.types import Controle, Klaar
from eloket.kernel.compiled import CompiledQuery


@dataclass(frozen=True, slots=True)
class Vastgehouden:
    """A file that is held: `plek` is the part of the form, `bestand` what can be linked to a zaak."""

    id: str
    plek: str
    bestand: Klaar = field(repr=False)
    controle: Controle


def hold(houder: str, plek: str, bestanden: tuple[Klaar, ...], moment: datetime) -> None:
    """Keep these prepared files, in the caller's transaction. The same content twice in one place is kept once; in two
    places it has one name, that of the first: it becomes one document, and both places name that.

    Raises BestandVerlopen.
    """
    for nummer, nieuw in enumerate(bestanden):
        bestand = _as_held(houder, nieuw)
        Vasthouding.objects.get_or_create(
            houder=houder,
            plek=plek,
            bestand=hold_content(bestand.sha256),
            defaults={
                "titel": bestand.titel,
                "bestandsnaam": bestand.naam,
                "formaat": bestand.formaat.code,
                "ontvangen_op": moment + timedelta(microseconds=nummer),  # in the order of the post
            },
        )


def _as_held(houder: str, bestand: Klaar) -> Klaar:
    eerder = Vasthouding.objects.filter(houder=houder, bestand__sha256=bestand.sha256)
    eerste = eerder.order_by("ontvangen_op", "id").values_list("bestandsnaam", "titel").first()
    return replace(bestand, naam=eerste[0], titel=eerste[1]) if eerste else bestand


_HELD = CompiledQuery(
    lambda houder: (
        Vasthouding.objects.filter(houder=houder)
        .order_by("ontvangen_op", "id")
        .values_list(
            "pk",
            "plek",
            "bestandsnaam",
            "titel",
            "formaat",
            "bestand__omvang",
            "bestand__sha256",
            "bestand__controle",
        )
    ),
    arguments=1,
)


def list_held(houder: str) -> tuple[Vastgehouden, ...]:
    """In the order in which they came. One query."""
    return tuple(
        Vastgehouden(
            id=str(pk),
            plek=plek,
            bestand=Klaar(naam=naam, titel=titel, formaat=formaat_van(formaat), omvang=omvang, sha256=sha256),
            controle=Controle(controle),
        )
        for pk, plek, naam, titel, formaat, omvang, sha256, controle in _HELD(houder)
    )


def release(houder: str, id: str = "") -> int:
    """Give up one file (`id`), or all of this holder. Says how many. An id that is none gives up nothing."""
    rijen = Vasthouding.objects.filter(houder=houder)
    if id:
        try:
            rijen = rijen.filter(pk=UUID(id))
        except ValueError:
            return 0
    return rijen.delete()[0]
