"""Opvallend inzien: who may see it, who never sees their own, and what dealing with a signal leaves behind."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from eloket.audit.models import AuditRegel
from eloket.audit.service import record_each
from eloket.identity.types import Actor, Recht
from eloket.inzage.models import Signaal
from eloket.inzage.opvallend.bepalen import run_round
from eloket.inzage.opvallend.types import Drempels, Maat
from eloket.kernel.klok import op_moment
from tests.web.portaal import bron_van, tekst_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of

pytestmark = pytest.mark.django_db
PAD, LOGBOEK = "/werkplek/logboek/opvallend/", "/werkplek/logboek/"
DAG = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
DREMPELS = Drempels(vanaf={Maat.ZAKEN: 10}, factor=5, werktijd=(7, 19))


def officer(actor: Actor) -> Actor:
    return replace(actor, rechten=frozenset({Recht.INZIEN}))


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


def flag(wie: Actor) -> Signaal:
    """Somebody looks at twenty zaken, and the worker counts."""
    with op_moment(DAG):
        record_each(
            [f"register-{n}" for n in range(20)],
            actor_soort=wie.soort,
            actor_key=wie.key,
            actie="zaak.bekeken",
        )
    run_round(datetime(2026, 11, 4, 4, 0, tzinfo=UTC), DREMPELS, dagen=90)
    return Signaal.objects.get(medewerker_key=wie.key)


@pytest.fixture
def signaal(huis) -> Signaal:
    return flag(huis.omar)


def test_only_who_has_the_right_finds_the_page(huis, signaal):
    assert client_of(officer(huis.bo)).get(PAD).status_code == 200
    for rechten in (frozenset(), frozenset(Recht) - {Recht.INZIEN}):
        client = client_of(replace(huis.mila, rechten=rechten))
        assert client.get(PAD).status_code == 404
        assert client.post(PAD, {"signaal": str(signaal.id), "notitie": "Weg ermee."}).status_code == 404
        assert "Opvallend" not in tekst_van(client.get("/werkplek/"))
    assert client_of(huis.jeroen).get(PAD).status_code == 404
    signaal.refresh_from_db()
    assert signaal.gezien_op is None


def test_an_officer_reads_who_when_and_why_and_finds_the_day_in_the_log(huis, signaal):
    antwoord = client_of(officer(huis.bo)).get(PAD)
    tekst = tekst_van(antwoord)
    assert "Omar de Boer, 3 november 2026" in tekst
    assert "20 verschillende zaken bekeken. Er zijn nog te weinig dagen om mee te vergelijken." in tekst
    assert "geen bewijs" in tekst
    assert f"medewerker={huis.omar.medewerker_id}&amp;van=2026-11-03&amp;tot=2026-11-03" in bron_van(antwoord)
    assert AuditRegel.objects.get(actie="opvallend.bekeken").actor_key == huis.bo.key


def test_who_is_flagged_sees_nothing_of_it_and_cannot_close_it(huis, signaal):
    zelf = client_of(officer(huis.omar))
    assert "Er zijn geen signalen om naar te kijken." in tekst_van(zelf.get(PAD))
    assert zelf.post(PAD, {"signaal": str(signaal.id), "notitie": "Ik viel in."}).status_code == 404
    signaal.refresh_from_db()
    assert (signaal.gezien_op, signaal.notitie) == (None, "")
    client_of(officer(huis.bo)).post(PAD, {"signaal": str(signaal.id), "notitie": "Viel in."})
    assert "Omar" not in tekst_van(zelf.get(PAD)).partition("geen signalen")[2]


def test_who_is_flagged_finds_nothing_of_it_in_the_log_either_and_others_do(huis, signaal):
    client_of(officer(huis.bo)).post(PAD, {"signaal": str(signaal.id), "notitie": "Viel in."})
    for actie in ("opvallend.gevonden", "opvallend.gezien"):
        zelf, ander = client_of(officer(huis.omar)), client_of(officer(huis.mila))
        assert "Er zijn geen regels gevonden" in tekst_van(zelf.get(LOGBOEK, {"actie": actie}))
        bestand = b"".join(zelf.get(f"{LOGBOEK}bestand/", {"actie": actie})).decode()
        assert "opvallend.ge" not in bestand
        gevonden = bron_van(ander.get(LOGBOEK, {"actie": actie})).partition("<tbody")[2]
        assert "Opvallend inzien" in gevonden
        assert "Omar" not in gevonden, "the line says that there was a signal, and not about whom"


def test_dealing_with_a_signal_is_kept_encrypted_and_noted(huis, signaal):
    client = client_of(officer(huis.bo))
    antwoord = client.post(PAD, {"signaal": str(signaal.id), "notitie": " Viel in voor Mila. "}, follow=True)
    tekst = tekst_van(antwoord)
    assert "U heeft het signaal afgehandeld" in tekst
    assert "Er zijn geen signalen om naar te kijken." in tekst
    assert "Viel in voor Mila." in tekst
    assert "door Bo" in tekst
    with connection.cursor() as cursor:
        cursor.execute("SELECT notitie FROM inzage_signaal")
        (opgeslagen,) = cursor.fetchone()
    assert "Viel in" not in opgeslagen
    regel = AuditRegel.objects.get(actie="opvallend.gezien")
    assert regel.actor_key == huis.bo.key
    assert "Viel" not in str(regel.kenmerken)


@pytest.mark.parametrize(
    ("notitie", "fout"), [("  ", "Vul in wat u heeft gevonden"), ("x" * 2_001, "is te lang")]
)
def test_a_note_that_is_empty_or_too_long_is_given_back(huis, signaal, notitie, fout):
    antwoord = client_of(officer(huis.bo)).post(PAD, {"signaal": str(signaal.id), "notitie": notitie})
    assert antwoord.status_code == 422
    html = bron_van(antwoord)
    assert fout in html
    assert f'href="#notitie-{signaal.id}"' in html
    assert notitie.strip() in html
    signaal.refresh_from_db()
    assert signaal.gezien_op is None


def test_a_double_click_counts_once_and_a_colleague_who_was_first_keeps_it(huis, signaal):
    bo, mila = client_of(officer(huis.bo)), client_of(officer(huis.mila))
    for _ in range(2):
        assert bo.post(PAD, {"signaal": str(signaal.id), "notitie": "Viel in."}).status_code == 303
    antwoord = mila.post(PAD, {"signaal": str(signaal.id), "notitie": "Ik <b>denk</b> anders."})
    assert antwoord.status_code == 409
    html = bron_van(antwoord)
    assert "Een collega heeft dit signaal net al afgehandeld." in html
    assert "Ik &lt;b&gt;denk&lt;/b&gt; anders." in html
    signaal.refresh_from_db()
    assert signaal.notitie == "Viel in."
    assert AuditRegel.objects.filter(actie="opvallend.gezien").count() == 1


@pytest.mark.parametrize("signaal_id", ["", "1", "x" * 500, "00000000-0000-4000-8000-000000000000"])
def test_a_signal_that_is_not_there_is_not_found(huis, signaal_id):
    antwoord = client_of(officer(huis.bo)).post(PAD, {"signaal": signaal_id, "notitie": "Hoi"})
    assert antwoord.status_code == 404


def test_a_civil_servant_who_left_is_still_told_of(huis, signaal):
    Signaal.objects.update(medewerker_key="a" * 64)
    tekst = tekst_van(client_of(officer(huis.bo)).get(PAD))
    assert "Medewerker die er niet meer is, 3 november 2026" in tekst
    assert Signaal.objects.get().dag == date(2026, 11, 3)
