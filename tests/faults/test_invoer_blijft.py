"""The database fails, or the session ends, while a form is on its way: what was typed comes back, and can be sent."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import resolve

from eloket.berichten.models import Bericht
from eloket.berichten.service import send_bericht
from eloket.identity.bewaard import TERUG_TEKST
from eloket.identity.flash import add_flash
from eloket.identity.partijmerk import VELD
from eloket.identity.samenloop import INVOER
from eloket.identity.sessie import SessionStore
from eloket.identity.testing import hidden_field, in_process_provider, log_in
from eloket.identity.types import Audience
from eloket.loket.models import Concept
from eloket.loket.versies import load_meegeleverd
from eloket.profile import service as profile
from eloket.profile.models import Profiel
from eloket.profile.testing import FakePersonenBron
from eloket.zaken.types import Zaak
from tests.architecture.routetabel import ROUTES, build_stad, fill_melding, manager
from tests.faults.formulieren import (
    WERKPLEK_FORMULIEREN,
    ZONDER_TEKST,
    Formulier,
    Velden,
    Werkplek,
    build_werkplek,
    lees,
)
from tests.huis import inwoner, medewerker, met_nepbronnen
from tests.unit.identity.klokken import Klok
from tests.web.portaal import bron_van, client_van, tekst_van, zaak_van

pytestmark = pytest.mark.django_db
TEKST = 'Lang <b>verhaal</b>\r\nmet een tweede regel & "aanhaling"'


@pytest.fixture
def zaak() -> Iterator[Zaak]:
    load_meegeleverd()
    with met_nepbronnen():
        yield zaak_van(inwoner())


@contextmanager
def database_weg(*woorden: str) -> Iterator[None]:
    """Every query with one of these words fails; without words every query does."""

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not woorden or any(woord in sql for woord in woorden):
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield


def streng(actor: Any) -> Client:
    """A browser that checks CSRF, and sees an error page as a person does."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies = client_van(actor).cookies
    return client


def veilig(client: Client, pad: str) -> dict[str, str]:
    """What every form of this page carries: its token, and of whom it is when somebody is logged in."""
    return mee(bron_van(client.get(pad)))


def mee(html: str) -> dict[str, str]:
    namen = ("csrfmiddlewaretoken", VELD)
    return {naam: hidden_field(html, naam) for naam in namen if f'name="{naam}"' in html}


FORMULIEREN = (
    ("/mijn/gegevens/", "email"),
    ("/loket/aanvragen/melding-openbare-ruimte/{concept}/stap/melding/", "omschrijving"),
    ("/mijn/zaken/{ref}/berichten/", "bericht"),
    ("/mijn/berichten/{ref}/", "bericht"),
)
WERKPLEK = (("bericht/", "bericht"), ("vraag/", "uitleg"), ("status/", "toelichting"))


def check_opnieuw(antwoord: HttpResponseBase, pad: str, veld: str) -> None:
    html = bron_van(antwoord)
    assert antwoord.status_code == 503
    assert antwoord["Cache-Control"] == "no-store"
    assert "Lang &lt;b&gt;verhaal&lt;/b&gt;<br>met een tweede regel &amp; &#34;aanhaling&#34;" in html
    assert f'action="{pad}"' in html
    assert f'name="{veld}" value="Lang &lt;b&gt;verhaal&lt;/b&gt;' in html
    assert "Probeer opnieuw" in html


@pytest.mark.parametrize("woorden", [(), ("identity_sessie",)])
@pytest.mark.parametrize(("pad", "veld"), FORMULIEREN)
def test_de_database_is_weg_en_de_tekst_van_een_inwoner_is_er_nog(zaak, pad, veld, woorden):
    pad = pad.format(ref=zaak.ref, concept=fill_melding(inwoner()).id)
    client = streng(inwoner())
    velden = {veld: TEKST, **veilig(client, "/mijn/gegevens/")}
    with database_weg(*woorden):
        antwoord = client.post(pad, velden)
    check_opnieuw(antwoord, pad, veld)


