"""`eloket verantwoording`: what happened to every notification of a period, and what cannot be explained."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eloket.kernel.klok import begin_van, nu, schrijf_moment, vandaag
from eloket.notifications.types import Uitkomst
from eloket.notifications.verantwoorden.verantwoording import Verantwoording, make_verantwoording

_REDENEN: dict[Uitkomst | str, str] = {
    Uitkomst.GEEN_ADRES: "geen bevestigd e-mailadres bekend",
    Uitkomst.NIET_GEKOZEN: "de ontvanger koos niet voor deze e-mails",
    Uitkomst.ADRES_KAPOT: "het e-mailadres werkt niet",
    Uitkomst.ZELFDE_ADRES: "een andere e-mail gaat naar hetzelfde adres",
    Uitkomst.INGEHAALD: "al geopend voordat de e-mail weg moest",
}


class Command(BaseCommand):
    help = (
        "Verantwoord elke notificatie van een periode: verstuurd, bezorgd, geopend, of waarom niet. De uitslag noemt "
        "nooit een naam of adres. Eindigt met code 1 als iets niet te verklaren is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--vanaf", type=_dag, help="eerste dag (2026-11-01); standaard: een week geleden")
        parser.add_argument("--tot-en-met", type=_dag, help="laatste dag; standaard: vandaag")

    def handle(self, *_args: Any, vanaf: date | None, tot_en_met: date | None, **_options: Any) -> None:
        laatste = tot_en_met or vandaag()
        eerste = vanaf or laatste - timedelta(days=7)
        if laatste < eerste:
            raise CommandError("--tot-en-met ligt voor --vanaf. Geef eerst de vroegste dag.")
        verslag = make_verantwoording(begin_van(eerste), min(begin_van(laatste + timedelta(days=1)), nu()))
        for regel in write_verslag(verslag):
            self.stdout.write(regel)
        if not verslag.is_volledig:
            raise CommandError("Niet alles is verklaard. Kijk in docs/operations.md wat u nu kunt doen.")


def write_verslag(verslag: Verantwoording) -> Iterator[str]:
    """The account, a line at a time."""
    yield f"Verantwoording van {schrijf_moment(verslag.van)} tot {schrijf_moment(verslag.tot)}"
    yield f"  notificaties                 {verslag.notificaties}"
    yield f"    geopend door de ontvanger  {verslag.geopend}"
    yield f"    nog onderweg               {verslag.wachtend}"
    yield f"    zonder e-mail              {sum(verslag.zonder_mail.values())}"
    for uitkomst, aantal in verslag.zonder_mail.items():
        yield f"      {aantal:>6}  {_REDENEN.get(uitkomst, uitkomst)}"
    yield f"  e-mails                      {verslag.mails}"
    yield f"    verstuurd                  {verslag.verzonden}, in {verslag.pogingen} pogingen"
    yield f"      bezorging gemeld         {verslag.bezorgd}"
    yield f"      teruggekomen             {verslag.teruggekomen}"
    yield f"    mislukt                    {verslag.mislukt}"
    yield f"    mogelijk dubbel verstuurd  {verslag.zonder_eind}  (een worker stopte tijdens een poging)"
    yield f"  brieven                      {verslag.brieven}, waarvan op de post {verslag.brieven_op_post}"
    for gat in verslag.gaten:
        yield f"NIET VERKLAARD  {gat.aantal} {gat.wat}: {', '.join(gat.voorbeelden)}"
    if verslag.is_volledig:
        yield "Alles is verklaard."


def _dag(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst)
    except ValueError as error:
        raise ArgumentTypeError(
            f"‘{tekst}’ is geen datum. Geef jaar-maand-dag, bijvoorbeeld 2026-11-03."
        ) from error
