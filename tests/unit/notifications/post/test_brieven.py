"""A letter finds its address, is taken once, and can always be shown as it was printed."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from eloket.audit.models import AuditRegel
from eloket.identity.testing import onderneming
from eloket.identity.types import Recht, partij_ref
from eloket.kernel.errors import NietGevonden, NietToegestaan, OngeldigeInvoer
from eloket.kernel.klok import nu, op_moment, vandaag
from eloket.notifications.brieven import bundels
from eloket.notifications.brieven.adressen import find_adressen
from eloket.notifications.brieven.models import Briefbundel, BriefInhoud
from eloket.notifications.brieven.overnemen import take_over_waiting
from eloket.notifications.brieven.queries import get_wachtrij, list_laatste_brieven
from eloket.notifications.brieven.types import BriefStand
from eloket.notifications.contact.models import Contactherstel
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.retour.verwerken import verwerk
from eloket.notifications.types import BewijsSoort, Kanaal, NotificatieSoort, Uitkomst
from eloket.profile import service as profile
from eloket.profile.testing import JEROEN, KORENAAR, KORENAAR_MARKT, FakePersonenBron
from eloket.zaken import service as zaken
from eloket.zaken.testing import nieuwe_zaak
from tests.pdf import text_of_pdf
from tests.uitwijken import bounce, give_address, key_of, mail, tell
from tests.unit.notifications.feiten import list_feiten
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = pytest.mark.django_db


@pytest.fixture
def register() -> FakePersonenBron:
    bron = FakePersonenBron()
    profile.configure(bron)
    return bron


@pytest.fixture
def huis(register: FakePersonenBron) -> Stadhuis:
    huis = build_stadhuis()
    give_address(huis.jeroen)
    return huis


def letter(huis: Stadhuis, soort: NotificatieSoort = NotificatieSoort.DOCUMENT_GEVRAAGD) -> Zending:
    """One that has come to stand in the queue for Jeroen."""
    verwerk(bounce(mail(huis.jeroen, huis.start("Dakkapel").ref, soort)))
    return Zending.objects.filter(kanaal=Kanaal.BRIEF).latest("gemaakt_op")


def test_a_letter_says_no_more_than_a_mail_and_where_to_read_it(huis):
    brief = letter(huis)
    assert find_adressen(nu()) == 1
    bundel_id = bundels.make_bundel(huis.mila)
    tekst = text_of_pdf(bundels.get_pdf(huis.mila, bundel_id).inhoud)
    for nodig in (JEROEN.naam, "Lindelaan 12", "1234 AB", "VOORBEELD", "vraag om een document", "testserver"):
        assert nodig in tekst
    assert brief.pk.hex[:8].upper() in tekst
    for geheim in ("999990019", "Dakkapel", "Parkeer", "Z-20", "jeroen@voorbeeld.nl"):
        assert geheim not in tekst


def test_the_same_letters_are_the_same_bytes_each_time_also_when_the_person_moves(huis, register):
    letter(huis)
    find_adressen(nu())
    bundel_id = bundels.make_bundel(huis.mila)
    eerste = bundels.get_pdf(huis.mila, bundel_id)
    register.personen["999990019"] = replace(JEROEN, straat_huisnummer="Elders 1")
    assert bundels.get_pdf(huis.omar, bundel_id) == eerste


def test_the_queue_counts_what_the_letter_says_and_not_whom_the_mails_went_to(huis):
    brief = letter(huis)
    find_adressen(nu())
    melding = Notificatie.objects.get(zending=brief)
    for collega in ("collega-een", "collega-twee"):  # told of the same thing, by a mail of their own
        melding.pk, melding.betrokkene_key = None, collega
        melding.save()
    [wachtend] = get_wachtrij().klaar
    bundels.make_bundel(huis.mila)
    assert wachtend.aantal == len(json.loads(BriefInhoud.objects.get().inhoud)["regels"]) == 1


def test_the_queue_does_not_count_what_was_opened_since(huis):
    brief = letter(huis)
    find_adressen(nu())
    Notificatie.objects.filter(zending=brief).update(geopend_op=nu())
    assert [een.aantal for een in get_wachtrij().klaar] == [0]


def test_neither_address_nor_text_stands_readable_in_the_database(huis):
    letter(huis)
    find_adressen(nu())
    bundels.make_bundel(huis.mila)
    with connection.cursor() as cursor:
        cursor.execute("SELECT adres, inhoud FROM notifications_brief")
        [(adres, inhoud)] = cursor.fetchall()
    assert "Lindelaan" not in adres + inhoud
    assert "Drouwen" not in adres + inhoud


@pytest.mark.parametrize("partij", ["bedrijf", "vestiging"])
def test_a_business_gets_it_at_its_own_address_and_a_branch_at_that_of_the_branch(huis, partij):
    wie = onderneming(vestigingsnummer="000038509504" if partij == "vestiging" else "")
    assert wie.partij is not None
    give_address(wie, "zaak@voorbeeld.nl")
    zaak = zaken.start_zaak(wie, nieuwe_zaak(wie.partij))[0]
    verwerk(bounce(mail(wie, zaak.ref)))
    find_adressen(nu())
    verwacht = KORENAAR_MARKT if partij == "vestiging" else KORENAAR
    adres = json.loads(BriefInhoud.objects.get().adres)
    assert adres[:2] == [verwacht.vestiging_naam or verwacht.handelsnaam, verwacht.straat_huisnummer]


def test_a_register_that_is_away_is_asked_again_and_nothing_is_lost(huis, register):
    letter(huis)
    register.is_onbereikbaar = True
    assert find_adressen(nu()) == 0
    assert get_wachtrij().zonder_adres == 1
    assert list_laatste_brieven([key_of(huis.jeroen)])[key_of(huis.jeroen)].stand is BriefStand.WACHT_OP_ADRES
    register.is_onbereikbaar = False
    assert find_adressen(nu()) == 0
    assert find_adressen(nu() + timedelta(hours=1)) == 1
    assert get_wachtrij().aantal == 1


@pytest.mark.parametrize("wat", ["onbekend", "zonder straat"])
def test_without_a_postal_address_there_is_no_letter_and_somebody_has_to_look(huis, register, wat):
    brief = letter(huis)
    Contactherstel.objects.all().delete()
    register.personen = {} if wat == "onbekend" else {"999990019": replace(JEROEN, straat_huisnummer="")}
    assert find_adressen(nu()) == 0
    brief.refresh_from_db()
    assert (brief.mislukt_op is not None, brief.laatste_fout) == (True, Uitkomst.GEEN_POSTADRES)
    assert list_feiten(zending_id=brief.pk)[-1].soort == BewijsSoort.VERVALLEN
    assert Contactherstel.objects.filter(hersteld_op=None).count() == 1
    assert get_wachtrij().aantal == get_wachtrij().zonder_adres == 0
    assert list_laatste_brieven([key_of(huis.jeroen)])[key_of(huis.jeroen)].stand is BriefStand.GEEN_ADRES
    regel = AuditRegel.objects.get(actie="adres.opgevraagd")
    assert (regel.actor_soort, regel.object_ref) == ("systeem", partij_ref(key_of(huis.jeroen)))


def test_what_was_opened_before_it_is_printed_is_not_printed(huis):
    brief = letter(huis)
    find_adressen(nu())
    Notificatie.objects.filter(zending=brief).update(geopend_op=nu())
    with pytest.raises(NietToegestaan):
        bundels.make_bundel(huis.mila)
    brief.refresh_from_db()
    assert brief.laatste_fout == "ingehaald"
    assert list_laatste_brieven([key_of(huis.jeroen)])[key_of(huis.jeroen)].stand is BriefStand.GEEN
    assert not Briefbundel.objects.exists()


def test_what_comes_after_it_was_taken_is_a_letter_of_its_own(huis):
    letter(huis)
    find_adressen(nu())
    bundels.make_bundel(huis.mila)
    tell(huis.jeroen, huis.start().ref, NotificatieSoort.BERICHT_BEANTWOORD)
    take_over_waiting(nu())
    brieven = Zending.objects.filter(kanaal=Kanaal.BRIEF).order_by("volgorde")
    assert [brief.notificaties.count() for brief in brieven] == [1, 1]


def test_posting_is_proof_and_can_be_taken_back_and_done_again(huis):
    brief = letter(huis)
    find_adressen(nu())
    bundel_id = bundels.make_bundel(huis.mila)
    bundels.mark_posted(huis.omar, bundel_id, vandaag())
    bundels.mark_posted(huis.omar, bundel_id, vandaag())
    posted = Zending.objects.filter(pk=brief.pk, verzonden_op__isnull=False)
    assert posted.exists()
    assert list_laatste_brieven([key_of(huis.jeroen)])[key_of(huis.jeroen)].gepost_op == vandaag()
    bundels.undo_posted(huis.mila, bundel_id)
    assert not posted.exists()
    bundels.mark_posted(huis.mila, bundel_id, vandaag())
    soorten = [een.soort for een in list_feiten(zending_id=brief.pk)]
    assert soorten == [
        BewijsSoort.BRIEF_GEMAAKT,
        BewijsSoort.BRIEF_OP_POST,
        BewijsSoort.BRIEF_TERUG,
        BewijsSoort.BRIEF_OP_POST,
    ]
    feit = list_feiten(zending_id=brief.pk)[-1]
    assert feit.kenmerken == {"dag": vandaag().isoformat(), "sha256": BriefInhoud.objects.get().sha256}


def test_what_is_put_back_is_taken_by_the_next(huis):
    letter(huis)
    find_adressen(nu())
    eerste = bundels.make_bundel(huis.mila)
    bundels.put_back(huis.mila, eerste)
    with pytest.raises(NietGevonden):
        bundels.get_pdf(huis.mila, eerste)
    assert find_adressen(nu()) == 1
    tweede = bundels.make_bundel(huis.omar)
    assert JEROEN.naam in text_of_pdf(bundels.get_pdf(huis.omar, tweede).inhoud)


def test_every_step_of_a_letter_leaves_a_line_about_whom_it_is_for(huis):
    """Also of what was taken back: then its text and address go, and nobody else can tell whose it was."""
    brief = letter(huis)
    find_adressen(nu())
    bundel_id = bundels.make_bundel(huis.mila)
    bundels.get_pdf(huis.mila, bundel_id)
    bundels.mark_posted(huis.mila, bundel_id, vandaag())
    for _ in range(2):
        with suppress(NietToegestaan):  # the second time it was taken back already
            bundels.undo_posted(huis.mila, bundel_id)
    bundels.put_back(huis.omar, bundel_id)
    regels = AuditRegel.objects.filter(actie__startswith="brief.").order_by("pk")
    assert [(een.actie.removeprefix("brief."), een.actor_key) for een in regels] == [
        ("gemaakt", huis.mila.key),
        ("opgeslagen", huis.mila.key),
        ("gepost", huis.mila.key),
        ("niet_gepost", huis.mila.key),
        ("teruggezet", huis.omar.key),
    ]
    [zaak_ref] = brief.notificaties.values_list("zaak_ref", flat=True)
    assert {een.object_ref for een in regels} == {f"partij-{key_of(huis.jeroen)}"}
    for regel in regels:
        assert regel.kenmerken == {"brief": str(brief.pk), "bundel": str(bundel_id), "zaken": zaak_ref}


def moves(register: FakePersonenBron) -> None:
    register.personen["999990019"] = replace(JEROEN, straat_huisnummer="Elders 1")


def printed_for() -> str:
    return str(json.loads(BriefInhoud.objects.get().inhoud)["aan"])


def test_what_is_put_back_goes_to_where_somebody_lives_now(huis, register):
    letter(huis)
    find_adressen(nu())
    bundel_id = bundels.make_bundel(huis.mila)
    moves(register)
    bundels.put_back(huis.mila, bundel_id)
    assert (get_wachtrij().aantal, get_wachtrij().zonder_adres) == (0, 1)
    with pytest.raises(NietToegestaan):
        bundels.make_bundel(huis.omar)
    find_adressen(nu())
    bundels.make_bundel(huis.omar)
    assert "Elders 1" in printed_for()


@pytest.mark.parametrize("dagen", [2, 20])
def test_the_address_of_a_letter_that_waits_is_found_anew(huis, register, dagen):
    letter(huis)
    find_adressen(nu())
    assert find_adressen(nu() + timedelta(days=1)) == 0
    moves(register)
    with op_moment(nu() + timedelta(days=dagen)):
        assert find_adressen(nu()) == 1
        bundels.make_bundel(huis.mila)
    assert "Elders 1" in printed_for()


def test_nothing_is_printed_with_an_address_of_some_days_ago_while_the_register_is_away(huis, register):
    letter(huis)
    find_adressen(nu())
    register.is_onbereikbaar = True
    with op_moment(nu() + timedelta(days=4)):
        find_adressen(nu())
        assert (get_wachtrij().aantal, get_wachtrij().zonder_adres) == (0, 1)
        with pytest.raises(NietToegestaan):
            bundels.make_bundel(huis.mila)
        register.is_onbereikbaar = False
        assert find_adressen(nu() + timedelta(hours=1)) == 1
        bundels.make_bundel(huis.mila)


def test_an_address_of_a_release_that_did_not_say_when_is_found_anew(huis, register):
    letter(huis)
    find_adressen(nu())
    BriefInhoud.objects.update(adres_op=None)
    assert get_wachtrij().zonder_adres == 1
    assert find_adressen(nu()) == 1
    assert get_wachtrij().aantal == 1


@pytest.mark.parametrize(
    "dag",
    [timedelta(days=1), timedelta(days=-1)],
    ids=["tomorrow", "before it was made"],
)
def test_a_day_that_cannot_be_is_refused(huis, dag):
    letter(huis)
    find_adressen(nu())
    bundel_id = bundels.make_bundel(huis.mila)
    with pytest.raises(OngeldigeInvoer):
        bundels.mark_posted(huis.mila, bundel_id, vandaag() + dag)


def test_a_posted_bundle_is_not_put_back_and_one_that_was_not_is_not_taken_back(huis):
    letter(huis)
    find_adressen(nu())
    bundel_id = bundels.make_bundel(huis.mila)
    with pytest.raises(NietToegestaan):
        bundels.undo_posted(huis.mila, bundel_id)
    bundels.mark_posted(huis.mila, bundel_id, vandaag())
    with pytest.raises(NietToegestaan):
        bundels.put_back(huis.mila, bundel_id)


def test_who_may_not_divide_the_work_does_nothing_with_letters(huis):
    letter(huis)
    find_adressen(nu())
    lezer = replace(huis.mila, rechten=frozenset({Recht.BEHANDELEN, Recht.BEHEREN}))
    bundel_id = bundels.make_bundel(huis.mila)
    for doe in (
        lambda: bundels.make_bundel(lezer),
        lambda: bundels.get_pdf(lezer, bundel_id),
        lambda: bundels.mark_posted(lezer, bundel_id, vandaag()),
        lambda: bundels.undo_posted(lezer, bundel_id),
        lambda: bundels.put_back(lezer, bundel_id),
    ):
        with pytest.raises(NietToegestaan):
            doe()
    with pytest.raises(NietGevonden):
        bundels.get_pdf(huis.mila, uuid4())


def test_every_step_is_in_the_audit_trail(huis):
    letter(huis)
    find_adressen(nu())
    bundel_id = bundels.make_bundel(huis.mila)
    bundels.get_pdf(huis.mila, bundel_id)
    bundels.mark_posted(huis.mila, bundel_id, vandaag())
    regels = AuditRegel.objects.filter(object_ref=f"briefbundel-{bundel_id}").order_by("pk")
    assert list(regels.values_list("actie", flat=True)) == [
        "brieven.gebundeld",
        "brieven.opgeslagen",
        "brieven.gepost",
    ]
