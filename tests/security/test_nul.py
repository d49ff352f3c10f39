"""A NUL in any field of any page: PostgreSQL takes none in a text, and an error of the server helps nobody."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

import eloket
from eloket.identity.models import Medewerker
from eloket.identity.testing import force_actor, inwoner
from eloket.identity.types import Recht
from tests.architecture.routetabel import ROUTES
from tests.lokaal import make_account
from tests.web.werkplek import build_stadhuis

pytestmark = pytest.mark.django_db
_VELD = re.compile(r'(?:name=|veld\(|vak\(|lijst\(|rondjes\(|regel\()"([a-z_]{2,30})"')
_ERGENS = "41819775-e87c-40c5-90f6-6605679834ae"


def namen() -> list[str]:
    """The name of every field in our templates."""
    paginas = Path(eloket.__file__).parent.rglob("*.html")
    return sorted({naam for pagina in paginas for naam in _VELD.findall(pagina.read_text())})


def pad_van(patroon: str, ref: str, medewerker_id: int | None) -> str:
    pad = re.sub(r"<\w+:ref>", ref, f"/{patroon}")
    pad = re.sub(r"<\w+:medewerker>", str(medewerker_id), pad)
    pad = re.sub(r"<uuid:\w+>", _ERGENS, pad)
    return re.sub(r"<[^>]+>", "1", pad)


@pytest.mark.parametrize("wie", ["inwoner", "medewerker", "niemand"])
def test_a_nul_in_every_field_of_every_page_is_no_error_of_the_server(wie: str):
    huis = build_stadhuis()
    ref = str(huis.start("Iets").ref)
    Medewerker.objects.filter(pk=huis.mila.medewerker_id or 0).update(rechten=[een.value for een in Recht])
    staf = replace(huis.mila, rechten=frozenset(Recht))
    make_account(staf)
    actor = {"inwoner": inwoner(), "medewerker": staf, "niemand": None}[wie]
    velden = namen()
    assert {"inlognaam", "zaaknummer", "bevoegdheid"} <= set(velden)
    client = Client(raise_request_exception=False)
    fout = []
    for route in ROUTES:
        if route.patroon.startswith(("simulatie/", "uitloggen/")):
            continue
        pad = pad_van(route.patroon, ref, huis.mila.medewerker_id)
        for methode in (client.get, client.post):
            if actor:
                force_actor(client, actor)
            antwoord = methode(pad, dict.fromkeys(velden, "1\x00"))
            if antwoord.status_code >= 500:
                fout.append((route.naam, antwoord.status_code))
    assert not fout
