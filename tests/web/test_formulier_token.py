"""The token of a form: one for all forms of a page, another for every page, and none without a form."""

import re

import pytest
from django.conf import settings
from django.test import Client

from eloket.identity.testing import force_actor
from tests.huis import inwoner

pytestmark = pytest.mark.django_db
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def client() -> Client:
    client = Client(enforce_csrf_checks=True)
    force_actor(client, inwoner())
    return client


def test_every_form_of_a_page_has_the_same_token_and_the_next_page_another(client):
    een, ander = (_TOKEN.findall(client.get("/mijn/zaken/").content.decode()) for _ in range(2))
    assert len(een) >= 2
    assert len(set(een)) == len(set(ander)) == 1
    assert een[0] != ander[0]


def test_the_token_of_the_page_opens_its_forms_and_another_does_not(client):
    token = _TOKEN.findall(client.get("/mijn/zaken/").content.decode())[-1]
    assert client.post("/uitloggen/", {"csrfmiddlewaretoken": token[::-1]}).status_code == 403
    assert client.post("/uitloggen/", {"csrfmiddlewaretoken": token}).status_code in {302, 303}


def test_a_page_without_a_form_sets_no_cookie():
    antwoord = Client().get("/")
    assert antwoord.status_code == 200
    assert settings.CSRF_COOKIE_NAME not in antwoord.cookies
