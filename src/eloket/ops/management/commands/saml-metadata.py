"""`eloket saml-metadata CODE`: what a provider must know of a means that is connected by SAML."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eloket.identity.middelen import get_middel
from eloket.identity.saml.koppeling import metadata_url


class Command(BaseCommand):
    help = "Maak de ondertekende metadata van een inlogmiddel met SAML, om bij de inlogdienst aan te melden."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="de code van het middel in ELOKET_MIDDELEN_BESTAND")
        parser.add_argument("--uit", type=Path, help="schrijf naar dit bestand, en niet op het scherm")

    def handle(self, *_args: Any, code: str, uit: Path | None, **_options: Any) -> None:
        middel = get_middel(code)
        if middel is None or middel.saml is None:
            raise CommandError(f"Het middel {code} is er niet, of heeft geen type saml.")
        from eloket.identity.saml.metadata import make_metadata  # noqa: PLC0415 - of the extra, which is there now

        inhoud = make_metadata(middel.code, middel.saml)
        if uit is None:
            self.stdout.write(inhoud.decode())
            return
        uit.write_bytes(inhoud)
        self.stdout.write(f"Geschreven: {uit.name}. Het staat ook op {metadata_url(code)}")
