"""What somebody searches for (a name, a BSN) stands in no address, title or line of a log (house rule 6)."""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote_plus

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client, override_settings

from eloket.audit.models import AuditRegel
from eloket.identity.bewaard import TERUG_TEKST
from eloket.identity.testing import force_actor, in_process_provider, inwoner, log_in, onderneming
from eloket.identity.types import Actor
from eloket.identity.zoekterm import WEG, open_zoekterm, seal_zoekterm
from eloket.zaken.filters import list_filters
from eloket.zaken.models import BewaardFilter
from tests.architecture.routetabel import ROUTES, Stad, build_stad
from tests.architecture.test_templates import PAGINAS, name_of, without_comments
from tests.faults.formulieren import lees
from tests.security.test_routes import INVOER
from tests.unit.identity.klokken import Klok
from tests.web.portaal import bron_van, tekst_van, titel_van

pytestmark = pytest.mark.django_db
BSN, NAAM, LANG = "999990032", "Van der Zonneveld", "🌷" * 100
LEKKEN = (BSN, "zonneveld", "🌷")


@dataclass(frozen=True, slots=True)
class Zoekpagina:
    """A page with a form that searches: the route of the page, where the form is sent, and its fields."""

    pagina: str
    formulier: str
    velden: tuple[str, ...]

    @property
    def lijst(self) -> str:
        return next(f"/{een.patroon}" for een in ROUTES if een.naam == self.pagina)

    @property
    def actie(self) -> str:
        return next(f"/{een.patroon}" for een in ROUTES if een.naam == self.formulier)


ZAKEN = Zoekpagina("mijn-zaken", "mijn-zaken-zoeken", ("q",))
WERK = Zoekpagina("werkplek", "werkplek-zoeken", ("zoek",))
LOGBOEK = Zoekpagina("werkplek-privacy", "werkplek-privacy-zoeken", ("zaaknummer", "van", "tot"))
PERSOON = Zoekpagina(
    "werkplek-privacy-persoon", "werkplek-privacy-persoon", ("bsn", "kvk", "vestiging", "zaaknummer")
)
BALIE = Zoekpagina("werkplek-balie", "werkplek-balie", ("bsn", "kvk", "vestiging"))
ZOEKPAGINAS = (ZAKEN, WERK, LOGBOEK, PERSOON, BALIE)
MET_ZEGEL = (ZAKEN, WERK)
# Forms whose fields stand in the address, with free text in them, and why that is no text about somebody.
IN_HET_ADRES = {
    "portal/loket/lijst.html": "zoekt tussen formulieren, niet tussen mensen; de link is te delen",
}


