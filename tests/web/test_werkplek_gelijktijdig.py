"""Two civil servants in one zaak: whatever form the second one sends, nothing of the first is overwritten silently."""

import re

import pytest

from eloket.identity.types import Recht
from eloket.zaken import service as zaken
from eloket.zaken.errors import ZaakGewijzigd
from eloket.zaken.types import Zaak
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, text_of, zaak_pad

pytestmark = pytest.mark.django_db
TEKST = "Tekst die niet weg mag"


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    return huis.start("Vergunning Lindelaan")


def omar_sets_a_status(huis: Stadhuis, zaak: Zaak) -> None:
    zaken.set_status(
        huis.omar, zaak.ref, volgnummer=zaak.stap + 1, toelichting="", resultaat="", versie=zaak.versie
    )


def formulier(html: str, actie: str) -> dict[str, str]:
    """The hidden fields of the form that goes there, as the page has them."""
    (deel,) = re.findall(rf'<form[^>]*action="[^"]*{actie}"[^>]*>(.*?)</form>', html, re.DOTALL)
    return dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', deel))


@pytest.mark.parametrize("knop", ["voorbeeld", "sjabloon"])
def test_an_example_or_a_standard_text_does_not_hide_what_a_colleague_did(
    huis: Stadhuis, zaak: Zaak, knop: str
):
    client = client_of(huis.mila)
    velden = formulier(text_of(client.get(zaak_pad(zaak.ref, "?deel=status"))), "status/")
    omar_sets_a_status(huis, zaak)
    antwoord = client.post(zaak_pad(zaak.ref, "status/"), {**velden, "toelichting": TEKST, "knop": knop})
    html = text_of(antwoord)
    assert antwoord.status_code == 409
    assert ZaakGewijzigd.tekst in html
    assert "Omar de Boer</span> heeft een status gezet" in html
    assert f"{TEKST}</textarea>" in html


@pytest.mark.parametrize(
    ("deel", "actie", "fout", "goed"),
    [
        ("overdragen", "overdragen/", {}, {"collega": "niemand"}),
        ("overdragen", "overdragen/", {"afdeling": "bestaat-niet"}, {"collega": "niemand", "afdeling": ""}),
        ("termijn", "opschorten/", {"reden": ""}, {"reden": "Wij wachten op u."}),
        ("status", "status/", {"toelichting": "x" * 2001}, {"toelichting": TEKST}),
    ],
)
def test_a_form_that_comes_back_with_a_mistake_still_knows_what_it_was_made_from(
    huis: Stadhuis, deel: str, actie: str, fout: dict[str, str], goed: dict[str, str]
):
    zaak = huis.start("Vergunning Lindelaan")
    client = client_of(huis.mila)
    velden = formulier(text_of(client.get(zaak_pad(zaak.ref, f"?deel={deel}"))), actie)
    if actie != "status/":  # that one says at once that the zaak was changed
        omar_sets_a_status(huis, zaak)
    antwoord = client.post(zaak_pad(zaak.ref, actie), {**velden, **fout})
    assert antwoord.status_code == 422
    opnieuw = formulier(text_of(antwoord), actie)
    assert (opnieuw["versie"], opnieuw["geladen"]) == (velden["versie"], velden["geladen"])
    assert f'data-versie="{velden["versie"]}"' in text_of(antwoord)
    if actie == "status/":
        omar_sets_a_status(huis, zaak)
    nu = huis.now(zaak.ref)
    antwoord = client.post(zaak_pad(zaak.ref, actie), {**opnieuw, **goed})
    assert antwoord.status_code == 409
    assert "Omar de Boer</span> heeft een status gezet" in text_of(antwoord)
    assert huis.now(zaak.ref) == nu
    daarna = client.post(zaak_pad(zaak.ref, actie), {**formulier(text_of(antwoord), actie), **goed})
    assert daarna.status_code == 303, "wie las wat er veranderde kan verder"


def test_what_is_not_possible_does_not_hide_what_a_colleague_did(huis: Stadhuis, zaak: Zaak):
    client = client_of(huis.mila)
    velden = formulier(text_of(client.get(zaak_pad(zaak.ref, "?deel=overdragen"))), "overdragen/")
    omar_sets_a_status(huis, zaak)
    antwoord = client.post(zaak_pad(zaak.ref, "overdragen/"), {**velden, "collega": huis.bo.medewerker_id})
    assert antwoord.status_code == 409
    opnieuw = formulier(text_of(antwoord), "overdragen/")
    assert opnieuw["versie"] == velden["versie"]
    antwoord = client.post(zaak_pad(zaak.ref, "overdragen/"), {**opnieuw, "collega": "niemand"})
    assert "Omar de Boer</span> heeft een status gezet" in text_of(antwoord)


def test_the_button_to_take_the_zaak_is_of_the_zaak_as_the_page_shows_it(huis: Stadhuis, zaak: Zaak):
    """It stands beside who handles the zaak now: pressing it overwrites nothing that was not read."""
    assert Recht.BEHANDELEN in huis.mila.rechten
    client = client_of(huis.mila)
    velden = formulier(text_of(client.get(zaak_pad(zaak.ref, "?deel=overdragen"))), "overdragen/")
    zaken.take_zaak(huis.omar, zaak.ref, versie=zaak.versie)
    html = text_of(client.post(zaak_pad(zaak.ref, "overdragen/"), velden))
    assert "Neem over van Omar de Boer" in html
    assert formulier(html, "neem/")["versie"] == str(huis.now(zaak.ref).versie)
