from dataclasses import replace
from datetime import timedelta

import pytest

from eloket.audit.models import AuditRegel
from eloket.documenten import queries as documenten
from eloket.kernel import events
from eloket.kernel.errors import BronOnbereikbaar, NietToegestaan
from eloket.kernel.klok import nu, vandaag
from eloket.zaken import queries, service
from eloket.zaken.errors import (
    AanvraagOngeldig,
    StatusNietToegestaan,
    ZaakGewijzigd,
    ZaakIsGesloten,
    ZaakNietGevonden,
)
from eloket.zaken.events import DocumentGevraagd, DocumentToegevoegd, StatusGezet, ZaakGestart
from eloket.zaken.testing import FakeZaakBron, nieuwe_zaak
from eloket.zaken.types import Aandacht, GebeurtenisSoort, ZaakFilter
from eloket.zaken.werk import WerkFilter
from tests.huis import PDF, bestand, inwoner, medewerker, met_nepbronnen, partij_van

pytestmark = pytest.mark.django_db


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


@pytest.fixture
def zaak(bron):
    return service.start_zaak(inwoner(), nieuwe_zaak(partij_van(inwoner()), sleutel="s1"))[0]


@pytest.fixture
def gehoord(monkeypatch):
    lijst: list[events.Event] = []
    monkeypatch.setattr(events, "publish", lijst.append)
    return lijst


def test_the_same_submission_starts_one_zaak_and_is_told_of_once(bron, gehoord):
    opdracht = nieuwe_zaak(partij_van(inwoner()), sleutel="dubbelklik")
    eerste, ontvangst = service.start_zaak(inwoner(), opdracht, (bestand(),))
    tweede, opnieuw = service.start_zaak(inwoner(), opdracht, (bestand(),))
    assert eerste.ref == tweede.ref
    assert (len(ontvangst.toegevoegd), len(opnieuw.toegevoegd)) == (1, 0)
    assert [type(event) for event in gehoord] == [ZaakGestart]
    assert len(documenten.list_documenten(str(eerste.ref))) == 1


def test_good_files_are_kept_when_others_are_refused(zaak, gehoord):
    ontvangst = service.add_documenten(
        inwoner(),
        zaak.ref,
        (bestand("paspoort.pdf"), bestand("leeg.pdf", b""), bestand("x.exe", b"MZ\x90\x00\x03")),
    )
    assert [document.titel for document in ontvangst.toegevoegd] == ["paspoort"]
    assert len(ontvangst.geweigerd) == 2
    assert all(geweigerd.naam in geweigerd.tekst for geweigerd in ontvangst.geweigerd)
    assert [type(event) for event in gehoord] == [DocumentToegevoegd]


def test_nothing_good_means_nothing_happened(zaak, gehoord):
    service.add_documenten(inwoner(), zaak.ref, (bestand("leeg.pdf", b""),))
    assert gehoord == []
    assert queries.list_gebeurtenissen(zaak, partij=None) == ()


def test_the_same_content_is_not_added_twice(zaak):
    service.add_documenten(inwoner(), zaak.ref, (bestand("a.pdf"),))
    ontvangst = service.add_documenten(inwoner(), zaak.ref, (bestand("b.pdf"),))
    assert ontvangst.toegevoegd == ()
    assert "staat al bij deze zaak" in ontvangst.geweigerd[0].tekst


def test_delivering_fulfils_the_only_open_taak_and_lifts_the_zaak_in_the_work_list(zaak):
    behandelaar = medewerker()
    service.ask_document(
        behandelaar,
        zaak.ref,
        titel="Kopie kentekenbewijs",
        toelichting="",
        deadline=vandaag() + timedelta(days=5),
    )
    assert queries.refs_met_open_taak((zaak.ref,), partij_van(inwoner())) == {zaak.ref}
    assert queries.count_open_taken(partij_van(inwoner())) == 1
    ontvangst = service.add_documenten(inwoner(), zaak.ref, (bestand(),))
    assert ontvangst.vervulde_taken == ("Kopie kentekenbewijs",)
    assert queries.count_open_taken(partij_van(inwoner())) == 0
    items = queries.list_werkvoorraad(behandelaar, WerkFilter(afdelingen=behandelaar.afdelingen)).items
    assert [item.nieuw_document for item in items] == [True]
    soorten = [gebeurtenis.soort for gebeurtenis in queries.list_gebeurtenissen(zaak, partij=None)]
    assert soorten == [
        GebeurtenisSoort.DOCUMENT_GEVRAAGD,
        GebeurtenisSoort.DOCUMENT_ONTVANGEN,
        GebeurtenisSoort.TAAK_VERVULD,
    ]


