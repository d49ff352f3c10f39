"""A line about a message, a receipt or an afschrift says which one, and never what is in it."""

import uuid
from typing import Any

import pytest

from eloket.audit.models import AuditRegel
from eloket.berichten.models import Bericht, GesprekRegel
from eloket.berichten.service import mark_unread, send_bericht
from eloket.berichten.types import NIEUW
from eloket.identity.types import Actor
from eloket.notifications.models import Ontvangstbewijs
from eloket.zaken.types import Zaak
from tests.huis import inwoner, medewerker, met_nepbronnen, partij_van
from tests.web.portaal import client_van, zaak_van

pytestmark = pytest.mark.django_db
BERICHT = "Geheime tekst"


@pytest.fixture
def zaak():
    """With two conversations that the municipality began."""
    with met_nepbronnen():
        zaak = zaak_van(inwoner(), "Bijzondere bijstand")
        for onderwerp in ("Een", "Twee"):
            send(medewerker(), zaak, gesprek_id=NIEUW, onderwerp=onderwerp)
        yield zaak


def send(wie: Actor, zaak: Zaak, **velden: Any) -> str:
    return send_bericht(wie, zaak.ref, tekst=BERICHT, sleutel=uuid.uuid4().hex, **velden)


def gesprekken() -> list[str]:
    return [str(pk) for pk in GesprekRegel.objects.order_by("begonnen_op", "pk").values_list("pk", flat=True)]


def lines(actie: str) -> list[dict[str, Any]]:
    rijen = list(AuditRegel.objects.filter(actie=actie).order_by("pk").values_list("kenmerken", flat=True))
    assert BERICHT not in str(rijen)
    return rijen


def test_what_is_sent_names_the_message_and_its_conversation(zaak: Zaak):
    verwacht = [
        {"gesprek": str(een.gesprek_id), "bericht": str(een.pk)}
        for een in Bericht.objects.order_by("verzonden_op", "pk")
    ]
    assert len(verwacht) == 2
    assert lines("bericht.verstuurd") == verwacht


def test_the_page_of_one_conversation_names_that_one(zaak: Zaak):
    een, _ = gesprekken()
    assert client_van().get(f"/mijn/berichten/{zaak.ref}/{een}/").status_code == 200
    assert lines("gesprek.bekeken") == [{"gesprek": een}]
    assert lines("bericht.gelezen") == [{"aantal": 1, "gesprek": een}]


def test_the_page_of_all_conversations_names_each(zaak: Zaak):
    assert client_van().get(f"/mijn/berichten/{zaak.ref}/").status_code == 200
    [bekeken] = lines("gesprek.bekeken")
    assert sorted(bekeken["gesprek"].split()) == sorted(gesprekken())
    assert lines("bericht.gelezen") == [{"aantal": 1, "gesprek": een} for een in sorted(gesprekken())]


def test_what_is_marked_as_unread_names_its_conversation(zaak: Zaak):
    een, _ = gesprekken()
    client_van().get(f"/mijn/berichten/{zaak.ref}/{een}/")
    assert mark_unread(inwoner(), zaak.ref, een)
    assert lines("bericht.ongelezen") == [{"aantal": 1, "gesprek": een}]


@pytest.mark.parametrize("waar", ["mijn", "werkplek"])
def test_a_conversation_to_save_is_named(zaak: Zaak, waar: str):
    een, _ = gesprekken()
    client = client_van() if waar == "mijn" else client_van(medewerker())
    antwoord = client.get(f"/{waar}/berichten/{zaak.ref}/{een}/pdf/")
    assert antwoord.status_code == 200
    assert lines("gesprek.opgeslagen") == [{"gesprek": een}]


@pytest.mark.parametrize("waar", ["mijn", "werkplek"])
def test_a_receipt_to_save_is_named(zaak: Zaak, waar: str):
    bewijs = str(Ontvangstbewijs.objects.filter(zaak_ref=str(zaak.ref)).earliest("pk").bewijs_id)
    if waar == "mijn":
        antwoord = client_van().get(f"/mijn/ontvangst/{bewijs}/")
    else:
        antwoord = client_van(medewerker()).get(f"/werkplek/zaken/{zaak.ref}/ontvangst/{bewijs}/")
    assert antwoord.status_code == 200
    assert lines("ontvangstbewijs.opgeslagen") == [{"bewijs": bewijs}]


def test_an_afschrift_of_what_was_sent_names_to_whom(zaak: Zaak):
    assert client_van(medewerker()).get(f"/werkplek/zaken/{zaak.ref}/verzendbewijs/1/").status_code == 200
    assert lines("verzendbewijs.opgeslagen") == [{"betrokkene": partij_van(inwoner()).profiel_key}]