@pytest.mark.parametrize(("deel", "veld"), WERKPLEK)
def test_de_database_is_weg_en_de_tekst_van_een_medewerker_is_er_nog(zaak, deel, veld):
    pad = f"/werkplek/zaken/{zaak.ref}/{deel}"
    client = streng(medewerker(zaak.afdeling))
    velden = {veld: TEKST, **veilig(client, f"/werkplek/zaken/{zaak.ref}/")}
    with database_weg():
        antwoord = client.post(pad, velden)
    check_opnieuw(antwoord, pad, veld)


def test_na_de_storing_werkt_de_knop_een_keer(zaak):
    client, pad = streng(inwoner()), f"/mijn/zaken/{zaak.ref}/berichten/"
    token = veilig(client, f"/mijn/zaken/{zaak.ref}/")
    velden = {"bericht": "Hallo", "sleutel": "s1", "terug": f"/mijn/zaken/{zaak.ref}/"}
    with database_weg("berichten_bericht"):
        html = bron_van(client.post(pad, {**velden, **token}))
    opnieuw = {naam: hidden_field(html, naam) for naam in velden} | mee(html)
    assert {naam: opnieuw[naam] for naam in velden} == velden
    for _ in range(2):
        assert client.post(pad, opnieuw).status_code == 303
    assert [een.tekst for een in Bericht.objects.all()] == ["Hallo"]


@pytest.mark.django_db(transaction=True)
def test_bewaard_en_toch_een_storing_daarna_geeft_bij_opnieuw_geen_tweede_bericht(zaak):
    """The message was committed, and then the session could not be written."""
    client, pad = streng(inwoner()), f"/mijn/zaken/{zaak.ref}/berichten/"
    velden = {
        "bericht": "Hallo",
        "sleutel": "s1",
        **veilig(client, f"/mijn/zaken/{zaak.ref}/"),
    }
    with database_weg("UPDATE"):
        assert client.post(pad, velden).status_code == 503
    assert client.post(pad, velden).status_code == 303
    assert Bericht.objects.count() == 1


def test_een_bestand_komt_niet_terug_en_dat_staat_er(zaak):
    client, pad = streng(inwoner()), f"/mijn/zaken/{zaak.ref}/documenten/"
    terug = f"/mijn/zaken/{zaak.ref}/?voeg-toe=document"
    for woorden in ((), ("audit_regel",)):
        velden = {
            **veilig(client, f"/mijn/zaken/{zaak.ref}/"),
            "terug": terug,
            "bestanden": SimpleUploadedFile("a.txt", b"hallo"),
        }
        with database_weg(*woorden):
            antwoord = client.post(pad, velden)
        assert antwoord.status_code == 503
        assert "Uw bestanden zijn niet aangekomen. Ga terug en kies uw bestanden opnieuw." in tekst_van(
            antwoord
        )
        assert f'href="{terug}"' in bron_van(antwoord)
        assert "Probeer opnieuw" not in bron_van(antwoord)


@pytest.mark.parametrize(("woorden", "status"), [((), 503), (("profile_profiel",), 403)])
def test_een_andere_site_kan_ons_geen_formulier_laten_tonen(zaak, woorden, status):
    client = streng(inwoner())
    client.get("/mijn/gegevens/")
    with database_weg(*woorden):
        antwoord = client.post(
            "/mijn/gegevens/", {"email": "aanvaller@voorbeeld.nl", "csrfmiddlewaretoken": "x" * 32}
        )
    assert antwoord.status_code == status
    assert "aanvaller" not in bron_van(antwoord)