def test_with_two_open_taken_only_the_chosen_one_is_fulfilled(zaak):
    deadline = vandaag() + timedelta(days=5)
    ids = [
        service.ask_document(medewerker(), zaak.ref, titel=titel, toelichting="", deadline=deadline)
        for titel in ("Paspoort", "Huurcontract")
    ]
    zonder = service.add_documenten(inwoner(), zaak.ref, (bestand("een.pdf"),))
    met = service.add_documenten(inwoner(), zaak.ref, (bestand("twee.pdf", PDF + b"2"),), taak_id=ids[1])
    assert (zonder.vervulde_taken, met.vervulde_taken) == ((), ("Huurcontract",))


def test_what_a_civil_servant_adds_is_from_the_municipality_and_lifts_nothing(zaak, gehoord):
    ontvangst = service.add_documenten(medewerker(), zaak.ref, (bestand("besluit.pdf"),))
    assert not ontvangst.toegevoegd[0].is_van_aanvrager
    assert gehoord[0].door_gemeente
    items = queries.list_werkvoorraad(medewerker(), WerkFilter(afdelingen=medewerker().afdelingen)).items
    assert not items[0].nieuw_document


def test_statuses_go_forward_only_and_the_last_one_asks_for_a_result(zaak, gehoord):
    behandelaar = medewerker()
    tweede = service.set_status(
        behandelaar, zaak.ref, volgnummer=2, toelichting="", resultaat="", versie=zaak.versie
    )
    with pytest.raises(StatusNietToegestaan):
        service.set_status(
            behandelaar, zaak.ref, volgnummer=1, toelichting="", resultaat="", versie=tweede.versie
        )
    with pytest.raises(StatusNietToegestaan, match="status-niet-toegestaan"):
        service.set_status(
            behandelaar, zaak.ref, volgnummer=4, toelichting="", resultaat=" ", versie=tweede.versie
        )
    klaar = service.set_status(
        behandelaar, zaak.ref, volgnummer=4, toelichting="", resultaat="Verleend", versie=tweede.versie
    )
    assert (klaar.is_open, klaar.resultaat) == (False, "Verleend")
    assert [event.volgnummer for event in gehoord if isinstance(event, StatusGezet)] == [2, 4]


def test_an_older_version_is_refused(zaak):
    service.take_zaak(medewerker(id=1), zaak.ref, versie=zaak.versie)
    with pytest.raises(ZaakGewijzigd):
        service.take_zaak(medewerker(id=2), zaak.ref, versie=zaak.versie)


def test_a_zaak_with_an_open_question_is_not_closed_until_it_is_withdrawn(zaak):
    taak = service.ask_document(
        medewerker(), zaak.ref, titel="Paspoort", toelichting="", deadline=vandaag() + timedelta(days=1)
    )
    with pytest.raises(StatusNietToegestaan):
        service.set_status(
            medewerker(), zaak.ref, volgnummer=4, toelichting="", resultaat="Verleend", versie=1
        )
    service.withdraw_taak(medewerker(), zaak.ref, taak)
    assert not service.set_status(
        medewerker(), zaak.ref, volgnummer=4, toelichting="", resultaat="Verleend", versie=1
    ).is_open


def test_a_closed_zaak_takes_no_documents_and_no_questions(zaak):
    service.set_status(medewerker(), zaak.ref, volgnummer=4, toelichting="", resultaat="Verleend", versie=1)
    with pytest.raises(ZaakIsGesloten):
        service.add_documenten(inwoner(), zaak.ref, (bestand(),))
    with pytest.raises(ZaakIsGesloten):
        service.ask_document(
            medewerker(), zaak.ref, titel="x", toelichting="", deadline=vandaag() + timedelta(days=1)
        )


def test_a_question_needs_words_and_a_day_in_the_future(zaak, gehoord):
    for titel, dagen in (("", 5), ("x" * 121, 5), ("Paspoort", 0), ("Paspoort", -1)):
        with pytest.raises(AanvraagOngeldig):
            service.ask_document(
                medewerker(),
                zaak.ref,
                titel=titel,
                toelichting="",
                deadline=vandaag() + timedelta(days=dagen),
            )
    service.ask_document(
        medewerker(), zaak.ref, titel="Paspoort", toelichting="", deadline=vandaag() + timedelta(days=1)
    )
    assert [type(event) for event in gehoord] == [DocumentGevraagd]


def test_a_resident_cannot_do_what_a_civil_servant_does(zaak):
    jeroen = inwoner()
    with pytest.raises(NietToegestaan):
        service.take_zaak(jeroen, zaak.ref, versie=1)
    with pytest.raises(NietToegestaan):
        service.set_status(jeroen, zaak.ref, volgnummer=2, toelichting="", resultaat="", versie=1)
    with pytest.raises(NietToegestaan):
        service.clear_aandacht(jeroen, zaak.ref, Aandacht.DOCUMENT)
    with pytest.raises(NietToegestaan):
        service.withdraw_taak(jeroen, zaak.ref, "00000000-0000-4000-8000-000000000000")


