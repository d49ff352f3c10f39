"""A civil servant registers a zaak for somebody at the counter or on the telephone, over HTTP."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client

from eloket.documenten.queries import list_documenten
from eloket.identity.testing import log_in
from eloket.identity.types import Partij
from eloket.profile import service as profile
from eloket.profile.testing import FakePersonenBron
from eloket.profile.types import Persoon
from eloket.sources.personen.niet_aangesloten import NietAangesloten
from eloket.zaken import queries
from eloket.zaken.types import Kanaal, ZaakFilter, ZaakSamenvatting
from tests.unit.identity.klokken import Klok
from tests.web.werkplek import PDF, Stadhuis, build_stadhuis, client_of, text_of, title_of

pytestmark = pytest.mark.django_db
BEGIN = "/werkplek/zaken/nieuw/"
BSN = "999990019"
WIE = {"kanaal": "balie", "wie": "inwoner", "bsn": BSN}
ZAAK = {"zaaktype": "PARKEERVERGUNNING", "onderwerp": "Vergunning Lindelaan", "toelichting": "Voor een bus."}


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def mila(huis: Stadhuis) -> Client:
    return client_of(huis.mila)


@pytest.fixture(autouse=True)
def register() -> FakePersonenBron:
    """The register that knows Jeroen and De Korenaar; what was there is put back by tests/conftest.py."""
    bron = FakePersonenBron()
    profile.configure(bron)
    return bron


def _zaken(partij: Partij) -> tuple[ZaakSamenvatting, ...]:
    return queries.list_zaken(partij, ZaakFilter()).zaken


def _verder(antwoord: HttpResponseBase) -> str:
    assert antwoord.status_code == 303, text_of(antwoord)
    return antwoord["Location"]


def _tot_controle(mila: Client, wie: dict[str, str] = WIE, zaak: dict[str, str] = ZAAK) -> str:
    """The address of the last step."""
    return _verder(mila.post(_verder(mila.post(BEGIN, wie)), zaak))


def test_a_zaak_for_somebody_at_the_counter_with_a_document(huis: Stadhuis, mila: Client):
    tweede = _verder(mila.post(BEGIN, WIE))
    html = text_of(mila.get(tweede))
    assert "Is dit de juiste persoon?" in html
    assert "Jeroen Pieter van Drouwen" in html
    assert "Geboren op 1 april 1979. Lindelaan 12, 1234 AB Voorbeeld" in html
    controle = _verder(mila.post(tweede, ZAAK))
    html = text_of(mila.get(controle))
    assert "Vergunning Lindelaan" in html
    assert "Aan de balie" in html
    klaar = _verder(mila.post(controle, {"bestanden": SimpleUploadedFile("kenteken.pdf", PDF)}))
    (zaak,) = _zaken(Partij.inwoner(BSN))
    html = text_of(mila.get(klaar))
    assert zaak.identificatie in html
    assert f"/werkplek/zaken/{zaak.ref}/" in html
    gemaakt = huis.now(zaak.ref)
    assert gemaakt.kanaal is Kanaal.BALIE
    assert gemaakt.behandelaar_id == huis.mila.medewerker_id
    assert gemaakt.toelichting == "Voor een bus."
    assert [een.bestandsnaam for een in list_documenten(str(zaak.ref))] == ["kenteken.pdf"]


def test_a_double_click_makes_one_zaak(mila: Client):
    controle = _tot_controle(mila)
    eerste, tweede = mila.post(controle), mila.post(controle)
    assert _verder(eerste) == _verder(tweede)
    assert len(_zaken(Partij.inwoner(BSN))) == 1
    assert _verder(mila.get(controle)) == eerste["Location"]


def test_the_number_of_a_person_is_on_no_page_after_the_first_and_in_no_address(mila: Client):
    tweede = _verder(mila.post(BEGIN, WIE))
    controle = _verder(mila.post(tweede, ZAAK))
    gezien = [tweede, controle, text_of(mila.get(tweede)), text_of(mila.get(controle))]
    klaar = _verder(mila.post(controle))
    gezien += [klaar, text_of(mila.get(klaar))]
    assert not any(BSN in een for een in gezien)
    assert not any(een["nummer"] for een in mila.session["blijft"]["balie"].values()), "ook niet meer bewaard"


@pytest.mark.parametrize(
    ("anders", "veld", "tekst"),
    [
        ({"kanaal": ""}, "kanaal", "Kies hoe u deze persoon spreekt."),
        ({"wie": ""}, "wie", "Kies voor wie de zaak is."),
        ({"bsn": ""}, "bsn", "Dit BSN klopt niet."),
        ({"bsn": "999990018"}, "bsn", "Dit BSN klopt niet."),
        ({"bsn": "99999001٩"}, "bsn", "Dit BSN klopt niet."),
        ({"bsn": "999990020"}, "bsn", "Dit BSN staat niet in het register."),
        ({"wie": "onderneming", "kvk": "123"}, "kvk", "Dit KvK-nummer klopt niet."),
        (
            {"wie": "onderneming", "kvk": "69599084", "vestiging": "1"},
            "vestiging",
            "Dit vestigingsnummer klopt",
        ),
        ({"wie": "onderneming", "kvk": "12345678"}, "kvk", "Dit KvK-nummer of vestigingsnummer staat niet"),
    ],
)
def test_a_first_step_with_something_wrong(mila: Client, anders: dict[str, str], veld: str, tekst: str):
    antwoord = mila.post(BEGIN, {**WIE, **anders})
    assert antwoord.status_code == 422
    assert title_of(antwoord).startswith("Fout: ")
    assert f'<a href="#{veld}">{tekst}' in text_of(antwoord)
    assert not mila.session.get("blijft")


def test_a_number_as_people_write_it(mila: Client):
    assert mila.post(BEGIN, {**WIE, "bsn": " 9999.90.019 "}).status_code == 303


@pytest.mark.parametrize("vestiging", ["", "000038509504"])
def test_a_zaak_for_a_business_on_the_telephone(huis: Stadhuis, mila: Client, vestiging: str):
    wie = {"kanaal": "telefoon", "wie": "onderneming", "kvk": "69599084", "vestiging": vestiging}
    mila.post(_tot_controle(mila, wie))
    partij = Partij.onderneming("69599084", vestiging)
    (zaak,) = _zaken(partij)
    gemaakt = huis.now(zaak.ref)
    assert gemaakt.kanaal is Kanaal.TELEFOON
    assert gemaakt.initiator is not None
    assert gemaakt.initiator.vestiging_key == partij.vestiging_key
    assert gemaakt.initiator.naam == "Bakkerij De Korenaar B.V."


def test_without_a_register_the_name_is_typed(huis: Stadhuis, mila: Client):
    profile.configure(NietAangesloten())
    tweede = _verder(mila.post(BEGIN, WIE))
    assert "Wij kunnen de naam nu niet ophalen" in text_of(mila.get(tweede))
    antwoord = mila.post(tweede, ZAAK)
    assert antwoord.status_code == 422
    assert '<a href="#naam">Vul de naam in.' in text_of(antwoord)
    mila.post(_verder(mila.post(tweede, {**ZAAK, "naam": "Jeroen van Drouwen"})))
    (zaak,) = _zaken(Partij.inwoner(BSN))
    initiator = huis.now(zaak.ref).initiator
    assert initiator is not None
    assert initiator.naam == "Jeroen van Drouwen"


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"zaaktype": ""}, "zaaktype"),
        ({"zaaktype": "MOR"}, "zaaktype"),
        ({"onderwerp": " "}, "onderwerp"),
        ({"onderwerp": "x" * 121}, "onderwerp"),
        ({"toelichting": "x" * 5001}, "toelichting"),
    ],
)
def test_a_second_step_with_something_wrong_keeps_what_was_typed(
    mila: Client, anders: dict[str, str], veld: str
):
    tweede = _verder(mila.post(BEGIN, WIE))
    ingevuld = {**ZAAK, **anders}
    antwoord = mila.post(tweede, ingevuld)
    assert antwoord.status_code == 422
    html = text_of(antwoord)
    assert f'<a href="#{veld}">' in html
    assert f'value="{ingevuld["onderwerp"]}"' in html
    assert f"{ingevuld['toelichting']}</textarea>" in html


def test_a_file_that_cannot_be_taken_is_named_and_the_zaak_is_made(mila: Client):
    antwoord = mila.post(_tot_controle(mila), {"bestanden": SimpleUploadedFile("leeg.pdf", b"")}, follow=True)
    html = text_of(antwoord)
    assert "‘leeg.pdf’ is leeg." in html
    assert "U kunt het document later toevoegen bij de zaak." in html
    assert len(_zaken(Partij.inwoner(BSN))) == 1


def test_who_only_reads_registers_nothing(huis: Stadhuis, mila: Client):
    controle = _tot_controle(mila)
    lezer = client_of(replace(huis.omar, rechten=frozenset()))
    assert "U mag geen zaken registreren." in text_of(lezer.get(BEGIN))
    assert "deze zaak" not in text_of(lezer.get(BEGIN))
    assert 'method="post" action="/werkplek/zaken/nieuw/"' not in text_of(lezer.get(BEGIN))
    assert lezer.post(BEGIN, WIE).status_code == 409
    assert lezer.post(controle).status_code == 303
    assert _zaken(Partij.inwoner(BSN)) == ()


@pytest.mark.parametrize("teken", ["\u202e", "\u2066", "\u200f", "\u200b", "\x1b"])
def test_a_subject_cannot_turn_the_text_around(huis: Stadhuis, mila: Client, teken: str):
    controle = _tot_controle(mila, zaak={**ZAAK, "onderwerp": f" Vergunning {teken}  Lindelaan\t"})
    assert teken not in text_of(mila.get(controle))
    mila.post(controle)
    assert [een.omschrijving for een in _zaken(Partij.inwoner(BSN))] == ["Vergunning Lindelaan"]
    tweede = _verder(mila.post(BEGIN, WIE))
    assert mila.post(tweede, {**ZAAK, "onderwerp": teken}).status_code == 422, "er blijft niets over"


def test_what_one_civil_servant_began_is_not_there_for_another(huis: Stadhuis, mila: Client):
    controle = _tot_controle(mila)
    antwoord = client_of(huis.omar).get(controle, follow=True)
    assert "Deze registratie is er niet meer. Begin opnieuw." in text_of(antwoord)
    assert "Vergunning Lindelaan" not in text_of(antwoord)


def test_a_session_that_ends_at_the_counter_costs_nothing_that_was_typed(
    monkeypatch: pytest.MonkeyPatch, huis: Stadhuis, mila: Client
):
    """The registration of step 1 is found again, with what was typed in step 2, by the same civil servant only."""
    klok, tweede = Klok(monkeypatch), _verder(mila.post(BEGIN, WIE))
    klok.ga_verder(minutes=16)
    assert mila.post(tweede, ZAAK)["Location"] == "/werkplek/inloggen/"
    assert log_in(mila, medewerker="m-1") == tweede
    html = text_of(mila.get(tweede))
    assert "Jeroen Pieter van Drouwen" in html
    assert "Voor een bus.</textarea>" in html
    controle = _verder(mila.post(tweede, ZAAK))
    klok.ga_verder(minutes=16)
    assert mila.get(controle).status_code == 302
    assert log_in(mila, medewerker="m-1") == controle
    _verder(mila.post(controle))
    assert len(_zaken(Partij.inwoner(BSN))) == 1


def test_a_colleague_who_logs_in_in_the_same_browser_does_not_get_the_registration(
    monkeypatch: pytest.MonkeyPatch, huis: Stadhuis, mila: Client
):
    klok, tweede = Klok(monkeypatch), _verder(mila.post(BEGIN, WIE))
    klok.ga_verder(minutes=16)
    mila.post(tweede, ZAAK)
    assert log_in(mila, medewerker="m-2") == "/werkplek/"
    assert _verder(mila.get(tweede)) == BEGIN
    assert "Drouwen" not in str(dict(mila.session))


class TraagRegister(FakePersonenBron):
    """While it looks somebody up, something else happens in the same browser."""

    def __init__(self) -> None:
        super().__init__()
        self.intussen: list[Callable[[], object]] = []

    def get_persoon(self, bsn: str) -> Persoon:
        while self.intussen:
            self.intussen.pop()()
        return super().get_persoon(bsn)


def test_the_next_person_at_the_counter_is_not_lost_by_a_tab_that_is_slow(huis: Stadhuis, mila: Client):
    register = TraagRegister()
    profile.configure(register)
    andere_tab = Client()
    andere_tab.cookies = mila.cookies
    volgende: list[str] = []
    register.intussen.append(lambda: volgende.append(_tot_controle(andere_tab)))
    traag = _verder(mila.post(BEGIN, WIE))
    assert mila.get(traag).status_code == 200
    assert "Vergunning Lindelaan" in text_of(mila.get(volgende[0]))
    mila.post(_verder(mila.post(traag, ZAAK)))
    mila.post(volgende[0])
    assert len(_zaken(Partij.inwoner(BSN))) == 2


def test_a_slow_answer_does_not_log_out_who_logged_in_again_meanwhile(huis: Stadhuis, mila: Client):
    register = TraagRegister()
    profile.configure(register)
    andere_tab = Client()
    andere_tab.cookies = mila.cookies
    register.intussen.append(lambda: log_in(andere_tab, medewerker="m-1"))
    traag = _verder(mila.post(BEGIN, WIE))
    assert _verder(mila.get(traag)) == BEGIN
    assert "Deze registratie is er niet meer." in text_of(mila.get(BEGIN))
