"""Noodtoegang over HTTP: an hour in one zaak that is not yours, to read, with a reason, and seen by others."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from eloket.audit.models import AuditRegel
from eloket.berichten.service import send_bericht
from eloket.documenten.models import Document
from eloket.identity.afwezigheid import set_afwezigheid
from eloket.identity.models import Medewerker
from eloket.identity.types import Actor, Recht
from eloket.kernel.klok import nu, vandaag
from eloket.zaken import noodtoegang
from eloket.zaken import service as zaken
from eloket.zaken.models import NoodtoegangBericht, NoodtoegangRegel
from eloket.zaken.noodlijst import list_te_melden
from eloket.zaken.types import Aandacht, Zaak
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, text_of, zaak_pad

pytestmark = pytest.mark.django_db
REDEN = "Mila is ziek en de aanvrager staat aan de balie."
VRAAG, TOEZICHT = "/werkplek/noodtoegang/", "/werkplek/noodtoegang/toezicht/"
BANNER = "U bekijkt deze zaak met noodtoegang"


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    zaak = huis.start("Vergunning Lindelaan", toelichting="Voor de caravan")
    return zaken.take_zaak(huis.mila, zaak.ref, versie=zaak.versie)


@pytest.fixture
def bo(huis: Stadhuis) -> Actor:
    return replace(huis.bo, rechten=frozenset({Recht.BEHANDELEN, Recht.NOODTOEGANG}))


@pytest.fixture
def wacht(huis: Stadhuis) -> Actor:
    return replace(huis.omar, rechten=frozenset({Recht.INZIEN}), afdelingen=frozenset())


def ask(client: Client, zaak: Zaak, **anders: str) -> HttpResponseBase:
    invoer = {"zaaknummer": zaak.identificatie, "aanleiding": "collega", "reden": REDEN}
    return client.post(VRAAG, invoer | anders)


def opened(actor: Actor, zaak: Zaak) -> Client:
    client = client_of(actor)
    assert ask(client, zaak).status_code == 303
    return client


def acts(prefix: str = "noodtoegang.") -> list[str]:
    return [een.actie for een in AuditRegel.objects.filter(actie__startswith=prefix).order_by("pk")]


def test_without_it_the_zaak_is_not_there_and_with_it_it_can_be_read(bo: Actor, zaak: Zaak):
    client = client_of(bo)
    assert client.get(zaak_pad(zaak.ref)).status_code == 404
    antwoord = ask(client, zaak)
    assert (antwoord.status_code, antwoord["Location"]) == (303, zaak_pad(zaak.ref))
    html = text_of(client.get(zaak_pad(zaak.ref)))
    assert "Voor de caravan" in html
    assert BANNER in html
    assert "nog 59 minuten" in html
    regel = AuditRegel.objects.get(actie="noodtoegang.geopend")
    assert (regel.object_ref, regel.actor_key) == (str(zaak.ref), bo.key)
    assert REDEN not in str(regel.kenmerken)
    assert AuditRegel.objects.filter(
        actie="zaak.bekeken", actor_key=bo.key, object_ref=str(zaak.ref)
    ).exists()


@pytest.mark.parametrize(
    "deel",
    ["documenten", "berichten", "vragen", "verzending", "notities", "historie", "status", "overdragen"],
)
def test_every_part_shows_the_banner_and_leads_only_to_what_can_be_read(
    huis: Stadhuis, bo: Actor, zaak: Zaak, deel: str
):
    huis.deliver(zaak.ref)
    send_bericht(huis.jeroen, zaak.ref, tekst="Hallo", sleutel="a" * 32)
    client = opened(bo, zaak)
    antwoord = client.get(zaak_pad(zaak.ref, f"?deel={deel}"))
    assert antwoord.status_code == 200
    main = text_of(antwoord).partition("<main")[2].partition("<footer")[0]
    assert BANNER in main
    assert "Dit vraagt uw aandacht" not in main
    acties = re.findall(r'<form[^>]*method="post"[^>]*action="([^"]*)"', main)
    assert [een for een in acties if "/beeindigen/" not in een] == []
    paden = {een for een in re.findall(r'href="([^"#]+)"', main) if str(zaak.ref) in een}
    assert len(paden) > 5
    for pad in paden:
        verder = client.get(pad)
        b"".join(verder)
        assert verder.status_code == 200, pad


def test_documents_can_be_read_and_the_dossier_is_not_handed_out(huis: Stadhuis, bo: Actor, zaak: Zaak):
    huis.deliver(zaak.ref)
    document = Document.objects.get()
    client = opened(bo, zaak)
    for naam in ("openen", "bekijken", "opslaan"):
        pad = reverse(f"werkplek-document-{naam}", args=[str(zaak.ref), str(document.pk)])
        antwoord = client.get(pad)
        b"".join(antwoord)
        assert antwoord.status_code == 200, naam
    assert {"document.geopend", "document.opgeslagen"} <= set(acts("document."))
    assert client.get(zaak_pad(zaak.ref, "dossier/")).status_code == 404


def test_nothing_can_be_written(huis: Stadhuis, bo: Actor, zaak: Zaak):
    huis.deliver(zaak.ref)
    client = opened(bo, zaak)
    client.get(zaak_pad(zaak.ref, "?deel=documenten"))
    nu_zaak = huis.now(zaak.ref)
    assert Aandacht.DOCUMENT in nu_zaak.aandacht, "wie alleen kijkt, maakt niets oud"
    document = str(Document.objects.get().pk)
    paden = [
        "neem/", "overdragen/", "opschorten/", "heropenen/", "afschermen/", "notitie/", "status/", "bericht/",
        "vraag/", "documenten/", f"documenten/{document}/goedkeuren/", f"documenten/{document}/afkeuren/",
        f"documenten/{document}/verplaatsen/", f"documenten/{document}/vervangen/",
    ]  # fmt: skip
    invoer = {
        "versie": str(nu_zaak.versie), "notitie": "x", "bericht": "x", "sleutel": "a" * 32, "reden": "x", "status": "2",
        "documenttype": nu_zaak.documenttypen[0], "vertrouwelijkheid": "intern", "collega": "niemand", "titel": "x",
        "afgeschermd": "ja", "deadline": "2099-01-01", "soort": "document",
    }  # fmt: skip
    regels = AuditRegel.objects.count()
    for pad in paden:
        assert client.post(zaak_pad(zaak.ref, pad), invoer).status_code == 404, pad
    assert huis.now(zaak.ref) == nu_zaak
    assert AuditRegel.objects.count() == regels


def test_another_zaak_stays_closed_and_a_need_to_know_zaak_can_be_opened(
    huis: Stadhuis, bo: Actor, zaak: Zaak
):
    ander = huis.start("Iets anders")
    zaken.set_toegang(huis.mila, zaak.ref, medewerkers=frozenset(), versie=zaak.versie)
    client = opened(bo, zaak)
    assert client.get(zaak_pad(zaak.ref)).status_code == 200
    assert client.get(zaak_pad(ander.ref)).status_code == 404
    omar = replace(huis.omar, rechten=frozenset({Recht.NOODTOEGANG}))
    assert client_of(omar).get(zaak_pad(zaak.ref)).status_code == 404
    assert opened(omar, zaak).get(zaak_pad(zaak.ref)).status_code == 200


def test_a_zaaktype_that_is_not_theirs_can_be_opened(huis: Stadhuis, zaak: Zaak):
    omar = replace(
        huis.omar, rechten=frozenset({Recht.NOODTOEGANG}), zaaktypen=frozenset({"GEHANDICAPTENPARKEERKAART"})
    )
    assert client_of(omar).get(zaak_pad(zaak.ref)).status_code == 404
    assert opened(omar, zaak).get(zaak_pad(zaak.ref)).status_code == 200


def test_the_noodtoegang_of_a_colleague_opens_nothing_for_another(huis: Stadhuis, bo: Actor, zaak: Zaak):
    opened(bo, zaak)
    ander = Medewerker.objects.create(subject="m-9", naam="Els Ander")
    els = replace(bo, medewerker_id=ander.pk, key="een-andere-sleutel", naam="Els Ander")
    assert client_of(els).get(zaak_pad(zaak.ref)).status_code == 404
    zonder = replace(bo, rechten=frozenset({Recht.BEHANDELEN}))  # the right was taken away: a new session
    assert client_of(zonder).get(zaak_pad(zaak.ref)).status_code == 404


@pytest.mark.parametrize("rechten", [set(), {Recht.BEHANDELEN, Recht.VERDELEN, Recht.BEHEREN}])
def test_without_the_right_there_is_no_such_page(huis: Stadhuis, zaak: Zaak, rechten: set[Recht]):
    client = client_of(replace(huis.bo, rechten=frozenset(rechten)))
    assert client.get(VRAAG).status_code == 404
    assert ask(client, zaak).status_code == 404
    assert "Noodtoegang" not in text_of(client.get("/werkplek/"))
    assert client.get(TOEZICHT).status_code == 404
    assert client_of(huis.jeroen).get(VRAAG).status_code == 404
    assert Client().get(VRAAG).status_code == 302
    assert not NoodtoegangRegel.objects.exists()


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"reden": "te kort"}, "minstens 20"),
        ({"reden": "x " + " " * 40 + "y"}, "minstens 20"),
        ({"reden": "x" * 1001}, "hoogstens 1.000"),
        ({"aanleiding": "verzonnen"}, "Kies waarom"),
        ({"zaaknummer": " "}, "Vul het zaaknummer in"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    bo: Actor, zaak: Zaak, anders: dict[str, str], zin: str
):
    antwoord = ask(client_of(bo), zaak, **anders)
    assert antwoord.status_code == 422
    assert zin in text_of(antwoord)
    getypt = {"zaaknummer": zaak.identificatie, "reden": REDEN} | anders
    assert getypt["reden"].strip()[:20] in text_of(antwoord)
    assert not NoodtoegangRegel.objects.exists()


def test_before_the_reason_is_complete_an_unknown_number_looks_like_a_known_one(bo: Actor, zaak: Zaak):
    def plain(nummer: str) -> str:
        html = text_of(ask(client_of(bo), zaak, zaaknummer=nummer, reden="kort"))
        return re.sub(r'name="(csrfmiddlewaretoken|partij-merk)" value="[^"]*"', "", html).replace(
            nummer, "NUMMER"
        )

    assert plain(zaak.identificatie) == plain("Z2099-999999")
    assert acts() == []


def test_an_unknown_number_is_noted_and_opens_nothing(bo: Actor, zaak: Zaak):
    antwoord = ask(client_of(bo), zaak, zaaknummer="Z2099-999999")
    assert antwoord.status_code == 422
    assert "geen zaak vinden" in text_of(antwoord)
    assert REDEN in text_of(antwoord)
    regel = AuditRegel.objects.get(actie="noodtoegang.mislukt")
    assert "999999" not in str(regel.kenmerken)


def test_trying_numbers_is_limited(bo: Actor, zaak: Zaak, settings: Any):
    client = client_of(bo)
    with override_settings(ELOKET=settings.ELOKET.model_copy(update={"limieten": True})):
        uitkomsten = [ask(client, zaak, zaaknummer=f"Z-{een}").status_code for een in range(21)]
        assert uitkomsten == [422] * 20 + [429]
        assert ask(client, zaak).status_code == 429
    assert not NoodtoegangRegel.objects.exists()


def test_a_zaak_that_is_theirs_anyway_needs_none(huis: Stadhuis, zaak: Zaak):
    omar = replace(huis.omar, rechten=frozenset(Recht))
    client = client_of(omar)
    assert ask(client, zaak)["Location"] == zaak_pad(zaak.ref)
    html = text_of(client.get(zaak_pad(zaak.ref)))
    assert "U heeft geen noodtoegang nodig" in html
    assert BANNER not in html
    assert not NoodtoegangRegel.objects.exists()


def test_asking_twice_gives_one(bo: Actor, zaak: Zaak):
    client = opened(bo, zaak)
    assert ask(client, zaak, reden=REDEN + " Nog eens.").status_code == 303
    assert NoodtoegangRegel.objects.count() == 1
    assert acts() == ["noodtoegang.geopend"]


def test_ending_it_counts_at_once_and_in_every_tab(bo: Actor, zaak: Zaak):
    een, ander = opened(bo, zaak), client_of(bo)
    assert ander.get(zaak_pad(zaak.ref)).status_code == 200
    toegang = NoodtoegangRegel.objects.get()
    pad = reverse("werkplek-noodtoegang-einde", args=[toegang.pk])
    assert een.post(pad)["Location"] == VRAAG
    assert een.post(pad).status_code == 303
    assert acts() == ["noodtoegang.geopend", "noodtoegang.beeindigd"]
    assert ander.get(zaak_pad(zaak.ref, "aanwezig/")).status_code == 404
    antwoord = ander.get(zaak_pad(zaak.ref))
    assert antwoord["Location"] == VRAAG
    assert "Uw noodtoegang tot deze zaak is voorbij" in text_of(ander.get(VRAAG))
    assert ask(een, zaak).status_code == 303
    assert een.get(zaak_pad(zaak.ref)).status_code == 200


def test_after_an_hour_it_is_over(bo: Actor, zaak: Zaak):
    client = opened(bo, zaak)
    NoodtoegangRegel.objects.update(tot=nu() + timedelta(seconds=59))
    assert "nog geen minuut" in text_of(client.get(zaak_pad(zaak.ref)))
    NoodtoegangRegel.objects.update(tot=nu())
    assert client.get(zaak_pad(zaak.ref)).status_code == 302
    assert client.get(zaak_pad(zaak.ref, "?deel=berichten")).status_code == 302
    NoodtoegangRegel.objects.update(tot=nu() - timedelta(days=2))
    assert client.get(zaak_pad(zaak.ref)).status_code == 404


def test_only_who_looks_or_who_guards_ends_it(huis: Stadhuis, bo: Actor, wacht: Actor, zaak: Zaak):
    client = opened(bo, zaak)
    pad = reverse("werkplek-noodtoegang-einde", args=[NoodtoegangRegel.objects.get().pk])
    assert client_of(huis.mila).post(pad).status_code == 404
    assert client.get(zaak_pad(zaak.ref)).status_code == 200
    assert client_of(wacht).post(pad, {"herkomst": "toezicht"})["Location"] == TOEZICHT
    assert client.get(zaak_pad(zaak.ref)).status_code == 302


def test_who_handles_the_zaak_is_told_at_once_until_they_say_that_they_saw_it(
    huis: Stadhuis, bo: Actor, zaak: Zaak
):
    opened(bo, zaak)
    mila = client_of(huis.mila)
    html = text_of(mila.get("/werkplek/"))
    assert "Bo Smit</span> heeft zaak" in html
    assert REDEN in html
    assert REDEN not in text_of(client_of(huis.omar).get("/werkplek/"))
    assert "met noodtoegang geopend" in text_of(mila.get(zaak_pad(zaak.ref, "?deel=historie")))
    gezien = reverse("werkplek-noodtoegang-gezien", args=[NoodtoegangRegel.objects.get().pk])
    assert client_of(huis.omar).post(gezien).status_code == 303
    assert REDEN in text_of(mila.get("/werkplek/"))
    assert mila.post(gezien).status_code == 303
    assert REDEN not in text_of(mila.get("/werkplek/"))


def test_of_a_need_to_know_zaak_only_its_readers_are_told(huis: Stadhuis, bo: Actor, zaak: Zaak):
    assert huis.omar.medewerker_id is not None
    zaken.set_toegang(
        huis.mila, zaak.ref, medewerkers=frozenset({huis.omar.medewerker_id}), versie=zaak.versie
    )
    opened(bo, zaak)
    ids = set(NoodtoegangBericht.objects.values_list("medewerker_id", flat=True))
    assert ids == {huis.mila.medewerker_id, huis.omar.medewerker_id}


def test_while_the_behandelaar_is_away_who_stands_in_is_told_too(huis: Stadhuis, bo: Actor, zaak: Zaak):
    set_afwezigheid(huis.mila, vandaag(), vandaag(), huis.omar.medewerker_id)
    opened(bo, zaak)
    assert [len(list_te_melden(een)) for een in (huis.mila, huis.omar, bo)] == [1, 1, 0]


def test_of_a_zaak_of_nobody_who_divides_the_work_is_told(huis: Stadhuis, bo: Actor):
    Medewerker.objects.filter(subject="m-2").update(rechten=["verdelen"])
    opened(bo, huis.start("Van niemand"))
    assert [len(list_te_melden(een)) for een in (huis.mila, huis.omar)] == [0, 1]


def test_the_resident_reads_it_in_plain_words(huis: Stadhuis, bo: Actor, zaak: Zaak):
    opened(bo, zaak).get(zaak_pad(zaak.ref))
    html = text_of(client_of(huis.jeroen).get(reverse("mijn-zaak-inzage", args=[str(zaak.ref)])))
    assert "in een noodgeval geopend" in html
    assert "Beheer openbare ruimte" in html
    assert "Bo Smit" not in html
    assert REDEN not in html


def test_who_guards_reads_who_and_why_and_opens_no_zaak(bo: Actor, wacht: Actor, zaak: Zaak):
    opened(bo, zaak)
    client = client_of(wacht)
    assert "1 noodtoegang moet nog worden beoordeeld" in text_of(client.get("/werkplek/"))
    zelf = client_of(replace(bo, rechten=frozenset({Recht.INZIEN, Recht.NOODTOEGANG})))
    assert "moet nog worden beoordeeld" not in text_of(zelf.get("/werkplek/"))
    html = text_of(client.get(TOEZICHT))
    assert "Bo Smit" in html
    assert zaak.identificatie in html
    pad = reverse("werkplek-noodtoegang-beoordelen", args=[NoodtoegangRegel.objects.get().pk])
    assert REDEN in text_of(client.get(pad))
    assert client.get(zaak_pad(zaak.ref)).status_code == 404
    assert client_of(bo).get(pad).status_code == 404


def test_somebody_else_judges_once_and_not_right_ends_it(huis: Stadhuis, bo: Actor, wacht: Actor, zaak: Zaak):
    kijker = opened(bo, zaak)
    pad = reverse("werkplek-noodtoegang-beoordelen", args=[NoodtoegangRegel.objects.get().pk])
    zelf = client_of(replace(bo, rechten=frozenset({Recht.INZIEN, Recht.NOODTOEGANG})))
    assert "Dit was u zelf" in text_of(zelf.get(pad))
    oordeel = {"oordeel": "niet_terecht", "toelichting": "De collega was er gewoon."}
    assert zelf.post(pad, oordeel | {"oordeel": "terecht"}).status_code == 409
    client = client_of(wacht)
    leeg = client.post(pad, {"oordeel": "", "toelichting": ""})
    assert (leeg.status_code, "Kies of deze noodtoegang" in text_of(leeg)) == (422, True)
    for _ in range(2):
        assert client.post(pad, oordeel)["Location"] == TOEZICHT
    assert acts() == ["noodtoegang.geopend", "noodtoegang.beoordeeld", "noodtoegang.beeindigd"]
    assert {een.object_ref for een in AuditRegel.objects.filter(actie__startswith="noodtoegang.")} == {
        str(zaak.ref)
    }, "wie de zaak zoekt, vindt ook het oordeel"
    assert kijker.get(zaak_pad(zaak.ref)).status_code == 302
    assert "Niet terecht" in text_of(client.get(TOEZICHT))
    ander = client_of(replace(huis.mila, rechten=frozenset({Recht.INZIEN})))
    laat = ander.post(pad, {"oordeel": "terecht", "toelichting": "Mijn lange uitleg"})
    assert laat.status_code == 409
    assert "Mijn lange uitleg" in text_of(laat)
    assert "De collega was er gewoon." in text_of(laat)


def test_reasons_are_not_readable_in_the_database_and_go_after_two_years(bo: Actor, wacht: Actor, zaak: Zaak):
    opened(bo, zaak)
    noodtoegang.judge(
        wacht, str(NoodtoegangRegel.objects.get().pk), oordeel="terecht", toelichting="Was echt nodig."
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT reden, toelichting FROM zaken_noodtoegang")
        assert not any("ziek" in tekst or "nodig" in tekst for tekst in cursor.fetchone())
    assert noodtoegang.ruim_op(nu() + timedelta(days=729)) == 0
    assert noodtoegang.ruim_op(nu() + timedelta(days=731)) == 1
    assert not NoodtoegangBericht.objects.exists()
    assert acts() == ["noodtoegang.geopend", "noodtoegang.beoordeeld", "noodtoegang.verlopen"]
    regel = AuditRegel.objects.get(actie="noodtoegang.verlopen")
    assert (regel.actor_soort, regel.actor_key, regel.object_ref) == ("systeem", "", str(zaak.ref))


def test_reasons_that_cannot_be_decrypted_go_too(bo: Actor, zaak: Zaak):
    opened(bo, zaak)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE zaken_noodtoegang SET reden = 'kapot', toelichting = 'kapot'")
    assert noodtoegang.ruim_op(nu() + timedelta(days=731)) == 1
    assert not NoodtoegangBericht.objects.exists()
    assert acts() == ["noodtoegang.geopend", "noodtoegang.verlopen"]


def test_who_does_not_have_the_right_pays_no_query_for_it(huis: Stadhuis, zaak: Zaak):
    client = client_of(huis.mila)
    client.get(zaak_pad(zaak.ref))
    with CaptureQueriesContext(connection) as zonder:
        client.get(zaak_pad(zaak.ref))
    assert not any("zaken_noodtoegang" in een["sql"] for een in zonder.captured_queries)
