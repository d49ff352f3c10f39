"""A need-to-know zaak always has somebody who reads what comes in, or somebody who knows that nobody does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from eloket.audit.models import AuditRegel
from eloket.berichten.service import send_bericht
from eloket.berichten.werklijst import list_werkgesprekken
from eloket.identity.afwezigheid import set_afwezigheid
from eloket.identity.models import Medewerker
from eloket.identity.types import Actor, Recht
from eloket.kernel.klok import vandaag
from eloket.zaken import service as zaken
from eloket.zaken.types import Zaak
from tests.web.test_beheer_paginas import fields
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, text_of, zaak_pad

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)
LIJST = "/werkplek/zonder-lezer/"
AFWEZIG = "/werkplek/afwezigheid/"


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def geheim(huis: Stadhuis) -> Zaak:
    """Of Jeroen, and only for Mila."""
    zaak = huis.start("Heel geheim")
    zaak = zaken.take_zaak(huis.mila, zaak.ref, versie=zaak.versie)
    return zaken.set_toegang(huis.mila, zaak.ref, medewerkers=frozenset(), versie=zaak.versie)


def away(wie: Actor) -> None:
    set_afwezigheid(wie, vandaag(), vandaag() + 5 * DAG, None)


def leave(wie: Actor) -> None:
    Medewerker.objects.filter(pk=wie.medewerker_id or 0).update(is_actief=False)


@pytest.mark.parametrize("weg", [away, leave])
def test_who_divides_the_work_sees_the_number_and_lets_somebody_in(huis: Stadhuis, geheim: Zaak, weg):
    omar = client_of(huis.omar)
    assert LIJST not in text_of(omar.get("/werkplek/berichten/"))
    weg(huis.mila)
    send_bericht(huis.jeroen, geheim.ref, tekst="Dit is een geheim bericht", sleutel="s")
    assert list_werkgesprekken(huis.omar).regels == ()
    for pad in ("/werkplek/berichten/", "/werkplek/?lijst=afdeling"):
        html = text_of(omar.get(pad))
        assert "1 afgeschermde zaak heeft nu niemand die haar kan lezen." in html
        assert LIJST in html
    html = text_of(omar.get(LIJST))
    assert geheim.identificatie in html
    for inhoud in ("Heel geheim", "geheim bericht", "Drouwen", zaak_pad(geheim.ref)):
        assert inhoud not in html
    assert omar.get(zaak_pad(geheim.ref)).status_code == 404
    antwoord = omar.post(LIJST, {"zaak": str(geheim.ref), "collega": str(huis.omar.medewerker_id)})
    assert (antwoord.status_code, antwoord["Location"]) == (303, LIJST)
    assert "Uw collega heeft toegang." in text_of(omar.get(LIJST))
    assert omar.get(zaak_pad(geheim.ref)).status_code == 200
    assert len(list_werkgesprekken(huis.omar).regels) == 1
    regel = AuditRegel.objects.get(actie="zaak.toegang_gegeven")
    assert (regel.object_ref, regel.actor_key) == (str(geheim.ref), huis.omar.key)
    assert "omdat anders niemand de zaak kon lezen" in text_of(
        omar.get(zaak_pad(geheim.ref, "?deel=historie"))
    )


def test_as_long_as_somebody_can_read_it_nobody_else_learns_of_it(huis: Stadhuis, geheim: Zaak):
    omar = client_of(huis.omar)
    assert geheim.identificatie not in text_of(omar.get(LIJST))
    omar.post(LIJST, {"zaak": str(geheim.ref), "collega": str(huis.omar.medewerker_id)})
    assert "Er is al iemand die deze zaak kan lezen." in text_of(omar.get(LIJST))
    assert omar.get(zaak_pad(geheim.ref)).status_code == 404


def test_only_for_who_divides_the_work_of_that_afdeling_and_zaaktype(huis: Stadhuis, geheim: Zaak):
    away(huis.mila)
    behandelaar = client_of(replace(huis.omar, rechten=frozenset({Recht.BEHANDELEN})))
    assert behandelaar.get(LIJST).status_code == 404
    assert behandelaar.post(LIJST, {"zaak": str(geheim.ref), "collega": "1"}).status_code == 404
    assert LIJST not in text_of(behandelaar.get("/werkplek/berichten/"))
    for ander in (huis.bo, replace(huis.omar, zaaktypen=frozenset({"KAPVERGUNNING"}))):
        client = client_of(ander)
        assert geheim.identificatie not in text_of(client.get(LIJST))
        client.post(LIJST, {"zaak": str(geheim.ref), "collega": str(ander.medewerker_id)})
        assert client.get(zaak_pad(geheim.ref)).status_code == 404
    assert not AuditRegel.objects.filter(actie="zaak.toegang_gegeven").exists()


def test_nobody_is_let_in_who_may_not_see_it_or_is_not_there(huis: Stadhuis, geheim: Zaak):
    away(huis.mila)
    omar = client_of(huis.omar)
    for wie in (str(huis.bo.medewerker_id), str(huis.mila.medewerker_id), "", "x", "999999"):
        omar.post(LIJST, {"zaak": str(geheim.ref), "collega": wie})
        assert "utrecht-alert--error" in text_of(omar.get(LIJST)), wie
    assert omar.post(LIJST, {"zaak": "onzin", "collega": "1"}).status_code == 404
    assert not AuditRegel.objects.filter(actie="zaak.toegang_gegeven").exists()


# --- going away ---


def test_who_goes_away_is_asked_who_reads_what_only_they_can_see(huis: Stadhuis, geheim: Zaak):
    mila = client_of(huis.mila)
    assert geheim.identificatie not in text_of(mila.get(AFWEZIG))
    van, tot = vandaag() + 3 * DAG, vandaag() + 9 * DAG
    mila.post(AFWEZIG, {"afwezig_van": van.isoformat(), "afwezig_tot": tot.isoformat(), "vervanger": ""})
    html = text_of(mila.get(AFWEZIG))
    assert "Deze zaken ziet alleen u" in html
    assert geheim.identificatie in html
    mila.post(AFWEZIG, {"knop": "toegang", "collega": str(huis.omar.medewerker_id)})
    html = text_of(mila.get(AFWEZIG))
    assert "Uw collega heeft toegang." in html
    assert geheim.identificatie not in html
    assert client_of(huis.omar).get(zaak_pad(geheim.ref)).status_code == 200


def test_a_colleague_who_is_away_then_too_is_no_reader(huis: Stadhuis, geheim: Zaak):
    assert huis.omar.medewerker_id is not None
    zaken.set_toegang(
        huis.mila, geheim.ref, medewerkers=frozenset({huis.omar.medewerker_id}), versie=geheim.versie
    )
    away(huis.mila)
    mila = client_of(huis.mila)
    assert "Deze zaken ziet alleen u" not in text_of(mila.get(AFWEZIG))
    away(huis.omar)
    assert "Deze zaken ziet alleen u" in text_of(mila.get(AFWEZIG))


# --- leaving ---


@pytest.fixture
def beheerder(huis: Stadhuis) -> Actor:
    Medewerker.objects.filter(subject="m-3").update(rechten=[recht.value for recht in Recht])
    return replace(huis.bo, rechten=frozenset(Recht))


def test_who_may_no_longer_log_in_leaves_nothing_unread(huis: Stadhuis, geheim: Zaak, beheerder: Actor):
    client, pad = client_of(beheerder), f"/werkplek/beheer/medewerkers/{huis.mila.medewerker_id}/"
    html = text_of(client.get(pad))
    assert f"Alleen Mila Jansen ziet nu {geheim.identificatie}." in html
    assert "Heel geheim" not in html
    velden = fields(client.get(pad).content.decode())
    velden.pop("is_actief")
    antwoord = client.post(pad, velden)
    assert antwoord.status_code == 422
    assert "Kies een collega die dat ook mag zien." in text_of(antwoord)
    assert Medewerker.objects.get(subject="m-1").is_actief
    antwoord = client.post(pad, {**velden, "lezer": str(huis.omar.medewerker_id)})
    assert antwoord.status_code == 303
    assert not Medewerker.objects.get(subject="m-1").is_actief
    assert client_of(huis.omar).get(zaak_pad(geheim.ref)).status_code == 200
    assert AuditRegel.objects.get(actie="zaak.toegang_gegeven").actor_key == beheerder.key


def test_a_manager_can_leave_it_to_who_divides_the_work(huis: Stadhuis, geheim: Zaak, beheerder: Actor):
    client, pad = client_of(beheerder), f"/werkplek/beheer/medewerkers/{huis.mila.medewerker_id}/"
    velden = fields(client.get(pad).content.decode())
    velden.pop("is_actief")
    assert client.post(pad, {**velden, "lezer": "later"}).status_code == 303
    assert geheim.identificatie in text_of(client_of(huis.omar).get(LIJST))


def test_other_changes_of_a_member_ask_nothing(huis: Stadhuis, geheim: Zaak, beheerder: Actor):
    client, pad = client_of(beheerder), f"/werkplek/beheer/medewerkers/{huis.mila.medewerker_id}/"
    velden = fields(client.get(pad).content.decode())
    assert client.post(pad, {**velden, "functie": "Adviseur"}).status_code == 303
    assert not AuditRegel.objects.filter(actie="zaak.toegang_gegeven").exists()
    assert geheim.identificatie


def test_only_a_form_that_was_shown_leaves_the_line_of_the_list_in_it(
    huis: Stadhuis, geheim: Zaak, beheerder
):
    """Also the form is made when it is sent and kept: nobody sees that list."""
    client, pad = client_of(beheerder), f"/werkplek/beheer/medewerkers/{huis.mila.medewerker_id}/"
    lijst = AuditRegel.objects.filter(actie="lijst.bekeken", object_ref="lijst-enige-lezer")
    velden = fields(client.get(pad).content.decode())
    assert lijst.count() == 1
    assert client.post(pad, {**velden, "functie": "Adviseur"}).status_code == 303
    assert lijst.count() == 1
    velden = fields(client.get(pad).content.decode())
    velden.pop("is_actief")
    assert client.post(pad, velden).status_code == 422
    assert lijst.count() == 3, "the form with what was wrong in it shows the list too"
