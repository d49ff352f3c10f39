"""`eloket uitnodigen`: a link with which a civil servant sets up a local account; how the first manager gets in."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from eloket.identity.access import get_medewerker_by_subject
from eloket.identity.lokaal import uitnodigen
from eloket.identity.lokaal.instelling import is_on
from eloket.kernel.errors import NietToegestaan


class Command(BaseCommand):
    help = (
        "Maak een link waarmee een medewerker een lokaal account inricht, of een nieuw wachtwoord kiest. De link werkt "
        "48 uur en één keer, en een eerdere link werkt niet meer. Voeg de medewerker eerst toe met eloket medewerker."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("subject", help="de inlognaam van de medewerker")
        parser.add_argument(
            "--opnieuw",
            action="store_true",
            help="wachtwoord, tweede stap, herstelcodes en sessies vervallen meteen",
        )

    def handle(self, *_args: Any, subject: str, opnieuw: bool, **_options: Any) -> None:
        if not is_on():
            raise CommandError("Er zijn hier geen lokale accounts: zet ELOKET_LOKALE_ACCOUNTS=ja.")
        wie = get_medewerker_by_subject(subject)
        if wie is None:
            raise CommandError(
                "Deze medewerker is er niet, of is niet actief. Zie: eloket medewerker --help."
            )
        maak = uitnodigen.reset_second_step if opnieuw else uitnodigen.invite
        try:
            token = maak(None, wie.id)
        except NietToegestaan as error:
            raise CommandError(error.tekst) from error
        pad = reverse("werkplek-uitnodiging", args=[token])
        self.stdout.write(f"{settings.ELOKET.base_url.rstrip('/')}{pad}")