def test_een_onverwachte_fout_kost_ook_geen_tekst(zaak):
    client = streng(inwoner())
    token = veilig(client, "/mijn/gegevens/")

    def kapot(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if "profile_profiel" in sql:
            raise ZeroDivisionError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(kapot):
        antwoord = client.post("/mijn/gegevens/", {"telefoon": "06 12 34 56 78", **token})
    assert antwoord.status_code == 500
    assert "06 12 34 56 78" in tekst_van(antwoord)
    assert not Profiel.objects.exists()


def test_een_code_die_een_keer_werkt_staat_niet_in_de_pagina_van_een_storing():
    """What a colleague gets of who allowed that their account begins anew; the link itself is in the address."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    token = veilig(client, "/werkplek/inloggen/account/")
    velden = {"collegacode": "k3yz-7hpq", **token}
    with database_weg():
        antwoord = client.post(f"/werkplek/uitnodiging/{'x' * 43}/", velden)
    assert antwoord.status_code == 503
    assert "k3yz" not in bron_van(antwoord)
    assert "Probeer opnieuw" not in bron_van(antwoord)


def test_een_andere_tekst_van_hetzelfde_formulier_is_een_ander_bericht(zaak):
    """The browser went back to a form that was sent, with its old sleutel."""
    client, pad = client_van(inwoner()), f"/mijn/zaken/{zaak.ref}/berichten/"
    for tekst in ("Eerste", "Eerste", "Tweede"):
        assert client.post(pad, {"bericht": tekst, "sleutel": "zelfde"}).status_code == 303
    assert sorted(een.tekst for een in Bericht.objects.all()) == ["Eerste", "Tweede"]


def test_dezelfde_sleutel_bij_een_andere_zaak_is_een_ander_bericht(zaak):
    ander = zaak_van(inwoner(), sleutel="ander")
    for ref in (zaak.ref, ander.ref):
        send_bericht(inwoner(), ref, tekst="Hallo", sleutel="zelfde")
    assert {een.zaak_ref for een in Bericht.objects.all()} == {str(zaak.ref), str(ander.ref)}


@pytest.mark.parametrize("kop", [{}, {"sec-purpose": "prefetch"}, {"purpose": "prefetch"}])
def test_wat_bewaard_is_wacht_tot_iemand_het_ziet(zaak, kop):
    client, pad = client_van(inwoner()), f"/mijn/zaken/{zaak.ref}/"
    sessie = SessionStore(next(iter(client.cookies.values())).value)
    invoer = {
        "velden": {"bericht": ["Bewaarde tekst"], "sleutel": ["s"]},
        "bestanden": False,
        "te_lang": False,
    }
    sessie[INVOER] = {pad: invoer}
    verzoek = type("Verzoek", (), {"session": sessie})()
    add_flash(verzoek, "ok", "Een melding vooraf.")
    sessie.save()
    if kop:
        client.get(pad, headers=kop)
    else:
        client.head(pad)
    html = bron_van(client.get(pad))
    assert "Bewaarde tekst</textarea>" in html
    assert "Een melding vooraf." in html
    daarna = bron_van(client.get(pad))
    assert "Bewaarde tekst" not in daarna
    assert "Een melding vooraf." not in daarna


def test_uitgelogd_in_een_ander_venster_en_de_tekst_is_er_nog(zaak):
    """Logging out drops what is kept on our side, and its cookie; the form in the other window still has its text."""
    client, pad = streng(inwoner()), f"/mijn/zaken/{zaak.ref}/berichten/"
    velden = {
        "bericht": TEKST,
        "sleutel": "s1",
        **veilig(client, f"/mijn/zaken/{zaak.ref}/"),
    }
    client.post("/uitloggen/", velden)
    antwoord = client.post(pad, urlencode(velden), content_type="application/x-www-form-urlencoded")
    html = bron_van(antwoord)
    assert (antwoord.status_code, antwoord["Cache-Control"]) == (403, "no-store")
    assert "U bent niet meer ingelogd" in html
    assert "Lang &lt;b&gt;verhaal&lt;/b&gt;<br>" in html
    assert 'href="/inloggen/" target="_blank" rel="noopener"' in html
    assert not Bericht.objects.exists()
    client.handler.enforce_csrf_checks = False  # log_in chooses a person without the token of that page
    log_in(client, bsn="999990019")
    client.handler.enforce_csrf_checks = True
    opnieuw = {"sleutel": hidden_field(html, "sleutel"), **mee(html)}
    assert client.post(pad, {**opnieuw, "bericht": TEKST}).status_code == 303
    assert Bericht.objects.get().tekst == TEKST.replace("\r\n", "\n")


@pytest.mark.parametrize("fout", ["csrf", "geen-cookie", "bestand", "leeg"])
def test_een_vreemde_krijgt_de_inlogpagina_en_niets_terug(zaak, fout):
    client = streng(inwoner())
    token = veilig(client, "/mijn/gegevens/")
    client.post("/uitloggen/", {**token})
    velden: dict[str, Any] = {"bericht": "" if fout == "leeg" else "Geheim", **token}
    if fout == "csrf":
        velden["csrfmiddlewaretoken"] = "x" * 32
    if fout == "geen-cookie":
        client.cookies.clear()
    if fout == "bestand":
        velden["bestanden"] = SimpleUploadedFile("a.txt", b"hallo")
        antwoord = client.post(f"/mijn/zaken/{zaak.ref}/berichten/", velden)
    else:
        antwoord = client.post(
            f"/mijn/zaken/{zaak.ref}/berichten/",
            urlencode(velden),
            content_type="application/x-www-form-urlencoded",
        )
    assert (antwoord.status_code, antwoord["Location"].partition("?")[0]) == (303, "/inloggen/")
    assert "Geheim" not in bron_van(antwoord)


def test_de_sleutel_van_een_formulier_kan_geen_kwaad():
    """PostgreSQL refuses a NUL in a text."""
    load_meegeleverd()
    for sleutel in ("\x00" * 32, "x" * 900, "", "'" * 40):
        pad = "/loket/aanvragen/melding-openbare-ruimte/"
        assert client_van(inwoner()).post(pad, {"sleutel": sleutel}).status_code == 303
    assert all(sleutel.isalnum() for sleutel in Concept.objects.values_list("sleutel", flat=True))
    assert Concept.objects.count() == 4


@pytest.fixture
def werkplek() -> Werkplek:
    profile.configure(FakePersonenBron())  # what was there is put back by tests/conftest.py
    return build_werkplek()


def test_elk_formulier_van_de_werkplek_staat_in_de_lijst():
    """Held to the URL table: a new form cannot forget to keep what was typed."""
    with in_process_provider():
        stad = build_stad()
        client = client_van(manager(stad.huis))
        met_formulier = {
            route.naam
            for route in ROUTES
            if route.audience in {Audience.MEDEWERKER, Audience.BEHEERDER}
            and client.post(stad.path(route), {}).status_code != 405
        }
    assert met_formulier == {een.route for een in WERKPLEK_FORMULIEREN} | ZONDER_TEKST.keys()
    assert not {een.route for een in WERKPLEK_FORMULIEREN} & ZONDER_TEKST.keys()


@pytest.mark.parametrize("formulier", WERKPLEK_FORMULIEREN, ids=str)
def test_de_sessie_eindigt_en_wat_een_medewerker_typte_staat_er_nog(
    monkeypatch: pytest.MonkeyPatch, werkplek: Werkplek, formulier: Formulier
):
    client, pagina = werkplek.client, werkplek.vul_in(formulier.pagina)
    getypt = {naam: werkplek.vul_in(waarde) for naam, waarde in formulier.getypt.items()}
    actie, velden = _formulier(client, pagina, formulier.route, getypt)
    Klok(monkeypatch).ga_verder(minutes=16)
    antwoord = client.post(actie or pagina, {**velden, **getypt})
    assert (antwoord.status_code, antwoord["Location"]) == (303, "/werkplek/inloggen/")
    terug = log_in(client, medewerker="m-1")
    html = bron_van(client.get(terug))
    opnieuw = lees(html)[actie]
    assert TERUG_TEKST in html
    assert {naam: opnieuw[naam] for naam in getypt} == getypt
    for naam in {"versie", "merk", "geladen"} & velden.keys():
        assert opnieuw[naam] == velden[naam], "wat een collega intussen wijzigde wordt nog opgemerkt"


def _formulier(client: Client, pagina: str, route: str, getypt: Velden) -> tuple[str, dict[str, str]]:
    """Of the page the form that is sent to this route: its address and its hidden and filled fields."""
    gevonden = [
        (actie, velden)
        for actie, velden in lees(bron_van(client.get(pagina))).items()
        if resolve((actie or pagina).partition("?")[0]).url_name == route and getypt.keys() <= velden.keys()
    ]
    assert len(gevonden) == 1, f"{route} niet gevonden op {pagina}"
    return gevonden[0]
