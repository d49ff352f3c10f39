"""Messages: send, read, and never lose what was typed."""

import re

import pytest
from django.db import OperationalError
from django.http import HttpResponseBase
from django.test import Client

from eloket.berichten.models import Bericht
from eloket.berichten.service import send_bericht
from eloket.identity.testing import force_actor, hidden_field, log_in
from eloket.zaken import service as zaken
from eloket.zaken.types import Zaak
from tests.huis import inwoner, medewerker, met_nepbronnen
from tests.unit.identity.klokken import Klok
from tests.web.portaal import ANDER, bron_van, client_van, tekst_van, titel_van, zaak_van

pytestmark = pytest.mark.django_db
BERICHTEN = "/mijn/berichten/"
BSN = "999990019"


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


@pytest.fixture
def zaak(bron):
    return zaak_van(inwoner())


def pad(zaak: Zaak) -> str:
    return f"/mijn/zaken/{zaak.ref}/"


def gesprek(zaak: Zaak) -> str:
    return f"{BERICHTEN}{zaak.ref}/"


def verstuur(client: Client, zaak: Zaak, tekst: str, sleutel: str = "s1") -> HttpResponseBase:
    return client.post(f"{pad(zaak)}berichten/", {"bericht": tekst, "sleutel": sleutel, "terug": pad(zaak)})


def antwoord_van_gemeente(zaak: Zaak, tekst: str = "Ja, dat klopt.", sleutel: str = "m1") -> None:
    send_bericht(medewerker(), zaak.ref, tekst=tekst, sleutel=sleutel)


def menu_telt(antwoord: HttpResponseBase) -> bool:
    return "nieuw</span>" in bron_van(antwoord).partition("<main")[0]


def test_a_sent_message_stands_in_the_zaak_and_under_berichten_at_once(zaak):
    client = client_van()
    antwoord = verstuur(client, zaak, "Geldt de vergunning ook\nvoor de Beukenstraat?")
    assert (antwoord.status_code, antwoord["Location"]) == (303, pad(zaak))
    pagina = client.get(pad(zaak))
    assert "Uw bericht is verstuurd." in tekst_van(pagina)
    assert "Geldt de vergunning ook<br>voor de Beukenstraat?" in bron_van(pagina)
    assert "Wij hebben uw bericht ontvangen" in tekst_van(pagina)
    lijst = tekst_van(client.get(BERICHTEN))
    assert "Parkeervergunning voor bewoners" in lijst
    assert "1 bericht U: Geldt de vergunning ook voor de Beukenstraat?" in lijst


def test_it_goes_to_the_behandelaar_when_there_is_one(zaak):
    client = client_van()
    verstuur(client, zaak, "Eerst", "a")
    zaken.take_zaak(medewerker(id=7), zaak.ref, versie=1)
    verstuur(client, zaak, "Dan", "b")
    assert list(Bericht.objects.order_by("verzonden_op").values_list("behandelaar_id", flat=True)) == [
        None,
        7,
    ]


@pytest.mark.parametrize(
    ("tekst", "fout"),
    [("  \n ", "Typ eerst uw bericht."), ("x" * 5001, "Uw bericht is te lang: 5001 tekens.")],
)
@pytest.mark.parametrize("vanaf", ["zaak", "gesprek"])
def test_a_wrong_text_is_kept_and_explained(zaak, tekst, fout, vanaf):
    client = client_van()
    if vanaf == "zaak":
        antwoord = verstuur(client, zaak, tekst)
    else:
        antwoord = client.post(gesprek(zaak), {"bericht": tekst, "sleutel": "s1"})
    html = bron_van(antwoord)
    assert antwoord.status_code == 422
    assert titel_van(antwoord).startswith("Fout: ")
    assert html.count(fout) == 2  # in the summary, and beside the field
    assert 'href="#bericht"' in html
    assert 'aria-invalid="true"' in html
    assert f">\n{tekst}</textarea>" in html
    assert hidden_field(html, "sleutel") == "s1"
    assert not Bericht.objects.exists()


def test_exactly_5000_characters_fit(zaak):
    assert verstuur(client_van(), zaak, "é" * 5000).status_code == 303


def test_a_double_click_is_one_message(zaak):
    client = client_van()
    sleutel = hidden_field(bron_van(client.get(pad(zaak))), "sleutel")
    for _ in range(2):
        assert verstuur(client, zaak, "Hallo", sleutel).status_code == 303
    assert Bericht.objects.count() == 1
    assert hidden_field(bron_van(client.get(pad(zaak))), "sleutel") != sleutel


def test_a_closed_zaak_still_takes_messages(zaak):
    zaken.set_status(medewerker(), zaak.ref, volgnummer=4, toelichting="", resultaat="Verleend", versie=1)
    assert verstuur(client_van(), zaak, "Dank u wel").status_code == 303
    assert Bericht.objects.count() == 1


