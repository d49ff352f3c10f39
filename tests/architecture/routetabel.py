"""The URL table with real objects filled in: what the generated tests of architecture/ and security/ walk through."""

import re
import uuid
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from eloket.berichten.queries import list_berichten
from eloket.berichten.service import send_bericht
from eloket.beschikbaarheid import service as storingen
from eloket.beschikbaarheid.types import Wat
from eloket.documenten.upload import bied_aan
from eloket.export.maken import Maker
from eloket.export.service import request_export
from eloket.identity.actor import begin_anonymous
from eloket.identity.audience import Route, all_routes
from eloket.identity.sessie import SessionStore
from eloket.identity.testing import force_actor, inwoner, onderneming
from eloket.identity.types import Actor, Audience, Recht
from eloket.kernel.klok import nu, vandaag
from eloket.loket import service as loket
from eloket.loket.queries import get_formulier_for
from eloket.loket.stapinvoer import Knop, StapPost
from eloket.loket.types import ConceptInzage
from eloket.loket.versies import load_meegeleverd
from eloket.loket.versturen import submit
from eloket.notifications.bezorgen.demo_mail import EmlBackend
from eloket.notifications.ontvangst.queries import list_ontvangsten
from eloket.zaken import service as zaken
from eloket.zaken.noodlijst import list_eigen_open
from eloket.zaken.noodtoegang import end, open_zaak
from eloket.zaken.sjablonen import SjabloonWens, save_sjabloon
from eloket.zaken.types import Zaak, ZaakRef
from eloket.zaken.werk import SjabloonSoort
from tests.lokaal import make_account
from tests.machtigen import machtig
from tests.uitwijken import make_bundel_of_one
from tests.vernietigd import make_executed_list
from tests.web.werkplek import PDF, Stadhuis, build_stadhuis

MELDING = "melding-openbare-ruimte"
ROUTES = tuple(all_routes())
# Parameters that name something of a person; the others (a product, a login means) are the same for everybody.
VAN_IEMAND = {"ref", "document_id", "taak_id", "concept_id", "gesprek_id", "bewijs_id", "machtiging_id"}
# Routes of a question in words; the others take the request for a document.
ANDERE_TAAK = {"mijn-vraag"}
# Pages of a form that was sent; the others are of one that was not.
VAN_WAT_VERSTUURD_IS = ("-verstuurd", "-pdf")
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def parameters(route: Route) -> set[str]:
    """The names of the parameters in its pattern."""
    return set(_PARAMETER.findall(route.patroon))


@dataclass(frozen=True, slots=True)
class Zonder:
    """A browser in which somebody fills in forms without logging in; the concepts are theirs."""

    sessie: str = field(repr=False)
    concept: str
    verstuurd: str

    def browser(self) -> Client:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessie
        return client


@dataclass(frozen=True, slots=True)
class Stad:
    """A town in which every route leads to something."""

    huis: Stadhuis
    waarden: dict[str, str] = field(repr=False)
    verstuurd: str  # a form that was sent
    vraag: str  # a question to answer in words
    zonder: "Zonder" = field(repr=False)

    def path(self, route: Route, **anders: str) -> str:
        """The address of this route, for the things of Jeroen; `anders` replaces parameters."""
        waarden = self.waarden | anders
        if route.naam in ANDERE_TAAK and not anders:
            waarden = waarden | {"taak_id": self.vraag}
        if not anders and route.naam.startswith("loket-"):
            waarden = waarden | {"concept_id": self._concept(route)}
        return reverse(route.naam, kwargs={naam: waarden[naam] for naam in parameters(route)})

    def _concept(self, route: Route) -> str:
        is_verstuurd = route.naam.endswith(VAN_WAT_VERSTUURD_IS)
        if route.naam.startswith("loket-zonder-"):
            return self.zonder.verstuurd if is_verstuurd else self.zonder.concept
        return self.verstuurd if is_verstuurd else self.waarden["concept_id"]

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
        if route.naam.startswith("loket-zonder-"):
            return self.zonder.browser()
        if "machtiging_id" in parameters(route):
            actor = sanne()
        if route.naam.startswith(("werkplek-privacy", "werkplek-herstarts")):
            actor = replace(self.huis.mila, rechten=frozenset({Recht.INZIEN}))
        if route.naam.startswith("werkplek-vernietig"):
            actor = replace(self.huis.mila, rechten=frozenset({Recht.VERNIETIGEN}))
        if route.naam.startswith("werkplek-noodtoegang"):
            actor = replace(self.huis.mila, rechten=frozenset({Recht.INZIEN, Recht.NOODTOEGANG}))
        return client_of(actor)

    def strangers(self, route: Route) -> list[Actor]:
        """Who has the right kind of login and nothing to do with the things of Jeroen."""
        if route.audience is Audience.MEDEWERKER:
            return [self.huis.bo]
        return [fatima(), onderneming(), onderneming(vestigingsnummer="000038509504")]


def fill_melding(actor: Actor) -> ConceptInzage:
    """A report of this actor, filled in and not sent."""
    concept = loket.start_concept(actor, MELDING, sleutel=uuid.uuid4().hex)
    stappen = {
        "melding": {"soort": ["lamp"], "plaats": ["Lindelaan"], "omschrijving": ["Kapot."]},
        "contact": {},
    }
    for stap_id, invoer in stappen.items():
        formulier = get_formulier_for(actor, concept.id)
        if formulier.loop.get(stap_id):
            post = StapPost(stap_id, invoer, Knop("verder"), venster="", gezien="", bestanden={})
            concept = loket.save_stap(actor, concept.id, post).formulier.concept
    return concept


