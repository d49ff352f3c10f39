"""The trail says which part of a zaak a civil servant had open, by what they came in, and whose phone number stood
there."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eloket.audit.models import AuditRegel
from eloket.berichten.models import Bericht
from eloket.berichten.service import send_bericht
from eloket.berichten.types import NIEUW
from eloket.documenten.models import Document
from eloket.identity.types import Actor, Recht, partij_ref
from eloket.kernel.klok import op_moment
from eloket.notifications.retour.verwerken import verwerk
from eloket.profile import service as profile
from eloket.profile.models import Profiel
from eloket.profile.testing import FakePersonenBron
from eloket.workbench.aantekenen import record_phones
from eloket.workbench.zaken.delen import Deel
from eloket.zaken import noodtoegang
from eloket.zaken.types import Zaak
from tests.uitwijken import bounce, give_address, mail
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, text_of, zaak_pad

pytestmark = pytest.mark.django_db
DAG = datetime(2026, 12, 1, 9, tzinfo=UTC)
TELEFOON = "06 12 34 56 78"


@pytest.fixture
def huis() -> Stadhuis:
    profile.configure(FakePersonenBron())
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    return huis.start("Vergunning Lindelaan")


def looks(zaak: Zaak, actie: str = "zaak.bekeken") -> list[dict[str, object]]:
    """What the lines about this zaak say besides who and when, the oldest first."""
    rijen = AuditRegel.objects.filter(object_ref=str(zaak.ref), actie=actie, actor_soort="medewerker")
    return [*rijen.order_by("pk").values_list("kenmerken", flat=True)]


def own_page(huis: Stadhuis, zaak: Zaak) -> str:
    html = text_of(client_of(huis.jeroen).get(f"/mijn/zaken/{zaak.ref}/inzage/"))
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition("<footer")[0]).split())


def _conversation(huis: Stadhuis, zaak: Zaak, naam: str) -> str:
    pk = send_bericht(huis.jeroen, zaak.ref, tekst=naam, sleutel=naam * 32, gesprek_id=NIEUW, onderwerp=naam)
    return str(Bericht.objects.get(pk=pk).gesprek_id)


@pytest.mark.parametrize("deel", Deel)
def test_a_look_says_which_part_was_open(huis: Stadhuis, zaak: Zaak, deel: Deel):
    assert client_of(huis.mila).get(zaak_pad(zaak.ref, f"?deel={deel}")).status_code == 200
    assert looks(zaak) == [{"deel": deel.value}]


def test_a_part_that_does_not_exist_is_the_part_that_was_shown(huis: Stadhuis, zaak: Zaak):
    client_of(huis.mila).get(zaak_pad(zaak.ref, "?deel=jansen"))
    assert looks(zaak) == [{"deel": "overzicht"}]


def test_of_the_messages_the_look_says_which_conversation_was_open(huis: Stadhuis, zaak: Zaak):
    eerste, tweede = (_conversation(huis, zaak, een) for een in ("a", "b"))
    mila = client_of(huis.mila)
    mila.get(zaak_pad(zaak.ref, f"?deel=berichten&gesprek={eerste}"))
    mila.get(zaak_pad(zaak.ref, "?deel=berichten"))  # the latest
    mila.get(zaak_pad(zaak.ref, f"?deel=berichten&gesprek={NIEUW}"))
    assert looks(zaak) == [
        {"deel": "berichten", "gesprek": eerste},
        {"deel": "berichten", "gesprek": tweede},
        {"deel": "berichten"},
    ]


def test_the_page_of_a_document_says_which(huis: Stadhuis, zaak: Zaak):
    huis.deliver(zaak.ref)
    document = str(Document.objects.get().pk)
    pad = zaak_pad(zaak.ref, f"documenten/{document}/")
    mila = client_of(huis.mila)
    assert mila.get(f"{pad}bekijken/").status_code == 200
    assert mila.post(f"{pad}goedkeuren/", {}).status_code == 422  # shows it again
    assert looks(zaak) == [{"document": document, "deel": "documenten"}] * 2


def test_what_is_shown_again_after_a_mistake_says_which_part_too(huis: Stadhuis, zaak: Zaak):
    assert client_of(huis.mila).post(zaak_pad(zaak.ref, "notitie/"), {"notitie": ""}).status_code == 422
    assert looks(zaak) == [{"deel": "notities"}]


def test_the_parts_of_a_day_are_one_line_for_the_resident(huis: Stadhuis, zaak: Zaak):
    mila = client_of(huis.mila)
    for deel in Deel:
        mila.get(zaak_pad(zaak.ref, f"?deel={deel}"))
    assert own_page(huis, zaak).count("heeft uw zaak bekeken") == 1


def test_a_look_by_noodtoegang_says_so_and_by_which(huis: Stadhuis, zaak: Zaak):
    bo = replace(huis.bo, rechten=frozenset({Recht.NOODTOEGANG}))
    reden = "Mila is ziek en de aanvrager staat aan de balie."
    noodtoegang.open_zaak(bo, zaaknummer=zaak.identificatie, aanleiding="collega", reden=reden)
    toegang = AuditRegel.objects.get(actie="noodtoegang.geopend").kenmerken["toegang"]
    huis.deliver(zaak.ref)
    document = str(Document.objects.get().pk)
    client = client_of(bo)
    client.get(zaak_pad(zaak.ref, "?deel=notities"))
    b"".join(client.get(zaak_pad(zaak.ref, f"documenten/{document}/opslaan/")))
    client_of(huis.mila).get(zaak_pad(zaak.ref))
    assert looks(zaak) == [{"toegang": toegang, "deel": "notities"}, {"deel": "overzicht"}]
    assert looks(zaak, "document.opgeslagen") == [{"toegang": toegang, "document": document}]


@pytest.fixture
def onbereikbaar(huis: Stadhuis, zaak: Zaak) -> Zaak:
    """Of Jeroen, who gave a phone number, and whose mail came back."""
    give_address(huis.jeroen)
    verwerk(bounce(mail(huis.jeroen, zaak.ref)))
    return zaak


def numbers_seen() -> list[tuple[str, str, dict[str, object]]]:
    rijen = AuditRegel.objects.filter(actie="contact.telefoon_gezien").order_by("pk")
    return [*rijen.values_list("actor_key", "object_ref", "kenmerken")]


def about(actor: Actor) -> str:
    assert actor.partij is not None
    return partij_ref(actor.partij.profiel_key)


@pytest.mark.parametrize("rest", ["", "?deel=notities", "contact/"])
def test_the_phone_number_of_who_cannot_be_reached_leaves_a_line_about_them(huis, onbereikbaar, rest: str):
    assert TELEFOON in text_of(client_of(huis.mila).get(zaak_pad(onbereikbaar.ref, rest)))
    assert numbers_seen() == [(huis.mila.key, about(huis.jeroen), {"zaak": str(onbereikbaar.ref)})]
    html = text_of(client_of(huis.jeroen).get("/mijn/gegevens/inzage/"))
    assert "heeft uw telefoonnummer gezien, omdat onze e-mail niet aankwam" in html


def test_once_a_day_for_each_civil_servant(huis, onbereikbaar):
    mila, omar = huis.mila, huis.omar
    for dag, actor in ((0, mila), (0, mila), (0, omar), (0, mila), (1, mila)):
        with op_moment(DAG + timedelta(days=dag)):
            client_of(actor).get(zaak_pad(onbereikbaar.ref))
    assert [wie for wie, _, _ in numbers_seen()] == [mila.key, omar.key, mila.key]


def test_the_numbers_of_many_parties_are_noted_in_one_go(huis, onbereikbaar):
    """All lines or none; a line each would also be a query each."""
    wie = [f"partij-{nummer}" for nummer in range(5)]
    for keys, queries in ((wie[:3], 2), (wie, 2), (wie, 1)):
        with CaptureQueriesContext(connection) as context:
            record_phones(huis.mila, onbereikbaar.ref, keys)
        assert len(context) == queries
    zaak = {"zaak": str(onbereikbaar.ref)}
    assert numbers_seen() == [(huis.mila.key, partij_ref(een), zaak) for een in wie]


def test_a_number_that_does_not_stand_there_leaves_no_line(huis, onbereikbaar):
    """By noodtoegang it is not shown, nor on the page of the zaak when contact was restored."""
    bo = replace(huis.bo, rechten=frozenset({Recht.NOODTOEGANG}))
    reden = "Mila is ziek en de aanvrager staat aan de balie."
    noodtoegang.open_zaak(bo, zaaknummer=onbereikbaar.identificatie, aanleiding="collega", reden=reden)
    assert TELEFOON not in text_of(client_of(bo).get(zaak_pad(onbereikbaar.ref)))
    assert numbers_seen() == []
    velden = {"betrokkene": "0", "hoe": "gebeld"}
    assert client_of(huis.mila).post(zaak_pad(onbereikbaar.ref, "contact/"), velden).status_code == 303
    html = text_of(client_of(huis.mila).get(zaak_pad(onbereikbaar.ref)))
    assert "Contact hersteld op" in html
    assert TELEFOON not in html
    assert numbers_seen() == []


def test_who_gave_no_number_leaves_no_line(huis, onbereikbaar):
    Profiel.objects.update(telefoon="")
    assert "Wij hebben geen telefoonnummer" in text_of(client_of(huis.mila).get(zaak_pad(onbereikbaar.ref)))
    assert numbers_seen() == []
