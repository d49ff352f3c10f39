"""Every page of a zaak, for who was authorised by its applicant: in every state but the right one it does not exist.

Generated from the URL table: a new route of a zaak has to be put in one of three lists here.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from eloket.audit.models import AuditRegel
from eloket.berichten.models import Bericht, BerichtConcept
from eloket.documenten.models import Document
from eloket.documenten.voorbeelden import pdf
from eloket.identity.audience import Route
from eloket.identity.testing import gemachtigde, in_process_provider, inwoner, onderneming
from eloket.identity.types import Actor, Audience
from eloket.kernel.klok import nu, op_moment, vandaag
from eloket.machtigingen import service
from eloket.machtigingen.models import MachtigingRegel
from eloket.notifications.models import Notificatie
from eloket.zaken.models import Taak
from tests.architecture.routetabel import ROUTES, Stad, build_stad, by_name, client_of, fatima, parameters
from tests.machtigen import HANDELEN, INZIEN, leg_voor, machtig, wens

pytestmark = pytest.mark.django_db
VAN_EEN_ZAAK = [r for r in ROUTES if r.audience is Audience.BETROKKENE and "ref" in parameters(r)]
LEZEN = {
    "mijn-zaak", "mijn-zaak-agenda", "mijn-taak-agenda", "mijn-document-openen", "mijn-document-opslaan",
    "mijn-gesprek", "mijn-een-gesprek", "mijn-gesprek-pdf",
}  # fmt: skip
SCHRIJVEN = {"mijn-zaak-bericht", "mijn-zaak-documenten", "mijn-vraag", "mijn-bericht-concept"}
# What a page of LEZEN takes too.
OOK_SCHRIJVEN = {"mijn-gesprek", "mijn-een-gesprek"}
# About more than the zaak, or of the giver alone: what was sent to them, who looked, what is new to them.
NOOIT = {
    "mijn-zaak-dossier", "mijn-zaak-bewijs", "mijn-zaak-ontvangst", "mijn-zaak-inzage", "mijn-gesprek-ongelezen",
}  # fmt: skip
INVOER = {"bericht": "Hallo", "sleutel": "b" * 32, "antwoord": "Drie"}


@pytest.fixture(scope="module")
def stad(django_db_setup, django_db_blocker) -> Iterator[Stad]:
    """Built once for all tests of this module: each of them takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic(), in_process_provider():
        yield build_stad()
        transaction.set_rollback(True)


def jeroen(stad: Stad) -> Actor:
    return stad.huis.jeroen


def _given(stad: Stad) -> None:
    service.give(jeroen(stad), wens(stad.waarden["ref"]), sleutel="")


def _typed(stad: Stad) -> None:
    leg_voor(jeroen(stad), fatima(), wens(stad.waarden["ref"]))


def _refused(stad: Stad) -> None:
    service.refuse(fatima(), leg_voor(jeroen(stad), fatima(), wens(stad.waarden["ref"])))


def _withdrawn(stad: Stad) -> None:
    service.withdraw(jeroen(stad), machtig(jeroen(stad), fatima()))


def _stopped(stad: Stad) -> None:
    service.stop(fatima(), machtig(jeroen(stad), fatima(), stad.waarden["ref"]))


def _expired(stad: Stad) -> None:
    with op_moment(nu() - timedelta(days=12)):
        machtig(jeroen(stad), fatima())


def _later(stad: Stad) -> None:
    dag = vandaag() + timedelta(days=1)
    service.accept(fatima(), leg_voor(jeroen(stad), fatima(), wens(van=dag)))


def _other_zaak(stad: Stad) -> None:
    machtig(jeroen(stad), fatima(), stad.huis.start("Andere zaak").ref)


def _of_somebody_else(stad: Stad) -> None:
    machtig(jeroen(stad), inwoner("999990044", "Piet Pieters"), stad.waarden["ref"])


ONGELDIG: dict[str, Callable[[Stad], None]] = {
    "alleen-gegeven": _given,
    "niet-aangenomen": _typed,
    "geweigerd": _refused,
    "ingetrokken": _withdrawn,
    "gestopt": _stopped,
    "verlopen": _expired,
    "nog-niet-begonnen": _later,
    "andere-zaak": _other_zaak,
    "aan-een-ander": _of_somebody_else,
}


def exact(antwoord: HttpResponseBase) -> str:
    tekst = b"".join(antwoord).decode(errors="replace")
    return re.sub(r'name="(csrfmiddlewaretoken|partij-merk)" value="[^"]*"', "", tekst)


def written() -> tuple[int, ...]:
    return (
        AuditRegel.objects.count(),
        Bericht.objects.count(),
        Bericht.objects.filter(gelezen_op=None).count(),
        BerichtConcept.objects.count(),
        Document.objects.count(),
        Taak.objects.filter(vervuld_op=None).count(),
        Notificatie.objects.filter(geopend_op=None).count(),
    )


def ask(client: Client, route: Route, pad: str, methode: str) -> HttpResponseBase:
    if methode == "get":
        return client.get(pad)
    bijlage = SimpleUploadedFile("nieuw.pdf", pdf("Nog niet bij deze zaak"))
    met = {"bestanden": bijlage} if route.naam == "mijn-zaak-documenten" else {}
    return client.post(pad, {**INVOER, **met})


def test_every_route_of_a_zaak_is_in_one_list():
    namen = {route.naam for route in VAN_EEN_ZAAK}
    assert namen == LEZEN | SCHRIJVEN | NOOIT
    assert len(namen) == len(LEZEN) + len(SCHRIJVEN) + len(NOOIT)
    assert OOK_SCHRIJVEN <= LEZEN


