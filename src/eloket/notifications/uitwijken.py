"""Connects what fails to what takes over: a refused mail, and an address that was mended."""

from eloket.kernel import events
from eloket.notifications.contact.service import on_adres_hersteld
from eloket.notifications.events import ZendingMislukt
from eloket.notifications.retour.verwerken import on_zending_mislukt
from eloket.profile.events import AdresHersteld


def connect() -> None:
    """Called once, by config.wiring."""
    events.subscribe(ZendingMislukt, on_zending_mislukt)
    events.subscribe(AdresHersteld, on_adres_hersteld)
