"""A behandelaar sees who cannot be reached, what was done about it, and says what they did."""

from dataclasses import replace

import pytest

from eloket.audit.models import AuditRegel
from eloket.identity.testing import onderneming
from eloket.identity.types import Recht
from eloket.kernel.klok import nu
from eloket.notifications.brieven import bundels
from eloket.notifications.brieven.adressen import find_adressen
from eloket.notifications.contact.models import Contactherstel
from eloket.notifications.contact.queries import list_herstel
from eloket.notifications.contact.service import on_adres_hersteld, open_herstel
from eloket.notifications.retour.verwerken import verwerk
from eloket.profile import service as profile
from eloket.profile.events import AdresHersteld
from eloket.profile.testing import FakePersonenBron
from eloket.zaken import service as zaken
from eloket.zaken.historie import list_historie
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import Zaak
from tests.uitwijken import ADRES, bounce, give_address, key_of, mail
from tests.web.werkplek import OPENBARE_RUIMTE, Stadhuis, build_stadhuis, client_of, text_of, zaak_pad

pytestmark = pytest.mark.django_db
LIJST = "/werkplek/contact-herstellen/"


@pytest.fixture
def huis() -> Stadhuis:
    profile.configure(FakePersonenBron())
    huis = build_stadhuis()
    give_address(huis.jeroen)
    return huis


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    """Of Jeroen, whose mail came back."""
    zaak = huis.start("Vergunning Lindelaan")
    verwerk(bounce(mail(huis.jeroen, zaak.ref)))
    return zaak


def post(huis: Stadhuis, zaak: Zaak, hoe: str = "gebeld", *, actor=None, betrokkene: str = "0"):
    velden = {"betrokkene": betrokkene, "hoe": hoe}
    return client_of(actor or huis.mila).post(zaak_pad(zaak.ref, "contact/"), velden)


def test_the_zaak_says_who_cannot_be_reached_and_what_to_do(huis, zaak):
    html = text_of(client_of(huis.mila).get(zaak_pad(zaak.ref)))
    assert "niet bereiken met e-mail" in html
    assert 'href="tel:0612345678"' in html
    assert zaak_pad(zaak.ref, "contact/") in html
    assert ADRES not in html
    find_adressen(nu())
    assert "staat klaar om te printen" in text_of(client_of(huis.mila).get(zaak_pad(zaak.ref)))


def test_a_zaak_in_which_everybody_can_be_reached_says_nothing(huis):
    zaak = huis.start()
    assert "niet bereiken" not in text_of(client_of(huis.mila).get(zaak_pad(zaak.ref)))
    assert "Iedereen in deze zaak is bereikbaar" in text_of(
        client_of(huis.mila).get(zaak_pad(zaak.ref, "contact/"))
    )


def test_another_zaak_of_the_same_person_says_so_too(huis, zaak):
    ander = huis.start("Een andere")
    assert "niet bereiken met e-mail" in text_of(client_of(huis.mila).get(zaak_pad(ander.ref)))
    assert post(huis, ander).status_code == 303
    assert "Contact hersteld op" in text_of(client_of(huis.mila).get(zaak_pad(ander.ref)))


def test_the_list_is_of_ones_own_afdeling_and_counts_in_the_menu(huis, zaak):
    mila, bo = client_of(huis.mila), client_of(huis.bo)
    html = text_of(mila.get(LIJST))
    assert "Vergunning Lindelaan" in html
    assert zaak.identificatie in html
    for verboden in ("Drouwen", "06 12 34 56 78", ADRES, key_of(huis.jeroen)):
        assert verboden not in html
    assert "Iedereen in uw zaken is bereikbaar" in text_of(bo.get(LIJST))
    assert "te herstellen" in text_of(mila.get("/werkplek/"))
    assert "te herstellen" not in text_of(bo.get("/werkplek/"))


@pytest.mark.parametrize("waarom", ["zaaktype", "need-to-know"])
def test_a_colleague_for_whom_the_zaak_is_not_does_not_see_it_in_the_list(huis, zaak, waarom):
    if waarom == "need-to-know":
        zaken.set_toegang(huis.mila, zaak.ref, medewerkers=frozenset(), versie=zaak.versie)
    wie = huis.omar if waarom == "need-to-know" else replace(huis.omar, zaaktypen=frozenset({"ANDER"}))
    assert "Lindelaan" not in text_of(client_of(wie).get(LIJST))
    assert client_of(wie).get(zaak_pad(zaak.ref, "contact/")).status_code == 404
    assert post(huis, zaak, actor=wie).status_code == 404


