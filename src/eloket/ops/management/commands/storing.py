"""`eloket storing`: record that something does not work, that it works again, or that it will not."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eloket.beschikbaarheid import service
from eloket.beschikbaarheid.errors import GeenOnderbreking, TijdOngeldig
from eloket.beschikbaarheid.queries import list_gaande, list_onderbrekingen
from eloket.beschikbaarheid.tijden import VOORBEELD, parse_moment
from eloket.beschikbaarheid.types import OnderbrekingInzage, Soort, Wat
from eloket.identity.errors import BeheerOngeldig
from eloket.kernel.klok import nu, schrijf_moment, vandaag

_VELDEN = {"begin": "--vanaf", "eind": "--tot", "reden": "--reden"}


class Command(BaseCommand):
    help = (
        "Leg vast dat iets niet werkt. Inwoners zien dat op elke pagina, en krijgen zo nodig langer de tijd."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "wat_te_doen",
            choices=["begin", "einde", "plan", "lijst"],
            help="begin: het werkt niet; einde: het werkt weer; plan: kondig onderhoud aan; lijst: wat er was",
        )
        parser.add_argument("--wat", choices=[een.value for een in Wat], help="wat er niet werkt")
        parser.add_argument("--reden", default="", help="wat inwoners lezen, in een of twee korte zinnen")
        tijd = f"in Nederlandse tijd: '{VOORBEELD}', of '14:30' voor vandaag"
        parser.add_argument("--vanaf", default="", help=f"{tijd}; standaard: nu")
        parser.add_argument("--tot", default="", help=f"{tijd}; standaard: nu")

    def handle(self, *_args: Any, **options: Any) -> None:
        doe: Callable[..., None] = getattr(self, f"_{options['wat_te_doen']}")
        if options["wat_te_doen"] == "lijst":
            self._lijst()
            return
        if not options["wat"]:
            raise CommandError(f"Geef met --wat wat er niet werkt: {', '.join(een.value for een in Wat)}.")
        try:
            doe(
                Wat(options["wat"]),
                options["reden"],
                _moment("--vanaf", options["vanaf"]),
                _moment("--tot", options["tot"]),
            )
        except BeheerOngeldig as error:
            regels = [f"{_VELDEN.get(veld, veld)}: {tekst}" for veld, tekst in error.fouten.items()]
            raise CommandError("\n".join(regels)) from error
        except GeenOnderbreking as error:
            raise CommandError(error.tekst) from error

    def _begin(self, wat: Wat, reden: str, vanaf: datetime | None, tot: datetime | None) -> None:
        if tot is not None:
            raise CommandError(
                "--tot hoort bij einde en plan. Is het al voorbij? Geef dan eerst begin, en daarna einde."
            )
        self._write(service.start(None, wat=wat, reden=reden, vanaf=vanaf))

    def _einde(self, wat: Wat, reden: str, vanaf: datetime | None, tot: datetime | None) -> None:
        if reden or vanaf is not None:
            raise CommandError(
                "Bij einde kunt u alleen --wat en --tot geven. Wijzigen kan in de werkplek, bij Storingen."
            )
        self._write(service.einde(None, wat=wat, tot=tot))

    def _plan(self, wat: Wat, reden: str, vanaf: datetime | None, tot: datetime | None) -> None:
        if vanaf is None or tot is None:
            raise CommandError("Geef met --vanaf en --tot wanneer het onderhoud is.")
        self._write(service.plan(None, wat=wat, reden=reden, begin=vanaf, eind=tot))

    def _lijst(self) -> None:
        laatste = list_onderbrekingen(limit=50)
        gevonden = (*laatste, *(een for een in list_gaande(nu()) if een not in laatste))
        for een in gevonden:
            self._write(een)
        if not gevonden:
            self.stdout.write("Er zijn geen storingen of onderhoud bekend.")

    def _write(self, een: OnderbrekingInzage) -> None:
        soort = "Onderhoud" if een.soort is Soort.ONDERHOUD else "Storing"
        eind = schrijf_moment(een.eind) if een.eind else "nu nog"
        reden = f" {een.reden}" if een.reden else ""
        self.stdout.write(
            f"{soort}, {een.wat.value}: {schrijf_moment(een.begin)} tot {eind} ({een.herkomst.value}).{reden}"
        )


def _moment(optie: str, tekst: str) -> datetime | None:
    try:
        return parse_moment(tekst, vandaag()) if tekst else None
    except TijdOngeldig as error:
        raise CommandError(f"{optie}: {error.tekst}") from error