@pytest.mark.parametrize("waarom", ONGELDIG)
@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("route", VAN_EEN_ZAAK, ids=by_name)
def test_without_a_valid_authorisation_it_does_not_exist(route: Route, stad: Stad, methode: str, waarom: str):
    ONGELDIG[waarom](stad)
    client, voor = client_of(fatima()), written()
    daar, nergens = (ask(client, route, pad, methode) for pad in (stad.path(route), stad.missing(route)))
    assert daar.status_code == nergens.status_code
    assert daar.status_code in {404, 405}
    assert exact(daar) == exact(nergens)
    assert written() == voor


@pytest.mark.parametrize("bevoegdheid", [INZIEN, HANDELEN])
@pytest.mark.parametrize("route", [r for r in VAN_EEN_ZAAK if r.naam in NOOIT], ids=by_name)
def test_what_is_of_the_giver_alone_stays_so(route: Route, stad: Stad, bevoegdheid):
    machtig(jeroen(stad), fatima(), stad.waarden["ref"], bevoegdheid)
    client, voor = client_of(fatima()), written()
    for methode in ("get", "post"):
        antwoord = ask(client, route, stad.path(route), methode)
        b"".join(antwoord)
        assert antwoord.status_code in {404, 405}
    assert written() == voor


@pytest.mark.parametrize("bevoegdheid", [INZIEN, HANDELEN])
@pytest.mark.parametrize("route", [r for r in VAN_EEN_ZAAK if r.naam in LEZEN], ids=by_name)
def test_who_was_authorised_reads_and_leaves_what_is_new(route: Route, stad: Stad, bevoegdheid):
    machtiging_id = machtig(jeroen(stad), fatima(), "", bevoegdheid)
    client, voor = client_of(fatima()), written()
    antwoord = client.get(stad.path(route))
    b"".join(antwoord)
    assert antwoord.status_code == 200
    assert written()[1:] == voor[1:], "niets is gelezen, geopend of gewijzigd"
    service.withdraw(jeroen(stad), machtiging_id)
    assert client.get(stad.path(route)).status_code == 404, "bij de volgende klik"


@pytest.mark.parametrize(
    "route", [r for r in VAN_EEN_ZAAK if r.naam in SCHRIJVEN | OOK_SCHRIJVEN], ids=by_name
)
def test_who_may_only_look_writes_nothing(route: Route, stad: Stad):
    machtig(jeroen(stad), fatima(), stad.waarden["ref"], INZIEN)
    client, voor = client_of(fatima()), written()
    for knop in ("", "concept"):
        antwoord = client.post(stad.path(route), {**INVOER, "knop": knop, "gesprek": ""})
        assert antwoord.status_code == 404
    assert ask(client, route, stad.path(route), "post").status_code == 404
    assert written() == voor


@pytest.mark.parametrize(
    "route", [r for r in VAN_EEN_ZAAK if r.naam in SCHRIJVEN | OOK_SCHRIJVEN], ids=by_name
)
def test_who_may_act_writes_in_the_name_of_the_giver(route: Route, stad: Stad):
    """The other side of the tests above: what they post would have been taken."""
    machtig(jeroen(stad), fatima(), stad.waarden["ref"])
    begin, voor = AuditRegel.objects.count(), written()
    antwoord = ask(client_of(fatima()), route, stad.path(route), "post")
    assert antwoord.status_code in {200, 303}
    assert written() != voor
    for regel in list(AuditRegel.objects.order_by("pk"))[begin:]:
        assert (regel.actor_soort, regel.actor_key) == ("gemachtigde", fatima().key)
        assert regel.kenmerken["namens"] == jeroen(stad).key


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("wie", ["onderneming", "gemachtigde", "vestiging"])
def test_nobody_passes_on_what_is_of_another(stad: Stad, wie: str, methode: str):
    actor = {
        "onderneming": onderneming(),
        "vestiging": onderneming(vestigingsnummer="000038509504"),
        "gemachtigde": gemachtigde(bsn="999990019", door="999990020"),
    }[wie]
    aantal = MachtigingRegel.objects.count()
    for route in (r for r in ROUTES if r.naam.startswith("mijn-machtiging")):
        antwoord = getattr(client_of(actor), methode)(stad.path(route), {"code": "7K3M-9QXC-P4TD"})
        assert antwoord.status_code in {404, 405, 409}
    assert MachtigingRegel.objects.count() == aantal
    assert client_of(actor).get("/mijn/zaken/").status_code == 200


def test_acting_for_somebody_with_digid_machtigen_does_not_open_what_that_person_was_given(stad: Stad):
    """Sanne was authorised by Jeroen; who acts for Sanne is not."""
    namens_sanne = gemachtigde(bsn="999990032", door="999990020")
    assert client_of(namens_sanne).get(stad.path(by_route("mijn-zaak"))).status_code == 404


def test_who_was_authorised_does_not_authorise_others_for_that_zaak(stad: Stad):
    machtig(jeroen(stad), fatima(), stad.waarden["ref"])
    client, aantal = client_of(fatima()), MachtigingRegel.objects.count()
    assert client.get(f"/mijn/machtigingen/nieuw/?zaak={stad.waarden['ref']}").status_code == 404
    velden = {"zaak": stad.waarden["ref"], "bevoegdheid": "inzien", "sleutel": "x"}
    dag = vandaag().isoformat()
    assert client.post("/mijn/machtigingen/nieuw/", {**velden, "van": dag, "tot": dag}).status_code == 422
    assert MachtigingRegel.objects.count() == aantal


def by_route(naam: str) -> Route:
    return next(route for route in ROUTES if route.naam == naam)