@pytest.fixture(scope="module")
def stad(django_db_setup, django_db_blocker) -> Iterator[Stad]:
    """Built once for all tests of this module: each of them takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic(), in_process_provider():
        yield build_stad()
        transaction.set_rollback(True)


@pytest.fixture(params=ZOEKPAGINAS, ids=lambda een: een.pagina)
def pagina(request: pytest.FixtureRequest) -> Zoekpagina:
    waarde: Zoekpagina = request.param
    return waarde


@pytest.fixture(params=MET_ZEGEL, ids=lambda een: een.pagina)
def gezegeld(request: pytest.FixtureRequest) -> Zoekpagina:
    waarde: Zoekpagina = request.param
    return waarde


def browser(stad: Stad, pagina: Zoekpagina) -> Client:
    return stad.client_for(next(een for een in ROUTES if een.naam == pagina.formulier))


def who(stad: Stad, pagina: Zoekpagina) -> Actor:
    return stad.huis.jeroen if pagina is ZAKEN else stad.huis.mila


def search(client: Client, pagina: Zoekpagina, tekst: str, **velden: str) -> str:
    """The address where the form leads to."""
    antwoord = client.post(pagina.actie, {pagina.velden[0]: tekst, **velden})
    assert antwoord.status_code == 303
    return str(antwoord["Location"])


class _Adressen(HTMLParser):
    """Every address on a page, also the ones that a form takes along to come back to."""

    def __init__(self) -> None:
        super().__init__()
        self.gevonden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kenmerk = {naam: waarde or "" for naam, waarde in attrs}
        self.gevonden += [
            kenmerk[naam] for naam in ("href", "src", "action", "formaction") if naam in kenmerk
        ]
        if kenmerk.get("name") in {"terug", "vraag"}:
            self.gevonden.append(kenmerk.get("value", ""))
        if tag == "meta":
            self.gevonden.append(kenmerk.get("content", ""))


def leaks(antwoord: HttpResponseBase) -> list[str]:
    """Every address, header and title of this answer in which what was searched for can be read."""
    lezer, html = _Adressen(), bron_van(antwoord)
    lezer.feed(html)
    titels = re.findall(r"<title>(.*?)</title>", html, re.DOTALL)
    koppen = [f"{waarde}" for waarde in antwoord.headers.values()]
    koppen += [stuk.OutputString() for stuk in antwoord.cookies.values()]
    return [een for een in (*lezer.gevonden, *titels, *koppen) if any(lek in read(een) for lek in LEKKEN)]


def read(tekst: str) -> str:
    """As somebody who looks for a name would: also encoded twice, as in an address to come back to."""
    return unquote_plus(unquote_plus(unescape(tekst))).lower()


@pytest.mark.parametrize("tekst", [BSN, NAAM, LANG], ids=["bsn", "naam", "lang"])
def test_what_is_searched_for_stands_in_no_address_title_or_log(
    pagina: Zoekpagina, stad: Stad, caplog: pytest.LogCaptureFixture, tekst: str
):
    client = browser(stad, pagina)
    caplog.set_level(logging.DEBUG)
    begin = client.get(pagina.lijst)
    assert pagina.actie in {actie or pagina.lijst for actie in lees(bron_van(begin))}, (
        "het formulier gaat per POST"
    )
    for veld in pagina.velden:
        antwoord = client.post(pagina.actie, {**INVOER, "wie": "inwoner", "kanaal": "balie", veld: tekst})
        assert antwoord.status_code in {303, 422}
        assert leaks(antwoord) == []
        if antwoord.status_code == 303:
            gevonden = client.get(antwoord["Location"])
            assert gevonden.status_code == 200
            assert leaks(gevonden) == []
        else:
            assert tekst in tekst_van(antwoord) or f'value="{tekst[:40]}' in bron_van(antwoord)
    assert not [regel for regel in caplog.messages if any(lek in read(regel) for lek in LEKKEN)]


def test_the_list_finds_what_was_typed_and_shows_it(gezegeld: Zoekpagina, stad: Stad):
    client = browser(stad, gezegeld)
    html = bron_van(client.get(search(client, gezegeld, NAAM)))
    assert f"‘{NAAM}’" in unescape(html)
    assert f'value="{NAAM}"' in html
    assert WEG not in html


def strangers(stad: Stad, pagina: Zoekpagina) -> list[Actor]:
    """Who gets the link of another: the same person for another party is another too."""
    if pagina is WERK:
        return [stad.huis.omar, stad.huis.bo]
    return [inwoner("999990020"), onderneming(), onderneming(vestigingsnummer="000038509504")]


def test_the_link_of_another_is_no_search(gezegeld: Zoekpagina, stad: Stad):
    adres = search(browser(stad, gezegeld), gezegeld, NAAM)
    for ander in strangers(stad, gezegeld):
        client = Client()
        force_actor(client, ander)
        antwoord = client.get(adres)
        assert antwoord.status_code == 200
        assert WEG in tekst_van(antwoord)
        assert NAAM not in tekst_van(antwoord)


def test_a_seal_of_one_business_is_none_of_the_next():
    """The same person, logged in for a business and for one of its branches."""
    heel, tak = onderneming(), onderneming(vestigingsnummer="000038509504")
    zegel = seal_zoekterm(heel, "mijn-zaken", NAAM).zegel
    assert open_zoekterm(heel, "mijn-zaken", zegel).tekst == NAAM
    assert open_zoekterm(tak, "mijn-zaken", zegel).is_weg
    assert open_zoekterm(replace(tak, key=heel.key), "mijn-zaken", zegel).is_weg
    assert open_zoekterm(heel, "werkplek", zegel).is_weg


ENDED: dict[str, Callable[[str], str]] = {
    "as it was typed in an old bookmark": lambda _: NAAM,
    "a zaaknummer": lambda _: "Z-2026-000001",
    "one letter off": lambda zegel: zegel[:40] + ("A" if zegel[40] != "A" else "B") + zegel[41:],
    "cut short": lambda zegel: zegel[:-5],
    "with something in it that a decoder passes over": lambda zegel: f"{zegel[:9]}!{NAAM}!{zegel[9:]}",
    "too long": lambda zegel: zegel * 9,
    "only padding": lambda _: "====",
    "not ASCII": lambda _: "²٣é",
}


@pytest.mark.parametrize("hoe", ENDED)
def test_what_is_no_seal_is_no_search_and_is_told(gezegeld: Zoekpagina, stad: Stad, hoe: str):
    client, veld = browser(stad, gezegeld), gezegeld.velden[0]
    zegel = search(client, gezegeld, NAAM).partition(f"{veld}=")[2].partition("&")[0]
    voor = AuditRegel.objects.count()
    antwoord = client.get(gezegeld.lijst, {veld: ENDED[hoe](zegel), "p": "7", "pagina": "7"})
    assert antwoord.status_code == 200
    assert WEG in tekst_van(antwoord)
    assert leaks(antwoord) == []
    assert "7" not in titel_van(antwoord), "zonder zoekwoord is er een andere eerste pagina"
    assert not any(regel.kenmerken.get("gezocht") for regel in AuditRegel.objects.order_by("pk")[voor:])


def test_the_work_list_notes_that_it_was_searched_and_not_for_what(stad: Stad):
    client = browser(stad, WERK)
    client.get(search(client, WERK, NAAM))
    regel = AuditRegel.objects.filter(actie="lijst.bekeken").latest("pk")
    assert regel.kenmerken["gezocht"] is True
    assert NAAM not in str(regel.kenmerken)


def test_the_longest_search_fits_in_every_address(gezegeld: Zoekpagina, stad: Stad):
    """Also in the one to come back to after logging in."""
    client = browser(stad, gezegeld)
    adres = search(client, gezegeld, LANG, status="afgerond", lijst="afdeling", zaaktype="x" * 50)
    assert len(adres) < 1000
    assert LANG in tekst_van(client.get(adres))


def test_a_rotated_secret_keeps_a_link_until_it_is_withdrawn(gezegeld: Zoekpagina, stad: Stad, settings):
    oud, actor = settings.ELOKET, who(stad, gezegeld)
    zegel = seal_zoekterm(actor, gezegeld.pagina, NAAM).zegel
    beide = oud.model_copy(update={"secrets": ("nieuw" * 10, *oud.secrets)})
    with override_settings(ELOKET=beide):
        assert open_zoekterm(actor, gezegeld.pagina, zegel).tekst == NAAM
    with override_settings(ELOKET=oud.model_copy(update={"secrets": ("nieuw" * 10,)})):
        assert open_zoekterm(actor, gezegeld.pagina, zegel).is_weg


@pytest.mark.parametrize("pagina", [ZAKEN, WERK, LOGBOEK], ids=lambda een: een.pagina)
def test_a_search_that_begins_with_an_ended_session_is_not_lost(
    pagina: Zoekpagina, stad: Stad, monkeypatch: pytest.MonkeyPatch
):
    client = browser(stad, pagina)
    velden = lees(bron_van(client.get(pagina.lijst)))[pagina.actie]
    Klok(monkeypatch).ga_verder(minutes=16)
    antwoord = client.post(pagina.actie, {**velden, pagina.velden[0]: NAAM})
    assert antwoord.status_code == 303
    assert leaks(antwoord) == []
    if pagina is not ZAKEN:
        return  # tests/faults/test_invoer_blijft.py: every form of the werkplek
    terug = log_in(client, bsn="999990019")
    html = bron_van(client.get(terug))
    assert terug.startswith(pagina.lijst)
    assert TERUG_TEKST in html
    assert f'value="{NAAM}"' in html


def test_a_saved_filter_is_encrypted_and_leads_to_a_sealed_address(stad: Stad):
    client = browser(stad, WERK)
    html = bron_van(client.get(search(client, WERK, NAAM, lijst="afdeling")))
    velden = lees(html)["/werkplek/filters/"]
    antwoord = client.post("/werkplek/filters/", {**velden, "naam": "Van mij"})
    assert leaks(antwoord) == []
    assert f"‘{NAAM}’" in unescape(bron_van(client.get(antwoord["Location"]))), "terug in dezelfde lijst"
    (bewaard,) = list_filters(stad.huis.mila)
    assert bewaard.vraag == "lijst=afdeling&zoek=Van+der+Zonneveld"
    with connection.cursor() as cursor:
        cursor.execute("SELECT vraag FROM zaken_bewaard_filter WHERE id = %s", [bewaard.id])
        assert "onneveld" not in str(cursor.fetchone())
    lijst = bron_van(client.get("/werkplek/"))
    href = unescape(re.search(r'href="([^"]*)">Van mij<', lijst)[1])  # type: ignore[index]
    assert not any(lek in read(href) for lek in LEKKEN)
    assert f"‘{NAAM}’" in unescape(bron_van(client.get(href)))


def test_a_filter_of_the_longest_search_is_kept_whole(stad: Stad):
    client = browser(stad, WERK)
    velden = lees(bron_van(client.get(search(client, WERK, LANG))))["/werkplek/filters/"]
    client.post("/werkplek/filters/", {**velden, "naam": "Tulpen"})
    assert BewaardFilter.objects.get(naam="Tulpen").vraag.endswith("%F0%9F%8C%B7")


def test_a_zaaknummer_in_the_log_may_stand_in_an_address_and_a_bsn_may_not(stad: Stad):
    client = browser(stad, LOGBOEK)
    adres = search(client, LOGBOEK, " Z-2026-000001 ", actie="zaak.bekeken")
    assert adres == "/werkplek/logboek/?zaaknummer=Z-2026-000001&actie=zaak.bekeken"
    fout = client.post(LOGBOEK.actie, {"zaaknummer": BSN})
    html = bron_van(fout)
    assert (fout.status_code, f'value="{BSN}"' in html) == (422, True)
    assert "Er is geen zaak met dit zaaknummer." in html
    oud = client.get(LOGBOEK.lijst, {"zaaknummer": BSN, "actie": BSN, "medewerker": NAAM, "kant": NAAM})
    assert (oud.status_code, leaks(oud)) == (422, [])
    for anders in ({"regel": NAAM}, {"van": NAAM}, {"tot": "2026-01-01", "van": "2026-02-01"}):
        bestand = client.get("/werkplek/logboek/bestand/", {"zaaknummer": BSN, **anders})
        assert (bestand.status_code, leaks(bestand)) == (302, [])
        pagina = client.get(LOGBOEK.lijst, {"zaaknummer": NAAM, **anders})
        assert (pagina.status_code, leaks(pagina)) == (422, [])
    assert not [
        regel for regel in AuditRegel.objects.all() if any(lek in str(regel.kenmerken) for lek in (BSN, NAAM))
    ]


_VRIJ = re.compile(r'<textarea\b|c\.(tekstveld|tekstvak)\((?!.*type="(?:date|month|number)")')
_INVOER = re.compile(r'<input\b(?![^>]*type="(?:hidden|date|month|number|checkbox|radio|submit)")')


@pytest.mark.parametrize("pad", PAGINAS, ids=name_of)
def test_a_form_that_asks_free_text_is_posted(pad):
    """A form without a method, or with another than `post`, puts its fields in the address."""
    formulieren = re.findall(r"<form\b([^>]*)>(.*?)</form>", without_comments(pad), re.DOTALL)
    fout = [
        inhoud
        for kenmerken, inhoud in formulieren
        if not re.search(r'method="post"', kenmerken)
        and any(_VRIJ.search(regel) or _INVOER.search(regel) for regel in inhoud.splitlines())
    ]
    assert bool(fout) is (name_of(pad) in IN_HET_ADRES), (
        "zet het zoekwoord verzegeld in het adres (zoekterm.py)"
    )
