"""`eloket csp-meldingen`: what browsers told that the content security policy stopped."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from eloket.kernel.klok import schrijf_moment
from eloket.ops.csp.tellen import list_meldingen
from eloket.ops.models import CspMelding


class Command(BaseCommand):
    help = (
        "Toont wat browsers de afgelopen 30 dagen tegenhielden op onze pagina's, het meeste bovenaan. "
        "Wat extensies van browsers doen, staat apart."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        for regel in write_overzicht(list_meldingen(uitbreidingen=False), list_meldingen(uitbreidingen=True)):
            self.stdout.write(regel)


def write_overzicht(eigen: tuple[CspMelding, ...], ruis: tuple[CspMelding, ...]) -> Iterator[str]:
    """A line per kind of report; of extensions only how many."""
    if not eigen:
        yield "Geen meldingen over onze pagina's."
    for een in eigen:
        yield (
            f"{een.aantal:>7}x  {een.richtlijn}  geblokkeerd: {een.geblokkeerd or '-'}  bron: {een.bron or '-'}  "
            f"pagina: {een.route or '-'}  browser: {een.browser}  laatst: {schrijf_moment(een.laatst)}"
        )
    if ruis:
        yield f"{sum(een.aantal for een in ruis):>7}x  door extensies van browsers: daar hoeft u niets aan te doen."
