"""Handing over, suspending, reopening, need-to-know, notes and judgements on the page of a zaak, over HTTP."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from eloket.documenten.queries import get_document, list_documenten
from eloket.documenten.types import Beoordeling
from eloket.documenten.upload import bied_aan
from eloket.identity.types import Recht
from eloket.kernel.klok import schrijf_datum, vandaag
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.errors import ZaakGewijzigd
from eloket.zaken.notities import list_notities
from eloket.zaken.types import TaakStand, Zaak
from tests.web.werkplek import OPENBARE_RUIMTE, PDF, Stadhuis, build_stadhuis, client_of, text_of, zaak_pad

pytestmark = pytest.mark.django_db
SCHRIJVEN = (
    "neem/", "overdragen/", "opschorten/", "hervatten/", "heropenen/", "afschermen/", "notitie/", "status/",
    "bericht/", "vraag/", "documenten/",
)  # fmt: skip


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    return huis.start("Vergunning Lindelaan")


def _over(dagen: int) -> str:
    return (vandaag() + timedelta(days=dagen)).isoformat()


# --- hand over


def test_hand_over_to_a_colleague_with_a_note(huis: Stadhuis, zaak: Zaak):
    velden = {"versie": zaak.versie, "collega": huis.omar.medewerker_id, "notitie": "Let op de datum."}
    client = client_of(huis.mila)
    for _ in range(2):  # a double click
        assert client.post(zaak_pad(zaak.ref, "overdragen/"), velden).status_code == 303
    assert huis.now(zaak.ref).behandelaar_id == huis.omar.medewerker_id
    assert "De zaak is overgedragen aan Omar de Boer." in text_of(client.get(zaak_pad(zaak.ref)))
    assert [een.tekst for een in list_notities(zaak.ref)] == ["Let op de datum."]


def test_hand_over_to_another_afdeling_leads_back_to_the_list_also_twice(huis: Stadhuis, zaak: Zaak):
    velden = {"versie": zaak.versie, "afdeling": OPENBARE_RUIMTE}
    client = client_of(huis.mila)
    for _ in range(2):
        antwoord = client.post(zaak_pad(zaak.ref, "overdragen/"), velden)
        assert (antwoord.status_code, antwoord["Location"]) == (303, "/werkplek/")
    assert client.get(zaak_pad(zaak.ref)).status_code == 404
    assert client_of(huis.bo).get(zaak_pad(zaak.ref)).status_code == 200


def test_hand_over_asks_to_whom(huis: Stadhuis, zaak: Zaak):
    velden = {"versie": zaak.versie, "notitie": "Let op."}
    antwoord = client_of(huis.mila).post(zaak_pad(zaak.ref, "overdragen/"), velden)
    assert antwoord.status_code == 422
    assert '<a href="#collega">Kies een collega' in text_of(antwoord)
    assert "Let op.</textarea>" in text_of(antwoord)


# --- the term


def test_suspend_and_resume_tell_the_last_day_before_they_are_done(huis: Stadhuis, zaak: Zaak):
    assert zaak.uiterlijke_einddatum is not None
    client = client_of(huis.mila)
    html = text_of(client.get(zaak_pad(zaak.ref, "?deel=termijn")))
    assert f"De uiterste datum is nu {schrijf_datum(zaak.uiterlijke_einddatum)}." in html
    velden = {"versie": zaak.versie, "reden": "Wij wachten op uw kenteken."}
    for _ in range(2):
        assert client.post(zaak_pad(zaak.ref, "opschorten/"), velden).status_code == 303
    assert "Wij wachten op uw kenteken." in text_of(client.get(zaak_pad(zaak.ref)))
    html = text_of(client.get(zaak_pad(zaak.ref, "?deel=termijn")))
    assert f"Dan is de nieuwe uiterste datum {schrijf_datum(zaak.uiterlijke_einddatum)}." in html
    velden = {"versie": huis.now(zaak.ref).versie}
    for _ in range(2):
        assert client.post(zaak_pad(zaak.ref, "hervatten/"), velden).status_code == 303
    assert huis.now(zaak.ref).opschorting is None


def test_suspending_without_a_reason(huis: Stadhuis, zaak: Zaak):
    antwoord = client_of(huis.mila).post(zaak_pad(zaak.ref, "opschorten/"), {"versie": zaak.versie})
    assert antwoord.status_code == 422
    assert '<a href="#reden">' in text_of(antwoord)


def test_a_stale_form_gets_what_changed_and_what_was_typed(huis: Stadhuis, zaak: Zaak):
    zaken.take_zaak(huis.omar, zaak.ref, versie=zaak.versie)
    velden = {"versie": zaak.versie, "reden": "Wij wachten op uw kenteken.", "geladen": "1"}
    antwoord = client_of(huis.mila).post(zaak_pad(zaak.ref, "opschorten/"), velden)
    assert antwoord.status_code == 409
    html = text_of(antwoord)
    assert ZaakGewijzigd.tekst in html
    assert "Omar de Boer</span> is behandelaar geworden" in html
    assert "Wij wachten op uw kenteken.</textarea>" in html
    assert huis.now(zaak.ref).opschorting is None


# --- status with its text


def test_the_example_shows_the_text_and_sets_nothing(huis: Stadhuis, zaak: Zaak):
    velden = {
        "versie": zaak.versie,
        "status": "2",
        "toelichting": "Wij bellen u.\r\nMorgen.",
        "knop": "voorbeeld",
    }
    antwoord = client_of(huis.mila).post(zaak_pad(zaak.ref, "status/"), velden)
    html = text_of(antwoord)
    assert antwoord.status_code == 200
    voorbeeld = html[html.index("Zo ziet de inwoner het") :]
    assert "Wij bellen u.<br>Morgen." in voorbeeld
    assert "Wij bellen u.\nMorgen.</textarea>" in html
    assert huis.now(zaak.ref).versie == zaak.versie


def test_closing_says_what_still_waits(huis: Stadhuis, zaak: Zaak):
    huis.deliver(zaak.ref)
    eind = zaak.statustypen[-1].volgnummer
    html = text_of(client_of(huis.mila).get(zaak_pad(zaak.ref, f"?deel=status&status={eind}")))
    assert "U kunt de zaak nu niet afronden. U moet nog een document beoordelen." in html
    assert ">Zet status</span></button>" not in html


def test_reopen(huis: Stadhuis, zaak: Zaak):
    huis.close(zaak.ref)
    client = client_of(huis.mila)
    velden = {"versie": huis.now(zaak.ref).versie, "reden": "Er kwam bezwaar."}
    for _ in range(2):
        assert client.post(zaak_pad(zaak.ref, "heropenen/"), velden).status_code == 303
    assert huis.now(zaak.ref).is_open
    assert "Er kwam bezwaar." in text_of(client.get(zaak_pad(zaak.ref, "?deel=notities")))


# --- who may see it, notes


def test_need_to_know(huis: Stadhuis, zaak: Zaak):
    client = client_of(huis.mila)
    velden = {"versie": zaak.versie, "afgeschermd": "ja"}
    for _ in range(2):
        assert client.post(zaak_pad(zaak.ref, "afschermen/"), velden).status_code == 303
    assert "Afgeschermd" in text_of(client.get(zaak_pad(zaak.ref)))
    for pad in ("", "aanwezig/", "?deel=historie"):
        assert client_of(huis.omar).get(zaak_pad(zaak.ref, pad)).status_code == 404
    for pad in SCHRIJVEN:
        assert client_of(huis.omar).post(zaak_pad(zaak.ref, pad)).status_code == 404
    client.post(
        zaak_pad(zaak.ref, "afschermen/"), {"versie": huis.now(zaak.ref).versie, "afgeschermd": "nee"}
    )
    assert client_of(huis.omar).get(zaak_pad(zaak.ref)).status_code == 200


def test_a_note_is_written_once_and_never_shown_to_the_resident(huis: Stadhuis, zaak: Zaak):
    client = client_of(huis.mila)
    for _ in range(2):
        antwoord = client.post(zaak_pad(zaak.ref, "notitie/"), {"notitie": "Belde boos op.", "sleutel": "n1"})
        assert antwoord.status_code == 303
    assert len(list_notities(zaak.ref)) == 1
    assert "Belde boos op." in text_of(client.get(zaak_pad(zaak.ref, "?deel=notities")))
    assert "Belde boos op." not in text_of(client_of(huis.jeroen).get(f"/mijn/zaken/{zaak.ref}/"))
    assert client.post(zaak_pad(zaak.ref, "notitie/"), {"notitie": " "}).status_code == 422


@pytest.mark.parametrize("pad", SCHRIJVEN)
def test_who_only_reads_is_refused_with_the_reason(huis: Stadhuis, zaak: Zaak, pad: str):
    lezer = client_of(replace(huis.omar, rechten=frozenset()))
    velden = {
        "versie": zaak.versie, "status": "2", "reden": "x", "notitie": "x", "bericht": "x", "titel": "x",
        "deadline": _over(5), "collega": huis.mila.medewerker_id,
        "bestanden": SimpleUploadedFile("a.pdf", PDF),
    }  # fmt: skip
    antwoord = lezer.post(zaak_pad(zaak.ref, pad), velden)
    assert antwoord.status_code == 409
    assert "U mag deze zaak alleen bekijken." in text_of(antwoord)
    assert huis.now(zaak.ref).versie == zaak.versie
    html = text_of(lezer.get(zaak_pad(zaak.ref)))
    assert "U mag deze zaak alleen bekijken." in html
    assert 'action="/werkplek/zaken/' not in html


# --- requests


def test_an_answer_is_asked_given_and_refused_with_a_new_date(huis: Stadhuis, zaak: Zaak):
    client = client_of(huis.mila)
    velden = {"soort": "antwoord", "titel": "Wat is uw kenteken?", "deadline": _over(5)}
    assert client.post(zaak_pad(zaak.ref, "vraag/"), velden).status_code == 303
    (taak,) = queries.list_taken_van_zaak(zaak.ref, partij=None)
    zaken.answer_taak(huis.jeroen, zaak.ref, taak.id, antwoord="Dat weet ik niet.")
    html = text_of(client.get(zaak_pad(zaak.ref, f"?deel=vragen&taak={taak.id}")))
    assert "Dat weet ik niet." in html
    afkeuren = zaak_pad(zaak.ref, f"vraag/{taak.id}/afkeuren/")
    assert f'action="{afkeuren}"' in html
    fout = client.post(afkeuren, {"reden": " "})
    assert fout.status_code == 422
    assert '<a href="#reden">' in text_of(fout)
    velden = {"reden": "Het staat op uw kentekenbewijs.", "opnieuw_voor": _over(9)}
    for _ in range(2):
        assert client.post(afkeuren, velden).status_code == 303
    standen = {een.stand: een for een in queries.list_taken_van_zaak(zaak.ref, partij=None)}
    assert standen.keys() == {TaakStand.AFGEKEURD, TaakStand.GEVRAAGD}
    assert standen[TaakStand.GEVRAAGD].vervolg_van == taak.id


def test_a_request_that_is_late_says_so_in_words(huis: Stadhuis, zaak: Zaak, monkeypatch: pytest.MonkeyPatch):
    zaken.ask_document(
        huis.mila, zaak.ref, titel="Kopie", toelichting="", deadline=vandaag() + timedelta(days=1)
    )
    straks = vandaag() + timedelta(days=3)
    monkeypatch.setattr(queries, "vandaag", lambda: straks)
    html = text_of(client_of(huis.mila).get(zaak_pad(zaak.ref, "?deel=vragen")))
    assert "3 dagen te laat" in html
    assert "1 vraag is niet op tijd beantwoord" in text_of(client_of(huis.mila).get(zaak_pad(zaak.ref)))


# --- documents


def test_a_document_is_approved_as_a_kind_of_document(huis: Stadhuis, zaak: Zaak):
    document = huis.deliver(zaak.ref).toegevoegd[0]
    client, pad = client_of(huis.mila), zaak_pad(zaak.ref, f"documenten/{document.id}/")
    pagina = client.get(f"{pad}bekijken/")
    assert "frame-src 'self'" in pagina["Content-Security-Policy"]
    assert f'<iframe class="pip-work-preview pip-work-preview--pdf" src="{pad}openen/?in=pagina"' in text_of(
        pagina
    )
    ingebed = client.get(f"{pad}openen/?in=pagina")
    assert "frame-ancestors 'self'" in ingebed["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get(f"{pad}openen/")["Content-Security-Policy"]
    assert client.post(f"{pad}goedkeuren/", {}).status_code == 422
    velden = {"documenttype": zaak.documenttypen[0], "vertrouwelijkheid": "vertrouwelijk"}
    for _ in range(2):
        assert client.post(f"{pad}goedkeuren/", velden).status_code == 303
    nu = get_document(document.id)
    assert (nu.beoordeling, nu.documenttype) == (Beoordeling.GEACCEPTEERD, zaak.documenttypen[0])
    te_laat = client.post(f"{pad}afkeuren/", {"reden": "Toch niet leesbaar."})
    assert te_laat.status_code == 409


def test_a_document_is_refused_with_a_reason_and_asked_again(huis: Stadhuis, zaak: Zaak):
    document = huis.deliver(zaak.ref).toegevoegd[0]
    client, pad = client_of(huis.mila), zaak_pad(zaak.ref, f"documenten/{document.id}/afkeuren/")
    fout = client.post(pad, {"reden": "Niet leesbaar.", "opnieuw_voor": "gisteren"})
    assert fout.status_code == 422
    assert "Niet leesbaar.</textarea>" in text_of(fout)
    assert client.post(pad, {"reden": "Niet leesbaar.", "opnieuw_voor": _over(5)}).status_code == 303
    assert get_document(document.id).afkeurreden == "Niet leesbaar."
    assert len(queries.list_taken_van_zaak(zaak.ref, partij=None)) == 1


def test_a_document_moves_after_the_page_said_where_to(huis: Stadhuis, zaak: Zaak):
    ander = huis.start("Vergunning Beukenlaan")
    document = huis.deliver(zaak.ref).toegevoegd[0]
    client, pad = client_of(huis.mila), zaak_pad(zaak.ref, f"documenten/{document.id}/verplaatsen/")
    assert client.post(pad, {"naar": "Z-0000-000000", "knop": "zoek"}).status_code == 422
    html = text_of(client.post(pad, {"naar": f" {ander.identificatie} ", "knop": "zoek"}))
    assert "Vergunning Beukenlaan" in html
    assert get_document(document.id).zaak_ref == str(zaak.ref)
    assert client.post(pad, {"naar": ander.identificatie, "knop": "verplaats"}).status_code == 303
    assert get_document(document.id).zaak_ref == str(ander.ref)


def test_a_zaak_of_another_afdeling_is_no_place_to_move_to(huis: Stadhuis, zaak: Zaak):
    ander = huis.start("Lamp", zaaktype="MOR")
    document = huis.deliver(zaak.ref).toegevoegd[0]
    pad = zaak_pad(zaak.ref, f"documenten/{document.id}/verplaatsen/")
    antwoord = client_of(huis.mila).post(pad, {"naar": ander.identificatie, "knop": "zoek"})
    assert antwoord.status_code == 422
    assert "Lamp" not in text_of(antwoord)


def test_a_next_version_keeps_the_one_before(huis: Stadhuis, zaak: Zaak):
    client = client_of(huis.mila)
    document = huis.deliver(zaak.ref).toegevoegd[0]
    zaken.accept_document(
        huis.mila, zaak.ref, document.id, documenttype="Bewijsstuk", vertrouwelijkheid="intern"
    )
    pad = zaak_pad(zaak.ref, f"documenten/{document.id}/vervangen/")
    nieuw = SimpleUploadedFile("brief.pdf", PDF + b"% twee\n")
    antwoord = client.post(pad, {"bestanden": nieuw})
    assert antwoord.status_code == 303
    html = text_of(client.get(antwoord["Location"]))
    assert "Versie 2 (deze)" in html
    assert "Versie 1</a>" in html
    assert len(list_documenten(str(zaak.ref))) == 1
    assert client.post(pad, {}).status_code in {409, 422}


def test_what_a_resident_sent_does_not_disappear_behind_a_next_version_before_it_is_judged(
    huis: Stadhuis, zaak: Zaak
):
    client = client_of(huis.mila)
    document = huis.deliver(zaak.ref, "kenteken.pdf").toegevoegd[0]
    pad = zaak_pad(zaak.ref, f"documenten/{document.id}/")
    assert "Voeg een nieuwe versie toe" not in text_of(client.get(f"{pad}bekijken/"))
    assert "Beoordeel het document eerst." in text_of(client.get(f"{pad}bekijken/"))
    antwoord = client.post(f"{pad}vervangen/", {"bestanden": SimpleUploadedFile("brief.pdf", PDF + b"% 2\n")})
    assert antwoord.status_code == 409
    assert "Beoordeel het document eerst." in text_of(antwoord)
    (over,) = list_documenten(str(zaak.ref))
    assert (over.id, over.beoordeling) == (document.id, Beoordeling.NIEUW)
    bij_jeroen = text_of(client_of(huis.jeroen).get(f"/mijn/zaken/{zaak.ref}/"))
    assert "kenteken" in bij_jeroen
    assert "Ontvangen" in bij_jeroen


def test_a_resident_keeps_seeing_what_they_sent_after_a_next_version(huis: Stadhuis, zaak: Zaak):
    document = huis.deliver(zaak.ref, "kenteken.pdf").toegevoegd[0]
    zaken.refuse_document(huis.mila, zaak.ref, document.id, reden="Niet te lezen.", deadline=None)
    zaken.add_documenten(
        huis.mila, zaak.ref, (bied_aan("kenteken-scherp.pdf", [PDF + b"% 2\n"]),), vervangt=document.id
    )
    html = text_of(client_of(huis.jeroen).get(f"/mijn/zaken/{zaak.ref}/"))
    assert "kenteken-scherp" in html
    assert f"/mijn/zaken/{zaak.ref}/documenten/{document.id}/opslaan/" in html
    assert "Waarom wij dit niet kunnen gebruiken: Niet te lezen." in html


def test_the_rights_of_a_reader_do_not_reach_the_judgement(huis: Stadhuis, zaak: Zaak):
    document = huis.deliver(zaak.ref).toegevoegd[0]
    lezer = client_of(replace(huis.omar, rechten=frozenset({Recht.VERDELEN})))
    pad = zaak_pad(zaak.ref, f"documenten/{document.id}/")
    assert "U mag deze zaak alleen bekijken." in text_of(lezer.get(f"{pad}bekijken/"))
    velden = {"documenttype": zaak.documenttypen[0], "vertrouwelijkheid": "vertrouwelijk", "reden": "Nee."}
    for wat in ("goedkeuren", "afkeuren"):
        assert lezer.post(f"{pad}{wat}/", velden).status_code == 409
    assert get_document(document.id).beoordeling is Beoordeling.NIEUW