def test_a_stranger_can_do_nothing(zaak):
    vreemde = inwoner("999990020")
    with pytest.raises(ZaakNietGevonden):
        service.add_documenten(vreemde, zaak.ref, (bestand(),))
    assert documenten.list_documenten(str(zaak.ref)) == ()


def test_a_subscriber_that_fails_undoes_the_whole_change(zaak, monkeypatch):
    def faalt(_event):
        raise RuntimeError

    monkeypatch.setattr(events, "publish", faalt)
    regels = AuditRegel.objects.count()
    with pytest.raises(RuntimeError):
        service.ask_document(
            medewerker(), zaak.ref, titel="Paspoort", toelichting="", deadline=vandaag() + timedelta(days=1)
        )
    assert queries.list_taken_van_zaak(zaak.ref, partij=None) == ()
    assert queries.list_gebeurtenissen(zaak, partij=None) == ()
    assert AuditRegel.objects.count() == regels


def test_the_audit_trail_says_who_did_what_without_names(zaak):
    service.record_view(inwoner(), zaak.ref)
    regel = AuditRegel.objects.latest("id")
    assert (regel.actie, regel.actor_key, regel.object_ref) == ("zaak.bekeken", inwoner().key, str(zaak.ref))
    assert "Drouwen" not in str(regel.__dict__)


class TestMeerdereBronnen:
    def test_zaken_of_all_sources_stand_together_newest_first(self):
        tweede = FakeZaakBron(naam="zgw", titel="het zaaksysteem")
        with met_nepbronnen(tweede) as eerste:
            for dag in range(5):
                bron = (eerste, tweede)[dag % 2]
                bron.start_zaak(
                    nieuwe_zaak(partij_van(inwoner()), sleutel=str(dag)), nu() - timedelta(days=dag)
                )
            alles = queries.list_zaken(partij_van(inwoner()), ZaakFilter(limit=2, offset=1))
            assert (alles.aantal, alles.lopend, alles.onbereikbaar) == (5, 5, ())
            dagen = [(vandaag() - zaak.startdatum).days for zaak in alles.zaken]
            assert dagen == [1, 2]

    def test_a_source_that_fails_is_named_and_the_others_are_shown(self):
        tweede = FakeZaakBron(naam="zgw", titel="het zaaksysteem")
        with met_nepbronnen(tweede) as eerste:
            eerste.start_zaak(nieuwe_zaak(partij_van(inwoner()), sleutel="1"), nu())
            tweede.faalt = True
            deels = queries.list_zaken(partij_van(inwoner()), ZaakFilter())
            assert (len(deels.zaken), deels.onbereikbaar) == (1, ("het zaaksysteem",))
            eerste.faalt = True
            with pytest.raises(BronOnbereikbaar):
                queries.list_zaken(partij_van(inwoner()), ZaakFilter())

    def test_the_only_source_that_fails_is_an_error_and_never_nothing(self):
        with met_nepbronnen() as bron:
            bron.faalt = True
            with pytest.raises(BronOnbereikbaar):
                queries.list_zaken(partij_van(inwoner()), ZaakFilter())


def test_the_same_open_question_is_asked_once_and_may_be_asked_again_after_delivery(zaak, gehoord):
    def vraag() -> str:
        return service.ask_document(
            medewerker(), zaak.ref, titel="Paspoort", toelichting="", deadline=vandaag() + timedelta(days=3)
        )

    assert vraag() == vraag()
    assert [type(event) for event in gehoord] == [DocumentGevraagd]
    service.add_documenten(inwoner(), zaak.ref, (bestand(),))
    vraag()
    taken = queries.list_taken_van_zaak(zaak.ref, partij=None)
    assert [taak.vervuld_op is None for taak in taken] == [True, False]


def test_withdrawing_says_whether_there_was_anything_to_withdraw(zaak):
    taak = service.ask_document(
        medewerker(), zaak.ref, titel="Paspoort", toelichting="", deadline=vandaag() + timedelta(days=3)
    )
    assert service.withdraw_taak(medewerker(), zaak.ref, taak) is True
    assert service.withdraw_taak(medewerker(), zaak.ref, taak) is False


def test_the_day_before_the_deadline_is_the_last_day(zaak):
    service.ask_document(
        medewerker(), zaak.ref, titel="Paspoort", toelichting="", deadline=vandaag() + timedelta(days=1)
    )
    (taak,) = queries.list_taken_van_zaak(zaak.ref, partij=None)
    assert (taak.dagen_over, taak.dagen_te_laat) == (1, 0)
    assert replace(taak, dagen_over=0).dagen_te_laat == 1
