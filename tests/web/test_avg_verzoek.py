"""Asking to have data put right, removed or not used (AVG 15 to 21): from Mijn Gegevens and from a zaak on."""

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from eloket.identity.models import Afdeling, Medewerker
from eloket.identity.niveaus import Zekerheid
from eloket.identity.testing import gemachtigde, inwoner, medewerker
from eloket.identity.types import Actor, Machtiging
from eloket.kernel.klok import op_moment
from eloket.loket.models import Concept
from eloket.loket.versies import load_meegeleverd
from eloket.notifications.models import Notificatie
from eloket.notifications.types import NotificatieSoort
from eloket.portal.loket import paden
from eloket.zaken import service as zaken
from eloket.zaken.access import find_zaak_for, get_zaak_for
from eloket.zaken.errors import RedenOntbreekt, TermijnNietTeVerlengen
from eloket.zaken.types import Zaak
from tests.web.portaal import ANDER, bron_van, client_van, tekst_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, zaak_pad

pytestmark = pytest.mark.django_db
START = paden.start(paden.AVG)
NOV = datetime(2026, 11, 3, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def huis() -> Stadhuis:
    """Jeroen logged in as this form asks."""
    huis = build_stadhuis()
    load_meegeleverd()
    return replace(huis, jeroen=sterk(huis.jeroen))


def sterk(actor: Actor) -> Actor:
    return replace(actor, zekerheid=Zekerheid.SUBSTANTIEEL)


@pytest.fixture
def fg(huis: Stadhuis) -> Actor:
    """Who handles these for the municipality: of an afdeling of its own."""
    rij = Medewerker.objects.create(subject="fg", naam="Fenna Groot")
    rij.afdelingen.add(Afdeling.objects.get(code="privacy"))
    return medewerker(rij.pk, ("privacy",), "Fenna Groot", "fg")


def begin(actor: Actor, over: str = "") -> tuple[str, Concept]:
    """The path of the form that was begun, and its row."""
    antwoord = client_van(actor).post(START, {"sleutel": "a" * 32, **({"over": over} if over else {})})
    assert antwoord.status_code == 303
    return str(antwoord["Location"]), Concept.objects.get()


def hidden(client, pad: str) -> dict[str, str]:
    """What the page of a step sends along by itself."""
    html = bron_van(client.get(pad))
    return dict(re.findall(r'<input type="hidden" name="(venster|gezien)" value="([^"]*)"', html))


def send(huis: Stadhuis, over: Zaak) -> Zaak:
    """A correction in this zaak, asked by Jeroen."""
    client = client_van(huis.jeroen)
    basis, _ = begin(huis.jeroen, str(over.ref))
    basis = basis.partition("stap/")[0]
    velden = {
        "soort": "correctie", "waar": "zaak", "zaaknummer": over.identificatie, "gegeven": "Het kenteken",
        "staat_er": "XX-123-X", "moet_zijn": "XX-321-X", "omschrijving": "Verwisseld.", "knop": "verder",
    }  # fmt: skip
    for stap, invoer in (("verzoek", velden), ("contact", {"telefoon": "", "knop": "verder"})):
        assert (
            client.post(f"{basis}stap/{stap}/", hidden(client, f"{basis}stap/{stap}/") | invoer).status_code
            == 303
        )
    rij = Concept.objects.get()
    antwoord = client.post(f"{basis}controleren/", {"revisie": rij.revisie, "knop": "versturen"})
    assert antwoord.status_code == 303, tekst_van(antwoord)
    rij.refresh_from_db()
    return find_zaak_for(huis.jeroen, rij.zaaknummer)


def test_my_details_say_what_one_changes_oneself_what_goes_by_the_brp_and_how_to_ask_the_rest(huis):
    antwoord = client_van().get("/mijn/gegevens/")
    tekst = tekst_van(antwoord)
    assert "Klopt er iets niet in de BRP, zoals uw naam of geboortedatum?" in tekst
    assert "Maak een afspraak bij Burgerzaken" in tekst
    assert 'href="/loket/avg-verzoek/"' in bron_van(antwoord)
    assert client_van().get("/loket/avg-verzoek/").status_code == 200


def test_from_a_zaak_its_number_is_filled_in(huis):
    zaak = huis.start("Parkeervergunning")
    assert f'href="{paden.over_zaak(paden.AVG, zaak.ref)}"' in bron_van(
        client_van().get(f"/mijn/zaken/{zaak.ref}/")
    )
    start = tekst_van(client_van(huis.jeroen).get(paden.over_zaak(paden.AVG, zaak.ref)))
    assert f"Het gaat over uw zaak Parkeervergunning, {zaak.identificatie}" in start
    pad, _ = begin(huis.jeroen, str(zaak.ref))
    stap = bron_van(client_van(huis.jeroen).get(pad, follow=True))
    assert f'value="{zaak.identificatie}"' in stap


def test_who_logged_in_lower_asks_nothing_and_reads_no_answer(huis, fg):
    """The answer tells of every zaak, also of one that asks for this level itself."""
    laag = client_van(inwoner())
    for antwoord in (laag.get(START), laag.post(START, {"sleutel": "a" * 32})):
        assert antwoord["Location"].startswith("/inloggen/hoger/?")
        assert "zekerheid=substantieel" in antwoord["Location"]
    assert Concept.objects.count() == 0
    verzoek = send(huis, huis.start("Parkeervergunning"))
    for pad in ("", "documenten/", "dossier/"):
        antwoord = laag.get(f"/mijn/zaken/{verzoek.ref}/{pad}")
        assert antwoord["Location"].startswith("/inloggen/hoger/?"), pad
    assert client_van(huis.jeroen).get(f"/mijn/zaken/{verzoek.ref}/").status_code == 200
    product = tekst_van(Client().get("/loket/avg-verzoek/"))
    assert "U logt eerst in met DigiD Substantieel of eHerkenning" in product
    assert "Kunt u niet inloggen op het niveau dat nodig is? Bel ons, stuur een brief of kom langs" in product


def test_the_number_of_another_persons_zaak_is_told_to_nobody(huis):
    zaak = huis.start()
    fatima = client_van(sterk(inwoner(ANDER)))
    assert fatima.get(paden.over_zaak(paden.AVG, zaak.ref)).status_code == 404
    assert fatima.post(START, {"sleutel": "a" * 32, "over": str(zaak.ref)}).status_code == 404
    assert fatima.get(f"{START}?over=onzin").status_code == 404
    assert Concept.objects.count() == 0


def test_a_gemachtigde_does_not_ask_it_for_somebody_and_a_bewindvoerder_does(huis):
    antwoord = client_van(sterk(gemachtigde())).get(START)
    assert antwoord.status_code == 404
    assert "Dit formulier kunt u niet voor iemand anders invullen" in tekst_van(antwoord)
    assert client_van(sterk(gemachtigde())).post(START, {"sleutel": "a" * 32}).status_code == 404
    assert Concept.objects.count() == 0
    bewind = replace(sterk(gemachtigde()), machtiging=Machtiging.BEWIND)
    assert client_van(bewind).get(START).status_code == 200


def test_what_is_wrong_in_the_brp_is_sent_to_the_right_door(huis):
    basis, _ = begin(huis.jeroen)
    velden = {"soort": "correctie", "waar": "register", "knop": "verder"}
    client = client_van(huis.jeroen)
    pad = f"{basis.partition('stap/')[0]}stap/verzoek/"
    antwoord = client.post(pad, velden, follow=True)
    assert "Gegevens uit de Basisregistratie Personen (BRP) wijzigt u op een andere manier" in tekst_van(
        antwoord
    )
    assert antwoord.status_code == 422


def test_it_becomes_a_zaak_of_the_privacy_afdeling_that_names_zaak_and_datum(huis, fg):
    over = huis.start("Parkeervergunning")
    with op_moment(NOV):
        verzoek = send(huis, over)
    assert (verzoek.zaaktype, verzoek.afdeling) == ("AVG_VERZOEK", "privacy")
    assert str(verzoek.uiterlijke_einddatum) == "2026-12-03"
    pagina = tekst_van(client_of(fg).get(zaak_pad(verzoek.ref)))
    for deel in (over.identificatie, "Het kenteken", "XX-123-X", "XX-321-X", "Verwisseld."):
        assert deel in pagina
    assert client_of(huis.mila).get(zaak_pad(verzoek.ref)).status_code == 404
    assert client_of(fg).get(zaak_pad(over.ref)).status_code == 404  # the number opens nothing


def extend(actor: Actor, zaak: Zaak, reden: str):
    velden = {"reden": reden, "versie": zaak.versie, "geladen": "0"}
    return client_of(actor).post(zaak_pad(zaak.ref, "verlengen/"), velden)


def test_the_term_is_extended_once_with_a_reason_that_the_resident_reads(huis, fg):
    with op_moment(NOV):
        verzoek = send(huis, huis.start())
        Notificatie.objects.all().delete()
        pagina = tekst_van(client_of(fg).get(zaak_pad(verzoek.ref), {"deel": "verlengen"}))
        assert "U kunt de termijn één keer verlengen, met 2 maanden" in pagina
        leeg = extend(fg, verzoek, " ")
        assert leeg.status_code == 422
        assert extend(fg, verzoek, "Wij zoeken in vijf systemen.").status_code == 303
        nu = get_zaak_for(fg, verzoek.ref)
        assert str(nu.uiterlijke_einddatum) == "2027-02-03"
        mijn = tekst_van(client_van(huis.jeroen).get(f"/mijn/zaken/{verzoek.ref}/"))
        assert "Op 3 november 2026 hebben wij de termijn verlengd. Wij zoeken in vijf systemen." in mijn
        assert "De uiterste datum is nu 3 februari 2027" in mijn
        assert [een.soort for een in Notificatie.objects.all()] == [NotificatieSoort.TERMIJN_GEWIJZIGD]
        assert "De termijn van deze zaak is al verlengd" in tekst_van(
            client_of(fg).get(zaak_pad(verzoek.ref), {"deel": "verlengen"})
        )


def test_it_is_not_extended_without_a_reason_when_it_is_over_or_where_the_zaaktype_does_not_allow_it(
    huis, fg
):
    with op_moment(NOV):
        verzoek = send(huis, huis.start())
        with pytest.raises(RedenOntbreekt):
            zaken.extend_zaak(fg, verzoek.ref, reden="", versie=verzoek.versie)
    with op_moment(datetime(2026, 12, 4, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))):
        antwoord = extend(fg, verzoek, "Te laat bedacht.")
        assert antwoord.status_code == 409
        assert "De termijn is al voorbij" in tekst_van(antwoord)
    ander = huis.start()
    assert "Verleng de termijn" not in tekst_van(client_of(huis.mila).get(zaak_pad(ander.ref)))
    assert extend(huis.mila, ander, "Toch").status_code == 409
    assert get_zaak_for(huis.mila, ander.ref).verlenging is None


def test_two_who_extend_at_once_extend_once(huis, fg):
    with op_moment(NOV):
        verzoek = send(huis, huis.start())
        assert extend(fg, verzoek, "Eerste").status_code == 303
        tweede = extend(fg, verzoek, "Tweede")
        assert tweede.status_code in {409, 422}
        nu = get_zaak_for(fg, verzoek.ref)
        assert nu.verlenging is not None
        assert nu.verlenging.reden == "Eerste"
    assert TermijnNietTeVerlengen.code == "termijn-niet-te-verlengen"
