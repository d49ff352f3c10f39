"""A name that is not ours, in the headers that say for whom a request is: no page, and no word of it in any answer."""

import pytest
from django.test import Client

from tests.huis import inwoner
from tests.web.portaal import client_van

pytestmark = pytest.mark.django_db
VREEMD = "kwaad.example"
NAMEN = [
    VREEMD,
    f"testserver.{VREEMD}",
    f"{VREEMD}:80",
    f"testserver@{VREEMD}",
    "testserver,kwaad.example",
    "",
]
PADEN = ["/", "/inloggen/", "/mijn/", "/bestaat/niet/", "/.well-known/security.txt", "/gezondheid/"]


@pytest.mark.parametrize("naam", NAMEN)
@pytest.mark.parametrize("pad", PADEN)
@pytest.mark.parametrize("methode", ["get", "post"])
def test_a_request_for_another_site_is_refused(naam: str, pad: str, methode: str):
    antwoord = getattr(Client(raise_request_exception=False), methode)(pad, headers={"host": naam})
    assert antwoord.status_code == 400
    assert VREEMD not in b"".join(antwoord).decode()
    assert VREEMD not in str(antwoord.headers)


@pytest.mark.parametrize("kop", ["x-forwarded-host", "x-original-host", "forwarded", "x-host"])
def test_what_a_visitor_says_in_another_header_is_not_read(kop: str):
    """A link in a mail or a way back made of it would lead elsewhere."""
    waarde = f"host={VREEMD}" if kop == "forwarded" else VREEMD
    for antwoord in (
        client_van(inwoner()).get("/mijn/", headers={kop: waarde}),
        Client().get("/mijn/zaken/", headers={kop: waarde}),
        Client().get("/inloggen/digid/", headers={kop: waarde}),
    ):
        assert VREEMD not in b"".join(antwoord).decode()
        assert VREEMD not in str(antwoord.headers)
