"""`eloket medewerker`: let a civil servant in at the werkplek, change them, or shut them out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eloket.identity.beheer import save_medewerker
from eloket.identity.errors import AfdelingOnbekend, BeheerOngeldig, LaatsteBeheerder
from eloket.identity.types import Recht


class Command(BaseCommand):
    help = (
        "Voeg een medewerker toe of wijzig die. Wat u noemt, vervangt alles wat de medewerker had: ook de rechten, de "
        "afdelingen en de zaaktypen die u niet noemt. Open sessies van de medewerker eindigen meteen."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("subject", help="de waarde van 'sub' die de inlogdienst voor medewerkers stuurt")
        parser.add_argument("naam", help="de naam die collega's en inwoners zien")
        parser.add_argument("--functie", default="", help="bijvoorbeeld: behandelaar")
        parser.add_argument("--afdeling", action="append", default=[], help="code; mag vaker voorkomen")
        parser.add_argument(
            "--recht",
            action="append",
            choices=[recht.value for recht in Recht],
            help="mag vaker voorkomen; standaard: behandelen",
        )
        parser.add_argument(
            "--zaaktype",
            action="append",
            default=[],
            help="ziet alleen zaken van dit zaaktype; mag vaker voorkomen; standaard: alle van de afdelingen",
        )
        parser.add_argument(
            "--vast",
            action="store_true",
            help="de groepen van de inlogdienst veranderen deze medewerker niet: voor als die groepen niet kloppen",
        )
        parser.add_argument("--inactief", action="store_true", help="mag niet meer inloggen")

    def handle(self, *_args: Any, **options: Any) -> None:
        rechten = [Recht(recht) for recht in options["recht"] or (Recht.BEHANDELEN,)]
        try:
            is_nieuw = save_medewerker(
                subject=options["subject"],
                naam=options["naam"],
                functie=options["functie"],
                afdelingen=options["afdeling"],
                is_actief=not options["inactief"],
                rechten=rechten,
                zaaktypen=options["zaaktype"],
                is_vast=options["vast"],
            )
        except (AfdelingOnbekend, BeheerOngeldig, LaatsteBeheerder) as error:
            raise CommandError(error.tekst) from error
        self.stdout.write("Medewerker toegevoegd." if is_nieuw else "Medewerker gewijzigd.")
        for wat, welke in (("Rechten", rechten), ("Afdelingen", options["afdeling"])):
            self.stdout.write(f"{wat}: {', '.join(sorted(welke)) or 'geen'}.")
