"""What a zaak and the rest of an export have in common: receipts, notifications, and who looked."""

from collections.abc import Collection

from eloket.export.types import Gegevens
from eloket.identity.types import Actor
from eloket.inzage import eigen
from eloket.inzage.eigen import InzageRegel, Onderwerp
from eloket.notifications.ontvangst.pdf import schrijf_velden, titel_van
from eloket.notifications.ontvangst.types import OntvangstInzage
from eloket.notifications.verantwoorden.levensloop import Levensloop

_PER_KEER = 500


def ontvangst(een: OntvangstInzage) -> Gegevens:
    """A receipt: what we received, when, of whom for whom, under which reference."""
    return {
        "kenmerk": een.kenmerk,
        "soort": titel_van(een.soort),
        "ontvangenOp": een.ontvangen_op,
        "verstuurdDoor": een.verstuurd_door,
        "onderwerp": een.onderwerp,
        "gewijzigd": schrijf_velden(een.velden),
        "bestanden": [
            {"bestandsnaam": bestand.naam, "bestandsomvang": bestand.omvang, "sha256": bestand.sha256}
            for bestand in een.bestanden
        ],
    }


def tell_notificatie(een: Levensloop) -> Gegevens:
    """What we told the person by mail or letter, and what became of it."""
    return {
        "titel": een.titel,
        "gemaaktOp": een.gemaakt_op,
        "stand": een.stand.value,
        "verloop": [{"moment": stap.moment, "omschrijving": stap.tekst} for stap in een.stappen],
    }


def inzage_van(actor: Actor, onderwerp: Onderwerp, *, titels: Collection[str]) -> list[Gegevens]:
    """Who did what with these data, the last day first, all of it: by function, without names (ADR 11). A document is
    named when its title is one of `titels`: another's is not told."""
    regels: list[Gegevens] = []
    while True:
        deel = eigen.list_regels(actor, onderwerp, eigen.ALLES, offset=len(regels), limit=_PER_KEER)
        regels += [_regel(een, titels) for een in deel]
        if len(deel) < _PER_KEER:
            return regels


def _regel(een: InzageRegel, titels: Collection[str]) -> Gegevens:
    return {
        "dag": een.dag,
        "wie": een.wie,
        "wat": een.wat,
        "document": een.document if een.document in titels else "",
        "aantalKeer": een.aantal,
        "eersteKeer": een.eerste,
        "laatsteKeer": een.laatste,
    }
