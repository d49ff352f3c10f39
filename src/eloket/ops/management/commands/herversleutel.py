"""`eloket herversleutel`: bring what is stored under the newest secret, and say what is left."""

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from eloket.audit.verzegeld import ketens
from eloket.documenten import herversleutelen as bestanden
from eloket.documenten.herversleutelen import Ronde
from eloket.identity.models import Sessie
from eloket.identity.sessie import renew_inhoud
from eloket.kernel.herversleutelen import Tabel, count_over, list_tabellen, rewrite

_MELD_ELKE = 1_000


class Command(BaseCommand):
    help = (
        "Versleutel alles wat er nog niet onder staat met het nieuwste geheim. Mag naast het loket draaien, en na "
        "afbreken opnieuw. De uitslag noemt nooit een naam of titel."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--proef", action="store_true", help="zeg alleen hoeveel er over is; verander niets"
        )

    def handle(self, *_args: Any, proef: bool, **_options: Any) -> None:
        over = self._tables(proef=proef) + self._files(proef=proef)
        self.stdout.write(f"Over onder een ouder geheim: {over}.")
        if over:
            # A non-zero exit code, so that nobody takes a secret out too early.
            raise CommandError(
                "Neem het oude geheim er pas uit als hier 0 staat. Zie docs/operations.md, Secrets."
            )
        self.stdout.write("Alles staat onder het nieuwste geheim: het oude mag eruit.")

    def _tables(self, *, proef: bool) -> int:
        """How many rows are left."""
        over = 0
        for tabel in _tabellen():
            stand = count_over(tabel) if proef else rewrite(tabel)
            regel = f"{tabel.naam}: {stand.rijen} rijen, {stand.gedaan} herversleuteld, {stand.over} over"
            self.stdout.write(regel + (f", {stand.onleesbaar} onleesbaar" if stand.onleesbaar else ""))
            over += stand.over
        return over

    def _files(self, *, proef: bool) -> int:
        """How many files are left."""
        if not proef:
            ronde = bestanden.rewrite_files(self._meld)
            self.stdout.write(f"bestanden: {ronde.gedaan} herversleuteld, {ronde.mislukt} mislukt")
        over = bestanden.count_over()
        for naam, aantal in over.items():
            self.stdout.write(
                f"bestanden: {aantal} over " + (f"onder {naam}" if naam else "zonder versleuteling")
            )
        return sum(over.values())

    def _meld(self, ronde: Ronde) -> bool:
        if ronde.gedaan and ronde.gedaan % _MELD_ELKE == 0:
            self.stdout.write(f"bestanden: {ronde.gedaan} herversleuteld ...")
        return True


def _tabellen() -> Iterator[Tabel]:
    """Of what is proof only sealed rows: the guards let those through, and the seal tells if the text changed."""
    bewijs = ketens()
    for tabel in list_tabellen():
        yield replace(tabel, mag=Q(zegel__isnull=False)) if tabel.naam in bewijs else tabel
    yield Tabel("identity_sessie", Sessie.objects, ("inhoud",), renew_inhoud)
