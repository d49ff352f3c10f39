"""What a mail provider tells us over HTTP counts only with our signature, only fresh, and only once."""

import json
import logging
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from eloket.kernel.klok import nu
from eloket.notifications.models import Zending
from eloket.notifications.retour.webhook import MEESTE_BYTES, sign
from eloket.notifications.types import Kanaal
from tests.uitwijken import dsn, give_address, mail, works
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = pytest.mark.django_db
GEHEIM = "een-gedeeld-geheim-van-minstens-32-tekens"


@pytest.fixture(autouse=True)
def _configured(settings):
    settings.ELOKET = settings.ELOKET.model_copy(update={"retour_geheim": GEHEIM})


@pytest.fixture
def huis() -> Stadhuis:
    huis = build_stadhuis()
    give_address(huis.jeroen)
    return huis


@pytest.fixture
def zending_id(huis) -> UUID:
    return mail(huis.jeroen, huis.start().ref)


def post(inhoud: bytes, soort: str = "application/json", *, verschuif: int = 0, **anders: str):
    """As a provider would; `verschuif` in seconds, `anders` replaces a header."""
    moment = str(int(nu().timestamp()) + verschuif)
    koppen = {"X-Eloket-Moment": moment, "X-Eloket-Handtekening": sign(GEHEIM, moment, inhoud)}
    koppen |= {naam.replace("_", "-"): waarde for naam, waarde in anders.items()}
    client = Client(enforce_csrf_checks=True)
    return client.post(reverse("retour"), inhoud, content_type=soort, headers=koppen)


ONBEKEND = UUID("3f2b6c1e-5f0a-4c8e-9d55-0123456789ab")  # in the name of a test: the same in every process


def melding(zending_id: UUID, soort: str = "permanent", **meer: object) -> bytes:
    return json.dumps({"zending": str(zending_id), "soort": soort, **meer}).encode()


@pytest.mark.parametrize("vorm", ["json", "dsn"])
def test_a_signed_notification_counts(huis, zending_id, vorm):
    json_vorm, dsn_vorm = (melding(zending_id, status="5.1.1"),), (dsn(zending_id), "message/rfc822")
    antwoord = post(*(json_vorm if vorm == "json" else dsn_vorm))
    assert (antwoord.status_code, antwoord.content) == (200, b"verwerkt\n")
    assert not works(huis.jeroen)
    assert Zending.objects.filter(kanaal=Kanaal.BRIEF).count() == 1


def test_told_twice_it_counts_once_also_by_another_road(zending_id):
    assert post(melding(zending_id, status="5.1.1")).content == b"verwerkt\n"
    assert post(dsn(zending_id), "message/rfc822").content == b"al_bekend\n"
    assert Zending.objects.filter(kanaal=Kanaal.BRIEF).count() == 1


def test_without_a_status_permanent_is_about_the_address_and_with_one_the_status_says_so(huis, zending_id):
    assert post(melding(zending_id, status="5.7.1")).status_code == 200
    assert works(huis.jeroen)
    assert post(melding(zending_id)).status_code == 200
    assert not works(huis.jeroen)


FOUT = [
    {"X_Eloket_Handtekening": ""},
    {"X_Eloket_Handtekening": "sha256=" + "0" * 64},
    {"X_Eloket_Handtekening": "é"},
    {"X_Eloket_Moment": ""},
    {"X_Eloket_Moment": "morgen"},
    {"X_Eloket_Moment": "9" * 40},
]


@pytest.mark.parametrize("anders", FOUT, ids=[str(nummer) for nummer in range(len(FOUT))])
def test_without_our_signature_nothing_happens(huis, zending_id, anders):
    assert post(melding(zending_id, status="5.1.1"), **anders).status_code == 401
    assert works(huis.jeroen)


def test_another_body_another_moment_or_another_secret_has_another_signature(huis, zending_id):
    moment = str(int(nu().timestamp()))
    goed = melding(zending_id, status="5.1.1")
    for handtekening in (
        sign(GEHEIM, moment, goed + b" "),
        sign(GEHEIM, str(int(moment) - 1), goed),
        sign("x" * 40, moment, goed),
        sign(GEHEIM, moment, goed).removeprefix("sha256="),
    ):
        antwoord = post(goed, X_Eloket_Moment=moment, X_Eloket_Handtekening=handtekening)
        assert antwoord.status_code == 401
    assert works(huis.jeroen)


@pytest.mark.parametrize(("verschuif", "status"), [(-301, 401), (-290, 200), (290, 200), (310, 401)])
def test_what_was_overheard_is_worth_nothing_after_five_minutes(zending_id, verschuif, status):
    assert post(melding(zending_id, "tijdelijk"), verschuif=verschuif).status_code == status


def test_a_mail_that_is_not_ours_need_not_be_told_again():
    assert post(melding(uuid4())).content == b"onbekend\n"
    assert post(b"Subject: hallo\n\nDag", "message/rfc822").content == b"onbekend\n"


@pytest.mark.parametrize(
    ("inhoud", "soort"),
    [
        (b"", "application/json"),
        (b"[]", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"zending": "x", "soort": "permanent"}', "application/json"),
        (b'{"zending": 5, "soort": "permanent"}', "application/json"),
        (melding(ONBEKEND, "weg"), "application/json"),
        (melding(ONBEKEND, status="550"), "application/json"),
        (melding(ONBEKEND, status="2.0.0"), "application/json"),
        (melding(ONBEKEND, "bezorgd", status="5.1.1"), "application/json"),
        (melding(ONBEKEND, adres="j@voorbeeld.nl"), "application/json"),
        (melding(ONBEKEND), "text/plain"),
        (b"a=b", "application/x-www-form-urlencoded"),
    ],
)
def test_a_form_that_we_do_not_know_is_said_to_be_wrong(inhoud, soort):
    assert post(inhoud, soort).status_code == 400


def test_too_much_is_refused_before_it_is_looked_at():
    assert post(b" " * (MEESTE_BYTES + 1)).status_code == 413
    assert post(b" " * 5_000_000).status_code == 413


def test_a_database_that_is_away_asks_to_be_told_again(zending_id):
    with patch("django.db.models.query.QuerySet.get_or_create", side_effect=OperationalError("weg")):
        antwoord = post(melding(zending_id))
    assert (antwoord.status_code, antwoord["Retry-After"]) == (503, "60")
    assert post(melding(zending_id)).content == b"verwerkt\n"


def test_without_a_secret_there_is_no_such_page(settings):
    settings.ELOKET = settings.ELOKET.model_copy(update={"retour_geheim": ""})
    assert post(melding(uuid4())).status_code == 404
    assert Client().get(reverse("retour")).status_code == 405


def test_neither_address_nor_signature_stands_in_the_log(zending_id, caplog):
    with caplog.at_level(logging.DEBUG):
        post(dsn(zending_id), "message/rfc822")
        post(dsn(zending_id), "message/rfc822", X_Eloket_Handtekening="sha256=geen-hex")
    assert "voorbeeld.nl" not in caplog.text
    assert "geen-hex" not in caplog.text
    assert GEHEIM not in caplog.text