@pytest.mark.parametrize("hoe", ["gebeld", "brief", "nieuw_adres"])
def test_restored_is_noted_in_the_history_and_off_the_list(huis, zaak, hoe):
    assert post(huis, zaak, hoe).status_code == 303
    assert "Lindelaan" not in text_of(client_of(huis.mila).get(LIJST))
    assert "Contact hersteld op" in text_of(client_of(huis.mila).get(zaak_pad(zaak.ref)))
    regels = [regel for regel in list_historie(zaak) if "contact hersteld" in regel.wat]
    assert [regel.wie for regel in regels] == ["Mila Jansen"]
    assert AuditRegel.objects.get(actie="contact.hersteld").kenmerken == {
        "hoe": hoe,
        "betrokkene": key_of(huis.jeroen),  # a zaak may have several parties
    }


def lines_about(zaak: Zaak) -> list[tuple[str, str, str]]:
    regels = AuditRegel.objects.filter(actie__startswith="contact.", object_ref=str(zaak.ref)).order_by("pk")
    return [(een.actie, een.actor_soort, een.kenmerken["betrokkene"]) for een in regels]


def test_that_somebody_was_lost_stands_in_the_trail_of_the_zaak_once(huis, zaak):
    wie = key_of(huis.jeroen)
    assert lines_about(zaak) == [("contact.verloren", "systeem", wie)]
    open_herstel(wie, [str(zaak.ref)], nu())  # it is open already
    assert len(lines_about(zaak)) == 1
    assert post(huis, zaak).status_code == 303
    open_herstel(wie, [str(zaak.ref)], nu())  # nor again for what was restored since
    assert lines_about(zaak)[1:] == [("contact.hersteld", "medewerker", wie)]


def test_that_the_address_works_again_stands_in_the_trail_of_the_zaak(huis, zaak):
    for _ in range(2):  # twice is once
        on_adres_hersteld(AdresHersteld(profiel_key=key_of(huis.jeroen), partij_key=key_of(huis.jeroen)))
    assert lines_about(zaak)[1:] == [("contact.niet_meer_nodig", "systeem", key_of(huis.jeroen))]
    assert Contactherstel.objects.get().hersteld_op


def test_a_double_click_restores_once(huis, zaak):
    for _ in range(2):
        assert post(huis, zaak).status_code == 303
    assert AuditRegel.objects.filter(actie="contact.hersteld").count() == 1
    assert Contactherstel.objects.count() == 1


@pytest.mark.parametrize("hoe", ["", "adres_werkt", "onzin"])
def test_without_a_choice_the_form_comes_back_and_nothing_is_noted(huis, zaak, hoe):
    antwoord = post(huis, zaak, hoe)
    assert antwoord.status_code == 422
    html = text_of(antwoord)
    assert "Kies wat u heeft gedaan." in html
    assert html.count('id="hoe-0"') == html.count('href="#hoe-0"') == 1
    assert Contactherstel.objects.filter(hersteld_op=None).count() == 1


def test_who_may_only_look_sees_why_and_changes_nothing(huis, zaak):
    lezer = replace(huis.mila, rechten=frozenset({Recht.VERDELEN}))
    html = text_of(client_of(lezer).get(zaak_pad(zaak.ref, "contact/")))
    assert "U mag deze zaak alleen bekijken" in html
    assert 'name="hoe"' not in html
    assert post(huis, zaak, actor=lezer).status_code == 409
    assert Contactherstel.objects.filter(hersteld_op=None).count() == 1


@pytest.mark.parametrize("betrokkene", ["1", "-1", "999999", "x", ""])
def test_a_party_that_is_not_there_is_not_restored(huis, zaak, betrokkene):
    assert post(huis, zaak, betrokkene=betrokkene).status_code == 303
    assert not AuditRegel.objects.filter(actie="contact.hersteld").exists()


def test_who_mends_the_address_is_off_the_list(huis, zaak):
    profile.update_contact(huis.jeroen, email="", telefoon="0612345678", wil_mail=False)
    assert "Lindelaan" not in text_of(client_of(huis.mila).get(LIJST))
    assert "niet bereiken" not in text_of(client_of(huis.mila).get(zaak_pad(zaak.ref)))
    assert Contactherstel.objects.get().hoe == "adres_werkt"


def test_without_a_telephone_number_it_says_so(huis, zaak):
    from eloket.profile.models import Profiel  # noqa: PLC0415

    Profiel.objects.update(telefoon="")
    html = text_of(client_of(huis.mila).get(zaak_pad(zaak.ref)))
    assert "Wij hebben geen telefoonnummer." in html
    assert "tel:" not in html.partition("niet bereiken")[2].partition("</nav>")[0]


def test_without_a_postal_address_it_says_that_no_letter_can_go(huis, zaak):
    profile.configure(FakePersonenBron(personen={}))
    find_adressen(nu())
    assert "het register heeft geen postadres" in text_of(client_of(huis.mila).get(zaak_pad(zaak.ref)))
    assert "het register heeft geen postadres" in text_of(client_of(huis.mila).get(LIJST))


