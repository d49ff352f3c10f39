"""The one place that picks an adapter for each port and connects events to those who listen."""

from django.conf import settings

from eloket.berichten import verhuizen
from eloket.berichten import weghalen as berichten_weghalen
from eloket.config import huisstijl
from eloket.documenten import service as documenten
from eloket.documenten.bron import EmbeddedDocumentBron
from eloket.documenten.scanner import Clamd
from eloket.export import weghalen as export_weghalen
from eloket.identity import middelen
from eloket.identity import service as identity
from eloket.identity.simulatie import personas
from eloket.loket import adressen
from eloket.loket import verlengen as formulieren_verlengen
from eloket.loket import weghalen as formulieren_weghalen
from eloket.notifications import handlers as notifications
from eloket.notifications import ontvangst, uitwijken
from eloket.notifications import weghalen as meldingen_weghalen
from eloket.notifications.mail import mailteksten
from eloket.ops.demo.personas import adressen_bestand, demo_personas, personen_bestand
from eloket.profile import contactpersonen
from eloket.profile import service as profile
from eloket.profile.ports import PersonenBron
from eloket.sources.adressen.embedded import EmbeddedAdresBron
from eloket.sources.personen.embedded import EmbeddedPersonenBron
from eloket.sources.personen.niet_aangesloten import NietAangesloten
from eloket.sources.register.bron import RegisterBron
from eloket.zaken import besmetting, bronnen, inrichtingsdelen, inrichtingsregels
from eloket.zaken import verlengen as taken_verlengen


def connect() -> None:
    """Called once per process, when all models are loaded."""
    huisstijl.check()
    middelen.list_middelen()  # a means that may not be, stops the start
    bronnen.configure(RegisterBron())
    inrichtingsdelen.configure(
        mailteksten.inrichtingsdeel(), inrichtingsregels.herinneringsdeel(), inrichtingsregels.storingsdeel()
    )
    documenten.configure(EmbeddedDocumentBron())
    documenten.configure_scanner(Clamd(settings.ELOKET.clamd_url) if settings.ELOKET.clamd_url else None)
    profile.configure(_personen_bron())
    identity.configure(naam_bron=profile.NaamUitRegister())
    if straten := settings.ELOKET.adressen_bestand or (
        adressen_bestand() if settings.ELOKET.is_demo else None
    ):
        adressen.configure(EmbeddedAdresBron(straten))
    contactpersonen.connect()
    besmetting.connect()
    taken_verlengen.connect()
    formulieren_verlengen.connect()
    verhuizen.connect()
    ontvangst.connect()  # before the mails: they name the reference
    notifications.connect()
    uitwijken.connect()
    # What goes along with a zaak that is destroyed; messages before what was told of them, as for who reads them.
    for kamer in (export_weghalen, berichten_weghalen, meldingen_weghalen, formulieren_weghalen):
        kamer.connect()
    if settings.ELOKET.is_demo:
        personas.configure(demo_personas())


def _personen_bron() -> PersonenBron:
    """The invented people of the demo never stand in for real ones."""
    bestand = settings.ELOKET.personen_bestand or (personen_bestand() if settings.ELOKET.is_demo else None)
    return EmbeddedPersonenBron(bestand) if bestand else NietAangesloten()
