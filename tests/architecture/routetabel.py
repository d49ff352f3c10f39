"""The URL table with real objects filled in: what the generated tests of architecture/ and security/ walk through."""

import re
import uuid
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from eloket.berichten.queries import list_berichten
from eloket.berichten.service import send_bericht
from eloket.documenten.upload import bied_aan
from eloket.identity.audience import Route, all_routes
from eloket.identity.testing import force_actor, inwoner, onderneming
from eloket.identity.types import Actor, Audience, Recht
from eloket.kernel.klok import vandaag
from eloket.loket import service as loket
from eloket.loket.melding import Melding
from eloket.notifications.demo_mail import EmlBackend
from eloket.zaken import service as zaken
from eloket.zaken.sjablonen import SjabloonWens, save_sjabloon
from eloket.zaken.werk import SjabloonSoort
from tests.web.werkplek import PDF, Stadhuis, build_stadhuis

MELDING = "melding-openbare-ruimte"
ROUTES = tuple(all_routes())
# Parameters that name something of a person; the others (a product, a login means) are the same for everybody.
VAN_IEMAND = {"ref", "document_id", "taak_id", "concept_id", "gesprek_id"}
# Routes of a question in words; the others take the request for a document.
ANDERE_TAAK = {"mijn-vraag"}
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def parameters(route: Route) -> set[str]:
    """The names of the parameters in its pattern."""
    return set(_PARAMETER.findall(route.patroon))


@dataclass(frozen=True, slots=True)
class Stad:
    """A town in which every route leads to something."""

    huis: Stadhuis
    waarden: dict[str, str] = field(repr=False)
    concept_verstuurd: str
    vraag: str  # a question to answer in words

    def path(self, route: Route, **anders: str) -> str:
        """The address of this route, for the things of Jeroen; `anders` replaces parameters."""
        waarden = self.waarden | anders
        if route.naam in ANDERE_TAAK and not anders:
            waarden = waarden | {"taak_id": self.vraag}
        if route.naam == "loket-verstuurd" and not anders:
            waarden = waarden | {"concept_id": self.concept_verstuurd}
        return reverse(route.naam, kwargs={naam: waarden[naam] for naam in parameters(route)})

    def missing(self, route: Route) -> str:
        """The same address, of things that do not exist."""
        niets = {"ref": f"register-{uuid.uuid4()}"} | {
            naam: str(uuid.uuid4()) for naam in VAN_IEMAND if naam != "ref"
        }
        return self.path(route, **niets)

    def client_for(self, route: Route) -> Client:
        """A browser of somebody who may be here."""
        wie = {
            Audience.BETROKKENE: self.huis.jeroen,
            Audience.MEDEWERKER: self.huis.mila,
            Audience.BEHEERDER: manager(self.huis),
        }
        actor = wie.get(route.audience) if route.audience else None
        return client_of(actor)

    def strangers(self, route: Route) -> list[Actor]:
        """Who has the right kind of login and nothing to do with the things of Jeroen."""
        if route.audience is Audience.MEDEWERKER:
            return [self.huis.bo]
        return [fatima(), onderneming(), onderneming(vestigingsnummer="000038509504")]


def outsiders(huis: Stadhuis) -> dict[str, Actor]:
    """Civil servants for whom a zaak of Jeroen that is limited to Mila (need-to-know) does not exist, and why."""
    return {
        "afdeling": huis.bo,
        "zaaktype": replace(huis.omar, zaaktypen=frozenset({"GEHANDICAPTENPARKEERKAART"})),
        "need-to-know": huis.omar,
    }


def readers(huis: Stadhuis) -> dict[str, Actor]:
    """Colleagues who see the zaak of Jeroen and may not handle it."""
    return {
        "niets": replace(huis.omar, rechten=frozenset()),
        "verdelen": replace(huis.omar, rechten=frozenset({Recht.VERDELEN})),
    }


def client_of(actor: Actor | None) -> Client:
    """A browser, of nobody without an actor."""
    client = Client()
    if actor is not None:
        force_actor(client, actor)
    return client


def manager(huis: Stadhuis) -> Actor:
    """Mila, who may also manage."""
    return replace(huis.mila, rechten=frozenset(Recht))


def fatima() -> Actor:
    """A resident without zaken."""
    return inwoner("999990020", "Fatima el Idrissi")


def by_name(route: Route) -> str:
    """The id of a test of this route."""
    return route.naam


def build_stad() -> Stad:
    """Jeroen has a zaak with a document, an open taak and messages, and a report that he has not sent."""
    huis = build_stadhuis()
    zaak = huis.start("Parkeervergunning")
    taak = zaken.ask_document(
        huis.mila, zaak.ref, titel="Kopie", toelichting="", deadline=vandaag() + timedelta(days=5)
    )
    vraag = zaken.ask_answer(
        huis.mila, zaak.ref, titel="Hoeveel?", toelichting="", deadline=vandaag() + timedelta(days=5)
    )
    document = zaken.add_documenten(huis.mila, zaak.ref, (bied_aan("brief.pdf", [PDF]),)).toegevoegd[0]
    for afzender in (huis.jeroen, huis.mila):
        send_bericht(afzender, zaak.ref, tekst="Hallo", sleutel=uuid.uuid4().hex)
    melding = Melding(soort="lamp", plaats="Lindelaan", omschrijving="Kapot.")
    concept = loket.save_concept(huis.jeroen, product=MELDING, melding=melding, sleutel=uuid.uuid4().hex)
    klaar = loket.save_concept(huis.jeroen, product=MELDING, melding=melding, sleutel=uuid.uuid4().hex)
    loket.submit_melding(huis.jeroen, klaar.id, revisie=klaar.revisie, bestanden=())
    waarden = {
        "ref": str(zaak.ref),
        "document_id": document.id,
        "taak_id": taak,
        "gesprek_id": list_berichten(zaak.ref, partij=None)[0].gesprek_id,
        "concept_id": concept.id,
        "registratie_id": str(uuid.uuid4()),  # begun in a session that is gone
        "slug": MELDING,
        "middel": "digid",
        "token": "onbekend",
        "naam": _mail(),
        "zaaktype": "PARKEERVERGUNNING",
        "afdeling": "parkeren-en-mobiliteit",
        "medewerker": str(huis.mila.medewerker_id),
        "sjabloon": str(
            save_sjabloon(None, SjabloonWens(SjabloonSoort.BERICHT, "Groet", "Beste {aanvrager}")).id
        ),
        "tekst": "overzicht",
        "filter_id": "1",
        "grafiek": "stroom",
    }
    return Stad(huis=huis, waarden=waarden, concept_verstuurd=klaar.id, vraag=vraag)


def _mail() -> str:
    """A mail in the post box of the demo; returns its name."""
    bericht = EmailMultiAlternatives("Onderwerp", "Tekst", to=["iemand@voorbeeld.nl"])
    bericht.attach_alternative(
        "<!doctype html><html lang='nl'><title>x</title><p>Tekst</p></html>", "text/html"
    )
    EmlBackend().send_messages([bericht])
    return max(settings.EMAIL_FILE_PATH.glob("*.eml")).name