@pytest.mark.parametrize("lees", [pad, gesprek])
def test_an_answer_counts_as_new_until_it_is_opened(zaak, lees):
    antwoord_van_gemeente(zaak)
    client = client_van()
    assert menu_telt(client.get("/mijn/zaken/"))
    lijst = client.get(BERICHTEN)
    assert menu_telt(lijst)
    assert "A. Behandelaar, Gemeente Voorbeeld: Ja, dat klopt." in tekst_van(lijst)
    geopend = client.get(lees(zaak))
    assert re.search(r"uur Nieuw Ja, dat klopt\.", tekst_van(geopend))
    assert not menu_telt(geopend)
    assert not menu_telt(client.get(BERICHTEN))
    assert "uur Nieuw Ja" not in tekst_van(client.get(lees(zaak)))


@pytest.mark.parametrize("kop", ["prefetch", "prefetch;prerender"])
def test_a_prefetch_reads_nothing(zaak, kop):
    antwoord_van_gemeente(zaak)
    client = client_van()
    for plek in (pad(zaak), gesprek(zaak)):
        assert menu_telt(client.get(plek, headers={"sec-purpose": kop}))
    assert Bericht.objects.get().gelezen_op is None


def test_a_message_is_text_and_never_html(zaak):
    antwoord_van_gemeente(zaak, "<script>alert(1)</script> <a href='javascript:x'>klik</a>")
    verstuur(client_van(), zaak, "</textarea><img src=x onerror=alert(1)>")
    for plek in (pad(zaak), gesprek(zaak), BERICHTEN, "/mijn/"):
        html = bron_van(client_van().get(plek))
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "href='javascript" not in html


def test_who_has_no_messages_reads_so(zaak):
    assert "U heeft geen berichten." in tekst_van(client_van().get(BERICHTEN))
    assert "Er zijn nog geen berichten over deze zaak." in tekst_van(client_van().get(gesprek(zaak)))


def test_a_failing_source_never_reads_as_no_messages(bron, zaak):
    antwoord_van_gemeente(zaak)
    bron.faalt = True
    antwoord = client_van().get(BERICHTEN)
    assert antwoord.status_code == 503
    assert "Wij kunnen uw berichten nu niet ophalen." in tekst_van(antwoord)
    assert "U heeft geen berichten" not in tekst_van(antwoord)


@pytest.mark.parametrize("vanaf", [lambda z: f"{pad(z)}berichten/", gesprek])
def test_a_failing_source_does_not_cost_the_typed_text(bron, zaak, vanaf):
    bron.faalt = True
    client = client_van()
    antwoord = client.post(vanaf(zaak), {"bericht": "Lang <getypt> verhaal", "sleutel": "s1"})
    html = bron_van(antwoord)
    assert antwoord.status_code == 503
    assert "Uw bericht is niet verstuurd" in html
    assert "\nLang &lt;getypt&gt; verhaal</textarea>" in html
    bron.faalt = False
    assert (
        client.post(
            vanaf(zaak), {"bericht": "Lang verhaal", "sleutel": hidden_field(html, "sleutel")}
        ).status_code
        == 303
    )
    assert Bericht.objects.count() == 1


def test_a_busy_database_does_not_cost_the_typed_text(zaak, monkeypatch):
    def faal(*_args, **_velden):
        raise OperationalError("database is locked")

    monkeypatch.setattr("eloket.portal.berichten.verzenden.send_bericht", faal)
    antwoord = verstuur(client_van(), zaak, "Lang verhaal")
    assert antwoord.status_code == 503
    assert "\nLang verhaal</textarea>" in bron_van(antwoord)


@pytest.mark.parametrize("lees", [pad, gesprek])
def test_the_typed_text_survives_an_ended_session(zaak, monkeypatch, lees):
    client, klok = client_van(), Klok(monkeypatch)
    klok.ga_verder(minutes=16)
    actie = f"{pad(zaak)}berichten/" if lees is pad else gesprek(zaak)
    client.post(actie, {"bericht": "Bijna af", "sleutel": "s9", "terug": lees(zaak)})
    assert log_in(client, bsn=BSN) == lees(zaak)
    html = bron_van(client.get(lees(zaak)))
    assert "\nBijna af</textarea>" in html
    assert hidden_field(html, "sleutel") == "s9"
    assert not Bericht.objects.exists()


def test_one_line_per_conversation_the_newest_first_in_pages(bron):
    for nummer in range(21):
        zaak = zaak_van(inwoner(), f"Zaak {nummer:02d}", sleutel=str(nummer))
        send_bericht(inwoner(), zaak.ref, tekst="een", sleutel=f"a{nummer}")
        send_bericht(inwoner(), zaak.ref, tekst="twee", sleutel=f"b{nummer}")
    client = client_van()
    eerste = client.get(BERICHTEN)
    assert bron_van(eerste).count("pip-conversation__link") == 20
    assert tekst_van(eerste).index("Zaak 20") < tekst_van(eerste).index("Zaak 19")
    assert bron_van(client.get(BERICHTEN, {"p": "2"})).count("pip-conversation__link") == 1


def test_another_party_in_the_same_browser_sees_nothing_of_it(zaak):
    verstuur(client_van(), zaak, "Geheim")
    client = Client()
    force_actor(client, inwoner(ANDER))
    assert "U heeft geen berichten." in tekst_van(client.get(BERICHTEN))
