"""How an export is made: once, whatever answers, stops or happens twice."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eloket.afschriften.errors import DossierOnvolledig
from eloket.audit.models import AuditRegel
from eloket.documenten import opslag
from eloket.documenten import service as documenten
from eloket.documenten.testing import FakeDocumentBron
from eloket.documenten.types import Controle
from eloket.export import afmaken, maken, opruimen, service
from eloket.export.errors import ExportNietGevonden, ExportNietKlaar, ExportVerouderd
from eloket.export.models import Export, ExportDeel
from eloket.export.uitgeven import open_export
from eloket.export.zaakdeel import collect_zaak
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import nu, op_moment
from eloket.notifications.models import Notificatie
from eloket.notifications.types import NotificatieSoort
from eloket.profile import service as profile
from eloket.profile.testing import give_contact
from eloket.zaken import service as zaken
from eloket.zaken.testing import FakeZaakBron, nieuwe_zaak
from eloket.zaken.types import NieuweZaak
from tests.huis import PDF, bestand, inwoner, medewerker, met_nepbronnen, onderneming, partij_van
from tests.unit.export.uitpakken import index_of, make, make_to_the_end, take, text_of, unpack, zaken_of
from tests.unit.export.vullen import add_document
from tests.web.portaal import zaak_van

pytestmark = pytest.mark.django_db


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


def acties() -> list[str]:
    return list(
        AuditRegel.objects.filter(actie__startswith="export.").order_by("pk").values_list("actie", flat=True)
    )


def test_asking_making_saving_and_removing_each_leave_a_line(bron):
    zaak_van(inwoner())
    service.request_export(inwoner())
    make()
    open_export(inwoner())
    service.remove_export(inwoner())
    assert acties() == ["export.gevraagd", "export.gemaakt", "export.opgeslagen", "export.verwijderd"]
    regels = AuditRegel.objects.filter(actie__startswith="export.").values_list("object_ref", flat=True)
    assert set(regels) == {f"partij-{partij_van(inwoner()).profiel_key}"}
    with pytest.raises(ExportNietGevonden):
        service.remove_export(inwoner())


def test_asking_twice_gives_one_and_asking_again_replaces_what_was_ready(bron):
    service.request_export(inwoner())
    service.request_export(inwoner())
    assert Export.objects.count() == 1
    make()
    klaar = Export.objects.get()
    service.request_export(inwoner())
    assert Export.objects.get().pk != klaar.pk
    assert ExportDeel.objects.count() == 0
    assert acties() == ["export.gevraagd", "export.gemaakt", "export.gevraagd"]


def test_a_colleague_has_one_of_their_own(bron):
    een, ander = onderneming(), onderneming(vestiging="1")
    service.request_export(een)
    assert service.get_export(ander) is None
    service.request_export(ander)
    assert Export.objects.count() == 2


def test_it_is_told_once_also_when_nobody_chose_for_mail(bron):
    service.request_export(inwoner())
    make()
    make()
    (melding,) = Notificatie.objects.filter(soort=NotificatieSoort.EXPORT_KLAAR)
    assert melding.betrokkene_key == partij_van(inwoner()).profiel_key


def test_of_a_business_only_who_asked_for_it_is_told(bron):
    anne, bo = (replace(onderneming(), key=key) for key in ("anne", "bo"))
    give_contact(anne, "a@korenaar.nl")
    give_contact(bo, "b@korenaar.nl")
    service.request_export(anne)
    make()
    melding = Notificatie.objects.get(soort=NotificatieSoort.EXPORT_KLAAR)
    assert (melding.betrokkene_key, melding.partij_key, melding.uitkomst) == (
        anne.profiel_key,
        partij_van(anne).profiel_key,
        "",
    )


def test_of_a_business_it_holds_what_was_told_to_who_asked_and_not_what_a_colleague_was(bron):
    anne, bo = (replace(onderneming(), key=key) for key in ("anne", "bo"))
    profile.update_contact(anne, email="", telefoon="0612345678", wil_mail=False)
    assert len(index_of(take(anne))["notificaties"]) == 1
    assert index_of(take(bo))["notificaties"] == []


def test_what_is_being_made_cannot_be_saved_and_says_how_far_it_is(bron):
    for nummer in range(3):
        zaak_van(inwoner(), f"Zaak {nummer}", sleutel=str(nummer))
    service.request_export(inwoner())
    with pytest.raises(ExportNietKlaar):
        open_export(inwoner())
    stand = service.get_export(inwoner())
    assert stand is not None
    assert (stand.is_klaar, stand.zaken, stand.gedaan) == (False, None, 0)


def test_a_worker_that_stops_is_followed_by_another_that_goes_on(bron):
    for nummer in range(5):
        zaak_van(inwoner(), f"Zaak {nummer}", sleutel=str(nummer))
    service.request_export(inwoner())
    keren = iter([False, False, True, True])
    maken.Maker("een", lambda: next(keren)).run_round(nu())
    eerst = set(ExportDeel.objects.exclude(gemaakt_op=None).values_list("pk", "gemaakt_op"))
    assert 0 < len(eerst) < 5
    # The first one holds its lease, so for five minutes nobody else comes near it.
    assert maken.Maker("ander").run_round(nu()) is False
    assert Export.objects.get().klaar_op is None
    make(nu() + maken.LEASE + timedelta(seconds=1))
    assert eerst <= set(ExportDeel.objects.values_list("pk", "gemaakt_op"))
    assert len(zaken_of(unpack(inwoner()))) == 5


def test_removed_while_it_is_made_it_stays_away(bron):
    zaak_van(inwoner())
    service.request_export(inwoner())
    rij = Export.objects.get()
    afmaken.list_all(rij, inwoner(), with_gaps=False)
    service.remove_export(inwoner())
    afmaken.finish(rij, inwoner(), with_gaps=False)
    assert (Export.objects.count(), ExportDeel.objects.count()) == (0, 0)
    assert not Notificatie.objects.filter(soort=NotificatieSoort.EXPORT_KLAAR).exists()


def test_a_source_that_answers_later_is_waited_for(bron):
    zaak_van(inwoner(), "Wacht op de bron")
    service.request_export(inwoner())
    bron.faalt = True
    make()
    stand = service.get_export(inwoner())
    assert stand is not None
    assert (stand.is_klaar, stand.is_vertraagd) == (False, True)
    bron.faalt = False
    make()  # not yet: it waits a minute
    assert Export.objects.get().klaar_op is None
    make(nu() + timedelta(minutes=2))
    bestanden = unpack(inwoner())
    assert "Wacht op de bron" in text_of(bestanden)
    assert index_of(bestanden)["isCompleet"] is True


def test_a_source_that_stays_away_is_named_and_the_others_are_in_it():
    tweede = FakeZaakBron(naam="oud", titel="het oude systeem")
    with met_nepbronnen(tweede):
        zaak_van(inwoner(), "Van de eerste")
        tweede.faalt = True
        service.request_export(inwoner())
        make_to_the_end()
        bestanden = unpack(inwoner())
    index = index_of(bestanden)
    assert index["isCompleet"] is False
    assert index["nietOpgehaald"] == ["zaken uit het oude systeem"]
    assert "Van de eerste" in text_of(bestanden)
    assert "Dit bestand is niet compleet" in bestanden["index.html"].decode()


def test_a_zaak_of_a_source_that_went_away_after_the_list_is_named_with_its_number():
    tweede = FakeZaakBron(naam="oud", titel="het oude systeem")
    with met_nepbronnen(tweede):
        zaak_van(inwoner(), "Van de eerste")
        zaak = tweede.start_zaak(_order("Van het oude"), nu())[0]
        service.request_export(inwoner())
        afmaken.list_all(Export.objects.get(), inwoner(), with_gaps=False)
        tweede.faalt = True
        make_to_the_end()
        bestanden = unpack(inwoner())
    index = index_of(bestanden)
    gemist = {een["omschrijving"]: een["nietOpgehaald"] for een in index["zaken"]}
    assert gemist == {"Van de eerste": [], "Van het oude": ["de gegevens van deze zaak"]}
    assert index["isCompleet"] is False
    assert zaak.identificatie in bestanden["index.html"].decode()
    assert len(zaken_of(bestanden)) == 1


def _order(omschrijving: str) -> NieuweZaak:
    return nieuwe_zaak(partij_van(inwoner()), omschrijving=omschrijving, sleutel=omschrijving)


class _ZonderDocumenten(FakeDocumentBron):
    def list_voor_aanvrager(self, zaak_ref: str):
        raise BronOnbereikbaar("de documenten")


class _ZonderRegister:
    def get_persoon(self, _bsn: str):
        raise BronOnbereikbaar("het register")

    get_onderneming = get_persoon


def test_documents_and_the_register_that_stay_away_are_named_too(bron):
    zaak_van(inwoner(), "Met documenten")
    documenten.configure(_ZonderDocumenten())
    profile.configure(_ZonderRegister())  # type: ignore[arg-type]  # it only has to fail
    service.request_export(inwoner())
    make_to_the_end()
    bestanden = unpack(inwoner())
    index = index_of(bestanden)
    assert index["nietOpgehaald"] == ["wat de Basisregistratie Personen van u weet"]
    assert index["zaken"][0]["nietOpgehaald"] == ["de documenten van deze zaak"]
    assert index["betrokkene"] == {"burgerservicenummer": "999990019"}
    assert zaken_of(bestanden)[0]["nietOpgehaald"] == ["de documenten van deze zaak"]


def test_a_zaak_that_breaks_our_code_holds_up_nobody(bron, monkeypatch, caplog):
    zaak_van(inwoner(), "Goed", sleutel="a")
    zaak = zaak_van(inwoner(), "Kapot", sleutel="b")
    echt = collect_zaak

    def collect(actor, ref, *, with_gaps):
        if ref == zaak.ref:
            raise ValueError("een naam die niemand mag lezen")
        return echt(actor, ref, with_gaps=with_gaps)

    monkeypatch.setattr(maken, "collect_zaak", collect)
    service.request_export(inwoner())
    make_to_the_end()
    index = index_of(unpack(inwoner()))
    assert {een["omschrijving"]: bool(een["nietOpgehaald"]) for een in index["zaken"]} == {
        "Goed": False,
        "Kapot": True,
    }
    assert "mag lezen" not in caplog.text


def test_a_zaak_that_is_not_theirs_any_more_is_left_out(bron):
    zaak = zaak_van(inwoner(), "Was van mij", sleutel="a")
    zaak_van(inwoner(), "Blijft", sleutel="b")
    service.request_export(inwoner())
    afmaken.list_all(Export.objects.get(), inwoner(), with_gaps=False)
    del bron._zaken[zaak.ref.id]
    make()
    assert [een["omschrijving"] for een in index_of(unpack(inwoner()))["zaken"]] == ["Blijft"]


def test_a_document_that_is_not_there_any_more_asks_for_a_new_export(bron):
    zaak = zaak_van(inwoner())
    add_document(inwoner(), zaak, "a.pdf")
    take(inwoner())
    nep = documenten.configured_bron()
    assert isinstance(nep, FakeDocumentBron)
    nep._change(nep.list_alle_versies(str(zaak.ref))[0], controle=Controle.BESMET)
    with pytest.raises(ExportVerouderd):
        open_export(inwoner())


def test_a_document_that_went_to_another_zaak_is_not_handed_out(bron):
    zaak = zaak_van(inwoner())
    buur = inwoner("999990020", "Fatima")
    ander = zaak_van(buur)
    add_document(inwoner(), zaak, "a.pdf")
    take(inwoner())
    (document,) = documenten.configured_bron().list_alle_versies(str(zaak.ref))
    zaken.move_document(
        medewerker(), zaak.ref, document.id, naar=ander.identificatie, ook_andere_aanvrager=True
    )
    with pytest.raises(ExportVerouderd):
        open_export(inwoner())
    assert acties().count("export.opgeslagen") == 1, "van de eerste keer"
    assert not [naam for naam in take(inwoner()) if "/documenten/" in naam]


def test_a_letter_that_was_replaced_is_not_handed_out_and_what_they_sent_themselves_is(bron):
    zaak = zaak_van(inwoner())
    add_document(inwoner(), zaak, "eigen.pdf")
    (eigen,) = documenten.configured_bron().list_documenten(str(zaak.ref))
    zaken.accept_document(medewerker(), zaak.ref, eigen.id, documenttype="Foto", vertrouwelijkheid="intern")
    add_document(medewerker(), zaak, "brief.pdf")
    take(inwoner())
    zaken.add_documenten(medewerker(), zaak.ref, (bestand("beter.pdf"),), vervangt=eigen.id)
    unpack(inwoner())
    brief = next(
        een for een in documenten.configured_bron().list_documenten(str(zaak.ref)) if een.titel == "brief"
    )
    zaken.add_documenten(medewerker(), zaak.ref, (bestand("goed.pdf", PDF + b"% goed"),), vervangt=brief.id)
    with pytest.raises(ExportVerouderd):
        open_export(inwoner())
    nieuw = "".join(take(inwoner()))
    assert "eigen (versie 1).pdf" in nieuw
    assert "goed (versie 2).pdf" in nieuw
    assert "brief" not in nieuw


def test_a_zaak_in_which_they_have_no_part_any_more_is_not_handed_out(bron):
    zaak = zaak_van(inwoner(), "Was van mij", sleutel="a")
    zaak_van(inwoner(), "Blijft", sleutel="b")
    take(inwoner())
    ander = zaak_van(inwoner("999990020", "Fatima"), sleutel="c")
    bron._zaken[zaak.ref.id] = replace(bron._zaken[zaak.ref.id], betrokkenen=ander.betrokkenen)
    with pytest.raises(ExportVerouderd):
        open_export(inwoner())
    assert acties().count("export.opgeslagen") == 1, "van de eerste keer"
    assert [een["omschrijving"] for een in index_of(take(inwoner()))["zaken"]] == ["Blijft"]


def test_how_much_is_asked_again_does_not_grow_with_the_zaken(bron, django_assert_num_queries):
    for nummer in range(3):
        zaak_van(inwoner(), sleutel=str(nummer))
    take(inwoner())
    with CaptureQueriesContext(connection) as drie:
        open_export(inwoner())
    for nummer in range(3, 30):
        zaak_van(inwoner(), sleutel=str(nummer))
    take(inwoner())
    with django_assert_num_queries(len(drie)):
        open_export(inwoner())


def test_a_file_that_is_gone_breaks_the_download_off(bron):
    zaak = zaak_van(inwoner())
    add_document(inwoner(), zaak, "a.pdf")
    take(inwoner())
    (document,) = documenten.configured_bron().list_alle_versies(str(zaak.ref))
    opslag.delete(document.sha256)
    with pytest.raises(DossierOnvolledig):
        unpack(inwoner())


def test_what_is_kept_of_it_can_be_read_by_nobody_in_the_database(bron):
    zaak_van(inwoner(), "Heel persoonlijk")
    service.request_export(inwoner())
    make()
    with connection.cursor() as cursor:
        cursor.execute("SELECT wie FROM export_export")
        rijen = str(cursor.fetchall())
        cursor.execute("SELECT kop, gegevens, pagina FROM export_deel")
        rijen += str(cursor.fetchall())
    assert "Heel persoonlijk" not in rijen
    assert "Drouwen" not in rijen
    assert "999990019" not in rijen


def test_after_a_week_it_is_really_gone(bron):
    zaak_van(inwoner())
    service.request_export(inwoner())
    make()
    bijna, daarna = nu() + timedelta(days=7, minutes=-1), nu() + timedelta(days=7, minutes=1)
    assert opruimen.ruim_op(bijna) == 0
    with op_moment(daarna), pytest.raises(ExportNietGevonden):
        open_export(inwoner())
    assert opruimen.ruim_op(daarna) == 1
    assert (Export.objects.count(), ExportDeel.objects.count()) == (0, 0)
    assert acties()[-1] == "export.verlopen"


def test_what_could_not_be_made_in_a_week_does_not_stand_in_the_way_of_a_new_one(bron):
    service.request_export(inwoner())
    Export.objects.update(verloopt_op=nu() - timedelta(minutes=1))
    make()
    assert service.get_export(inwoner()) is None
    service.request_export(inwoner())
    make()
    assert json.loads(unpack(inwoner())["gegevens.json"])["versie"] == 1