def send_melding(actor: Actor) -> ConceptInzage:
    """A report of this actor that was sent."""
    concept = fill_melding(actor)
    return submit(actor, concept.id, revisie=concept.revisie).concept


def build_zonder() -> Zonder:
    """Somebody who did not log in, with a report that was sent and one that was not."""
    verzoek = HttpRequest()
    verzoek.session = SessionStore()
    actor = begin_anonymous(verzoek)
    verzoek.session.save()
    return Zonder(verzoek.session.session_key or "", fill_melding(actor).id, send_melding(actor).id)


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


def sanne() -> Actor:
    """A resident whom Jeroen authorised for all of his zaken."""
    return inwoner("999990032", "Sanne de Wit")


def by_name(route: Route) -> str:
    """The id of a test of this route."""
    return route.naam


def build_stad() -> Stad:
    """Jeroen has a zaak with a document, an open taak and messages, and a report that he has not sent."""
    huis = build_stadhuis()
    load_meegeleverd()
    van_zaak, vraag = build_zaak(huis)
    zaak = huis.now(ZaakRef.parse(van_zaak["ref"]))
    _make_export(huis)
    waarden = {
        **van_zaak,
        "concept_id": fill_melding(huis.jeroen).id,
        "machtiging_id": machtig(huis.jeroen, sanne()),
        "formulier": MELDING,
        "stap_id": "melding",
        "registratie_id": str(uuid.uuid4()),  # begun in a session that is gone
        "slug": MELDING,
        "middel": "digid",
        "token": "onbekend",
        "authenticator": str(make_account(huis.mila)),
        "naam": _mail(),
        "lijst_id": str(make_executed_list(huis.mila, huis.omar)),
        "stop_id": str(uuid.uuid4()),  # lifted, and its zaak destroyed since
        "bundel_id": str(make_bundel_of_one(huis.mila)),
        "zaaktype": "PARKEERVERGUNNING",
        "afdeling": "parkeren-en-mobiliteit",
        "medewerker": str(huis.mila.medewerker_id),
        "sjabloon": str(
            save_sjabloon(None, SjabloonWens(SjabloonSoort.BERICHT, "Groet", "Beste {aanvrager}")).id
        ),
        "tekst": "overzicht",
        "herinnering": "taak",
        "onderbreking": storingen.start(None, wat=Wat.EMAIL).id,
        "soort": "status_gewijzigd",  # of a mail
        "taal": "nl",
        "filter_id": "1",
        "versie": "1",
        "actie": "intrekken",
        "grafiek": "stroom",
        "toegang_id": noodtoegang_van_bo(huis, zaak),
        "plek": "1",  # of a party on the page with what was sent
    }
    return Stad(huis, waarden, verstuurd=send_melding(huis.jeroen).id, vraag=vraag, zonder=build_zonder())


def build_zaak(huis: Stadhuis, omschrijving: str = "Parkeervergunning") -> tuple[dict[str, str], str]:
    """A zaak of who lives here (`huis.jeroen`) with something of everything: what its routes name, and the question to
    answer in words."""
    zaak = huis.start(omschrijving)
    dag = vandaag() + timedelta(days=5)
    taak = zaken.ask_document(huis.mila, zaak.ref, titel="Kopie", toelichting="", deadline=dag)
    vraag = zaken.ask_answer(huis.mila, zaak.ref, titel="Hoeveel?", toelichting="", deadline=dag)
    document = zaken.add_documenten(huis.mila, zaak.ref, (bied_aan("brief.pdf", [PDF]),)).toegevoegd[0]
    for afzender in (huis.jeroen, huis.mila):
        send_bericht(afzender, zaak.ref, tekst="Hallo", sleutel=uuid.uuid4().hex)
    waarden = {
        "ref": str(zaak.ref),
        "document_id": document.id,
        "taak_id": taak,
        "gesprek_id": list_berichten(zaak.ref, partij=None)[0].gesprek_id,
        "bewijs_id": list_ontvangsten(zaak.ref, partij=huis.jeroen.partij)[0].id,
    }
    return waarden, vraag


def _make_export(huis: Stadhuis) -> None:
    """What Jeroen takes along, ready to be saved."""
    request_export(huis.jeroen)
    while Maker("stad").run_round(nu()):
        pass


def noodtoegang_van_bo(huis: Stadhuis, zaak: Zaak) -> str:
    """Bo, of another afdeling, looked at the zaak."""
    bo = replace(huis.bo, rechten=frozenset({Recht.NOODTOEGANG}))
    open_zaak(
        bo,
        zaaknummer=zaak.identificatie,
        aanleiding="collega",
        reden="Mila is ziek, de aanvrager staat hier.",
    )
    toegang = list_eigen_open(bo)[0].id
    end(bo, toegang)
    return toegang


def _mail() -> str:
    """A mail in the post box of the demo; returns its name."""
    bericht = EmailMultiAlternatives("Onderwerp", "Tekst", to=["iemand@voorbeeld.nl"])
    bericht.attach_alternative(
        "<!doctype html><html lang='nl'><title>x</title><p>Tekst</p></html>", "text/html"
    )
    EmlBackend().send_messages([bericht])
    return max(settings.EMAIL_FILE_PATH.glob("*.eml")).name
