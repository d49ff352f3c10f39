"""What the demo shows of the end of a zaak: a list that was carried out, and one that waits for a colleague."""

from uuid import UUID

from eloket.archief import service as lijsten
from eloket.archief import stoppen
from eloket.archief.queries import get_lijst
from eloket.archief.uitvoeren import destroy_approved
from eloket.audit.verzegelen import seal_waiting
from eloket.identity.types import Actor
from eloket.kernel.klok import nu
from eloket.ops.demo.draaiboek import DemoZaak, Stap
from eloket.ops.demo.mensen import FATIMA

MAKER, GOEDKEURDER = "mila.jansen", "ines.meijer"
# Before any other zaak of the demo is due.
DAG_OUD, DAG_NIEUW = -1290, -2
_EXTRA = 3  # zaken that stay due, for who wants to make a list
VERNIETIGD = tuple(
    DemoZaak(
        FATIMA,
        "MOR",
        omschrijving=f"Melding openbare ruimte: {wat}",
        start=start,
        lijn=(Stap(start + 2, 2), Stap(start + duur, 3, resultaat="Opgelost")),
        brief=False,
    )
    for wat, start, duur in (
        ("kapotte prullenbak Kerkplein", -1810, 9),
        ("losse tegel bij de bushalte", -1790, 6),
        ("straatlamp Beukenstraat", -1760, 15),
    )
)


def carry_out_old(medewerkers: dict[str, Actor]) -> None:
    """One makes it, another approves it, and the worker destroys."""
    lijst = lijsten.make_lijst(medewerkers[MAKER], sleutel="demo-oud")
    _offer(medewerkers, lijst)
    lijsten.approve(medewerkers[GOEDKEURDER], lijst, versie=get_lijst(lijst).versie, is_nagekeken=True)
    seal_waiting(nu())
    destroy_approved(nu())


def offer_new(medewerkers: dict[str, Actor]) -> None:
    """A list that waits; some zaken were taken off, and one of those has a stop."""
    maker = medewerkers[MAKER]
    lijst = lijsten.make_lijst(maker, sleutel="demo-nieuw")
    eraf = get_lijst(lijst).regels[-_EXTRA:]
    lijsten.take_off(
        maker,
        lijst,
        [regel.id for regel in eraf],
        reden="De afdeling gebruikt deze zaken nog voor een onderzoek.",
    )
    stoppen.set_stop(
        maker, zaaknummer=eraf[0].zaaknummer, reden="Er loopt een beroep bij de rechtbank over deze zaak."
    )
    _offer(medewerkers, lijst)


def _offer(medewerkers: dict[str, Actor], lijst: UUID) -> None:
    lijsten.offer(medewerkers[MAKER], lijst, versie=get_lijst(lijst).versie)
