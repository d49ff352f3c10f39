"""Who logs in halfway a form without a login: it stays the form of nobody, in this browser, for its own hour."""

import re

import pytest
from django.test import Client

from eloket.identity.sessie import INACTIEF
from eloket.identity.testing import log_in
from eloket.kernel import klok
from eloket.loket.models import Concept
from eloket.loket.versies import load_meegeleverd
from eloket.sources.register.bron import RegisterBron
from eloket.sources.register.models import Rol
from tests.unit.loket.melding import GOED, MELDING
from tests.web.portaal import tekst_van

pytestmark = pytest.mark.django_db
START = f"/loket/zonder-inloggen/{MELDING}/"
BSN, ANDER = "999990019", "999990020"
INGELOGD = "U bent ingelogd, maar u vult dit formulier in zonder inloggen."


@pytest.fixture(autouse=True)
def _inrichting() -> None:
    RegisterBron().import_zaaktypen()
    load_meegeleverd()


def begin(client: Client) -> str:
    return str(client.post(START, {"sleutel": "a" * 32})["Location"])


def hidden(client: Client, pad: str) -> dict[str, str]:
    html = client.get(pad).content.decode()
    return dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', html))


def fill(client: Client, basis: str) -> str:
    """The steps, to the address of the review."""
    for stap, invoer in (("melding", {naam: w[0] for naam, w in GOED.items()}), ("contact", {})):
        pad = f"{basis}stap/{stap}/"
        antwoord = client.post(pad, hidden(client, pad) | invoer | {"knop": "verder"})
        assert antwoord.status_code == 303, tekst_van(antwoord)
    return f"{basis}controleren/"


def test_logging_in_halfway_keeps_the_form_and_it_is_sent_by_nobody():
    client = Client()
    basis = begin(client)
    assert INGELOGD not in tekst_van(client.get(f"{basis}stap/melding/"))
    log_in(client, bsn=BSN)
    assert INGELOGD in tekst_van(client.get(f"{basis}stap/melding/"))
    controle = fill(client, basis)
    assert INGELOGD in tekst_van(client.get(controle))
    assert INGELOGD in tekst_van(client.get(f"{basis}stoppen/"))
    bon = client.get(client.post(controle, hidden(client, controle))["Location"])
    assert "maar u heeft dit formulier verstuurd zonder inloggen" in tekst_van(bon)
    assert Concept.objects.get().code_key
    assert Concept.objects.get().verstuurd_door == ""
    assert not Rol.objects.filter(omschrijving_generiek="initiator").exists()
    assert "Lindelaan 12" not in tekst_van(client.get("/mijn/zaken/"))


def test_a_page_of_it_that_stood_open_while_they_logged_in_can_be_sent():
    client = Client()
    pad = f"{begin(client)}stap/melding/"
    open_ = hidden(client, pad) | {naam: w[0] for naam, w in GOED.items()} | {"knop": "verder"}
    log_in(client, bsn=BSN)
    assert client.post(pad, open_)["Location"].endswith("/stap/contact/")


def test_it_ends_after_its_own_hour_also_while_somebody_stays_logged_in():
    client = Client()
    basis = begin(client)
    log_in(client, bsn=BSN)
    begonnen = klok.nu()
    for keer in range(1, 6):
        with klok.op_moment(begonnen + keer * INACTIEF * 0.9):
            status = client.get(f"{basis}stap/melding/").status_code
            assert client.get("/mijn/").status_code == 200
        assert status == (200 if keer < 5 else 404)
    with klok.op_moment(begonnen + 4.6 * INACTIEF):
        begin(client)
        weg = client.get(f"{basis}stap/melding/")
    assert weg.status_code == 404, "what is over is not opened by who begins after it"
    assert "als u uitlogt, of als u 15 minuten niets doet" in tekst_van(weg)


def test_logging_out_ends_it_and_nobody_after_that_opens_it():
    client = Client()
    basis = begin(client)
    log_in(client, bsn=BSN)
    client.post("/uitloggen/")
    assert client.get(f"{basis}stap/melding/").status_code == 404
    log_in(client, bsn=ANDER)
    assert client.get(f"{basis}stap/melding/").status_code == 404


def test_it_is_of_this_browser_and_not_of_who_logs_in():
    client, elders = Client(), Client()
    basis = begin(client)
    log_in(client, bsn=BSN)
    log_in(elders, bsn=BSN)
    assert elders.get(f"{basis}stap/melding/").status_code == 404
    pad = basis.replace("zonder-inloggen", "aanvragen")
    assert client.get(f"{pad}stap/melding/").status_code == 404, "and not of their own forms"
