"""A registration that is sent again after its answer was lost: a change or a file is in the zaak, or is named."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from eloket.documenten.queries import list_documenten
from eloket.identity.models import Sessie
from eloket.identity.types import Partij
from eloket.profile import service as profile
from eloket.profile.testing import FakePersonenBron
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.types import Zaak, ZaakFilter
from tests.web.werkplek import PDF, Stadhuis, build_stadhuis, client_of, text_of

pytestmark = pytest.mark.django_db
BEGIN = "/werkplek/zaken/nieuw/"
BSN = "999990019"
ZAAK = {"zaaktype": "PARKEERVERGUNNING", "onderwerp": "Eerste", "toelichting": "oud"}
ANDERS = {**ZAAK, "onderwerp": "Verbeterd", "toelichting": "Voor een bus, tot juni."}
AL = "Deze zaak was al geregistreerd. Wat u daarna heeft gewijzigd, staat niet in de zaak."


@pytest.fixture
def huis() -> Stadhuis:
    profile.configure(FakePersonenBron())
    return build_stadhuis()


@pytest.fixture
def mila(huis: Stadhuis) -> Client:
    return client_of(huis.mila)


@pytest.fixture
def stappen(mila: Client) -> tuple[str, str]:
    """The addresses of the second and the third step, filled in."""
    tweede = mila.post(BEGIN, {"kanaal": "balie", "wie": "inwoner", "bsn": BSN})["Location"]
    return tweede, mila.post(tweede, ZAAK)["Location"]


def bestand(naam: str = "kenteken.pdf", inhoud: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, inhoud)


def send_and_die(mila: Client, controle: str, **velden: object) -> None:
    """The zaak is made, and the process ends before it wrote the session or answered."""
    (sessie,) = Sessie.objects.all()
    assert mila.post(controle, velden).status_code == 303
    sessie.save()


def the_zaak(huis: Stadhuis) -> Zaak:
    (een,) = queries.list_zaken(Partij.inwoner(BSN), ZaakFilter()).zaken
    return huis.now(een.ref)


def names(zaak: Zaak) -> list[str]:
    return [een.bestandsnaam for een in list_documenten(str(zaak.ref))]


def must_say(html: str) -> None:
    """What the zaak holds as what it holds, and what was typed as what is not in it."""
    boven, onder = html.split("Niet in de zaak")[1].split("Het zaaknummer is")
    assert AL in html
    assert "Verbeterd" in boven
    assert "Voor een bus, tot juni." in boven
    assert "Eerste" in onder
    assert "Verbeterd" not in onder


def test_a_correction_after_a_lost_answer_is_named_and_its_file_is_added(
    huis: Stadhuis, mila: Client, stappen: tuple[str, str]
):
    tweede, controle = stappen
    send_and_die(mila, controle)
    assert mila.post(tweede, ANDERS)["Location"] == controle
    klaar = mila.post(controle, {"bestanden": bestand()})["Location"]
    html = text_of(mila.get(klaar))
    must_say(html)
    zaak = the_zaak(huis)
    assert (zaak.omschrijving, zaak.toelichting) == ("Eerste", "oud")
    assert names(zaak) == ["kenteken.pdf"]
    assert "Wij hebben uw documenten er nu aan toegevoegd." in html
    notities = f"/werkplek/zaken/{zaak.ref}/?deel=notities"
    assert f'href="{notities}"' in html
    assert 'name="notitie"' in text_of(mila.get(notities)), "there a note can be typed"
    must_say(text_of(mila.get(klaar)))


def test_stop_back_correct_and_send(huis: Stadhuis, mila: Client, stappen: tuple[str, str]):
    """The first post went on after the browser stopped waiting for it."""
    tweede, controle = stappen
    mila.post(controle)
    klaar = mila.post(tweede, ANDERS)["Location"]
    must_say(text_of(mila.get(klaar)))
    assert mila.post(controle, {"bestanden": bestand()})["Location"] == klaar
    assert names(the_zaak(huis)) == ["kenteken.pdf"]
    must_say(text_of(mila.get(klaar)))


def test_the_same_once_more_says_nothing_of_a_change(huis: Stadhuis, mila: Client, stappen: tuple[str, str]):
    controle = stappen[1]
    send_and_die(mila, controle, bestanden=bestand())
    for _ in range(2):
        html = text_of(mila.get(mila.post(controle, {"bestanden": bestand()})["Location"]))
        assert AL not in html
        assert "staat al bij deze zaak" not in html
        assert "toegevoegd" not in html
    assert names(the_zaak(huis)) == ["kenteken.pdf"]


@pytest.mark.parametrize("is_gestorven", [True, False])
def test_a_zaak_that_takes_no_files_any_more_names_each(
    huis: Stadhuis, mila: Client, stappen: tuple[str, str], is_gestorven: bool
):
    controle = stappen[1]
    if is_gestorven:
        send_and_die(mila, controle)
    else:
        mila.post(controle)
    zaak = the_zaak(huis)
    zaken.set_status(
        huis.mila, zaak.ref, volgnummer=zaak.statustypen[-1].volgnummer, resultaat=zaak.resultaattypen[0],
        toelichting="", versie=zaak.versie,
    )  # fmt: skip
    html = text_of(mila.get(mila.post(controle, {"bestanden": bestand()})["Location"]))
    assert "‘kenteken.pdf’ is niet toegevoegd. Deze zaak is afgerond." in html
    assert names(zaak) == []


def test_who_may_not_see_the_zaak_any_more_adds_nothing(
    huis: Stadhuis, mila: Client, stappen: tuple[str, str]
):
    send_and_die(mila, stappen[1])
    zaak = the_zaak(huis)
    afdeling = next(iter(huis.bo.afdelingen))
    zaken.hand_over(
        huis.mila, zaak.ref, medewerker_id=None, afdeling=afdeling, notitie="", versie=zaak.versie
    )
    assert mila.post(stappen[1], {"bestanden": bestand()}).status_code == 404
    assert names(zaak) == []