def test_a_letter_that_was_posted_is_told_with_its_day(huis, zaak):
    from eloket.kernel.klok import vandaag  # noqa: PLC0415

    find_adressen(nu())
    bundel = bundels.make_bundel(huis.mila)
    bundels.mark_posted(huis.mila, bundel, vandaag())
    assert "op de post. Kenmerk" in text_of(client_of(huis.mila).get(zaak_pad(zaak.ref)))


def test_a_business_is_named_and_its_branch_counts_too(huis):
    wie = onderneming(vestigingsnummer="000038509504")
    assert wie.partij is not None
    give_address(wie, "zaak@voorbeeld.nl")
    zaak = zaken.start_zaak(wie, nieuwe_zaak(wie.partij, naam="Bakkerij De Korenaar"))[0]
    verwerk(bounce(mail(wie, zaak.ref)))
    html = text_of(client_of(huis.mila).get(zaak_pad(zaak.ref)))
    assert "Bakkerij De Korenaar" in html.partition("Wij kunnen")[2].partition("niet bereiken")[0]


def test_the_list_costs_no_more_for_many(huis, zaak, django_assert_max_num_queries):
    for nummer in range(30):
        verwerk_ref = huis.start(f"Zaak {nummer}").ref
        Contactherstel.objects.create(
            profiel_key=key_of(huis.jeroen), zaak_ref=str(verwerk_ref), ontstaan_op=nu()
        )
    client = client_of(huis.mila)
    with django_assert_max_num_queries(8):
        html = text_of(client.get(LIJST))
    assert html.count("pip-conversation__head") == 31


def test_those_of_other_afdelingen_never_hide_ones_own(huis, zaak, monkeypatch):
    from eloket.notifications.contact import queries  # noqa: PLC0415

    monkeypatch.setattr(queries, "_STAP", 3)
    Contactherstel.objects.update(ontstaan_op=nu())
    for nummer in range(7):
        ref = huis.start(f"Lamp {nummer}", zaaktype="MOR").ref
        Contactherstel.objects.create(profiel_key="k", zaak_ref=str(ref), ontstaan_op=zaak.registratiedatum)
    assert "Vergunning Lindelaan" in text_of(client_of(huis.mila).get(LIJST))
    assert huis.now(zaak.ref).afdeling != OPENBARE_RUIMTE


@pytest.mark.parametrize("eigen_eerst", [False, True])
def test_when_there_are_too_many_to_look_at_the_page_says_so(huis, zaak, monkeypatch, eigen_eerst):
    from eloket.notifications.contact import queries  # noqa: PLC0415

    monkeypatch.setattr(queries, "_STAP", 1)
    Contactherstel.objects.update(ontstaan_op=zaak.registratiedatum if eigen_eerst else nu())
    for nummer in range(queries._MEESTE_STAPPEN + 1):
        ref = huis.start(f"Lamp {nummer}", zaaktype="MOR").ref
        Contactherstel.objects.create(profiel_key="k", zaak_ref=str(ref), ontstaan_op=zaak.registratiedatum)
    mila = client_of(huis.mila)
    html = text_of(mila.get(LIJST))
    assert "Wij hebben niet alles doorzocht." in html
    assert "Iedereen in uw zaken is bereikbaar" not in html
    assert ("Vergunning Lindelaan" in html) is eigen_eerst
    for pagina in (html, text_of(mila.get("/werkplek/"))):
        assert "te herstellen" not in pagina, "a number that is not so"


def test_a_full_list_says_that_it_goes_on_only_when_it_does(huis, zaak):
    mila = huis.mila
    (regel,) = list_herstel(mila, limit=1).regels
    assert regel.ref == zaak.ref
    assert (list_herstel(mila, limit=1).is_vol, list_herstel(mila, limit=1).is_doorzocht) == (False, True)
    ander = huis.start("Een andere").ref
    Contactherstel.objects.create(profiel_key="k", zaak_ref=str(ander), ontstaan_op=nu())
    eerste = list_herstel(mila, limit=1)
    assert (len(eerste.regels), eerste.is_vol, eerste.is_doorzocht) == (1, True, False)


def test_the_menu_looks_once_whatever_is_open(huis, zaak, monkeypatch, django_assert_max_num_queries):
    from eloket.notifications.contact import queries  # noqa: PLC0415

    monkeypatch.setattr(queries, "_STAP", 1)
    for nummer in range(4):
        ref = huis.start(f"Lamp {nummer}", zaaktype="MOR").ref
        Contactherstel.objects.create(profiel_key="k", zaak_ref=str(ref), ontstaan_op=zaak.registratiedatum)
    with django_assert_max_num_queries(2):
        assert queries.count_herstel(huis.mila) is None
