"""The pages of lists of zaken to destroy: with the right, by two people, and nothing typed is lost."""

import csv
import io
import uuid
from dataclasses import replace

import pytest
from django.test import Client

from eloket.archief import stoppen
from eloket.archief.models import Vernietigingslijst, Vernietigingsstop
from eloket.archief.types import LijstStand, RegelStand
from eloket.identity.models import Medewerker
from eloket.identity.types import Recht
from eloket.kernel.klok import nu, schrijf_datum
from eloket.zaken import bronnen
from eloket.zaken.errors import VernietigenElders
from eloket.zaken.testing import FakeZaakBron, nieuwe_zaak
from eloket.zaken.vernietigen import destroy_zaak
from tests.unit.archief.gemeente import LANG_GELEDEN, Gemeente, build_gemeente, destroy
from tests.web.werkplek import client_of, text_of, zaak_pad

pytestmark = pytest.mark.django_db
PAD = "/werkplek/vernietigen/"


@pytest.fixture
def stad() -> Gemeente:
    return build_gemeente()


@pytest.fixture
def ria(stad: Gemeente) -> Client:
    return client_of(stad.ria)


@pytest.fixture
def karel(stad: Gemeente) -> Client:
    return client_of(stad.karel)


def pad_van(lijst: object) -> str:
    return f"{PAD}{lijst}/"


def do(client: Client, lijst: object, knop: str, versie: int, **velden: object):
    return client.post(pad_van(lijst), {"knop": knop, "versie": versie, **velden})


def test_the_whole_way_of_a_list(stad: Gemeente, ria: Client, karel: Client):
    zaak = stad.old_zaak("Geheim onderwerp")
    assert "Van 1 zaak is de bewaartermijn voorbij." in text_of(ria.get(PAD))
    naar = ria.post(PAD, {"sleutel": "s"})
    lijst = Vernietigingslijst.objects.get()
    assert (naar.status_code, naar["Location"]) == (303, pad_van(lijst.pk))
    pagina = text_of(ria.get(pad_van(lijst.pk)))
    assert zaak.identificatie in pagina
    assert "Geheim onderwerp" not in pagina  # it may name somebody
    assert do(ria, lijst.pk, "aanbieden", 1).status_code == 303
    assert "U werkte zelf aan deze lijst" in text_of(ria.get(pad_van(lijst.pk)))
    assert "Keur de lijst goed" in text_of(karel.get(pad_van(lijst.pk)))
    niet_gekeken = do(karel, lijst.pk, "goedkeuren", 2)
    assert niet_gekeken.status_code == 422
    assert "Kruis aan dat u de zaken hebt nagekeken." in text_of(niet_gekeken)
    assert do(karel, lijst.pk, "goedkeuren", 2, nagekeken="ja").status_code == 303
    assert "Wordt uitgevoerd" in text_of(karel.get(pad_van(lijst.pk)))
    destroy()
    klaar = text_of(ria.get(pad_van(lijst.pk)))
    assert "Uitgevoerd" in klaar
    assert "Vernietigd" in klaar
    assert client_of(stad.huis.mila).get(zaak_pad(zaak.ref)).status_code == 404
    assert client_of(stad.huis.jeroen).get(f"/mijn/zaken/{zaak.ref}/").status_code == 404


def test_without_the_right_nothing_is_there(stad: Gemeente):
    stad.old_zaak()
    lijst = stad.make()
    rechten = frozenset(Recht) - {Recht.VERNIETIGEN}
    client = client_of(replace(stad.huis.mila, rechten=rechten))
    for pad in (PAD, pad_van(lijst), f"{pad_van(lijst)}bestand/", f"{pad_van(lijst)}verklaring/"):
        assert client.get(pad).status_code == 404
    for knop in ("aanbieden", "goedkeuren", "intrekken", "eraf", "terugsturen"):
        assert do(client, lijst, knop, 1, reden="x").status_code == 404
    assert client.post(f"{PAD}stop/", {"zaaknummer": "x", "reden": "x"}).status_code == 404
    assert client.post(f"{PAD}stop/{uuid.uuid4()}/").status_code == 404
    assert "Zaken vernietigen" not in text_of(client.get("/werkplek/"))


def test_the_maker_cannot_approve_also_not_with_a_form_of_their_own(stad: Gemeente, ria: Client):
    stad.old_zaak()
    lijst = stad.make()
    do(ria, lijst, "aanbieden", 1)
    antwoord = do(ria, lijst, "goedkeuren", 2, nagekeken="ja")
    assert antwoord.status_code == 409
    assert "Een collega moet de lijst goedkeuren" in text_of(antwoord)
    assert Vernietigingslijst.objects.get().stand == LijstStand.AANGEBODEN


def test_taking_zaken_off(stad: Gemeente, ria: Client):
    zaken = [stad.old_zaak(str(nummer)) for nummer in range(3)]
    lijst = stad.make()
    gekozen = [str(stad.regel(lijst, zaak).pk) for zaak in zaken[:2]]
    zonder_reden = do(ria, lijst, "eraf", 1, zaak=gekozen, reden=" ")
    assert zonder_reden.status_code == 422
    assert text_of(zonder_reden).count(" checked") == 2
    zonder_zaak = do(ria, lijst, "eraf", 1, reden="Loopt nog een beroep")
    assert zonder_zaak.status_code == 422
    assert "Loopt nog een beroep" in text_of(zonder_zaak)
    assert do(ria, lijst, "eraf", 1, zaak=gekozen, reden="Loopt nog een beroep").status_code == 303
    assert sorted(stad.stands(lijst)) == [RegelStand.ERAF, RegelStand.ERAF, RegelStand.OP_LIJST]
    assert text_of(ria.get(pad_van(lijst))).count("Loopt nog een beroep") == 2


def test_what_was_typed_survives_that_somebody_was_first(stad: Gemeente, ria: Client, karel: Client):
    stad.old_zaak()
    lijst = stad.make()
    do(ria, lijst, "aanbieden", 1)
    do(karel, lijst, "goedkeuren", 2, nagekeken="ja")
    antwoord = do(karel, lijst, "terugsturen", 2, reden="Toch nog even wachten")
    assert antwoord.status_code == 409
    assert "Toch nog even wachten" in text_of(antwoord)


@pytest.mark.parametrize(
    "velden",
    [
        {"knop": "weg"},
        {"knop": "eraf", "zaak": "geen-id", "reden": "x"},
        {"knop": "eraf", "zaak": str(uuid.uuid4()), "reden": "x"},
        {},
    ],
)
def test_what_no_form_of_ours_sends_does_nothing(stad: Gemeente, ria: Client, velden: dict[str, str]):
    stad.old_zaak()
    lijst = stad.make()
    assert ria.post(pad_van(lijst), velden).status_code == 404
    assert ria.post(pad_van(lijst), {"knop": "aanbieden", "versie": "x"}).status_code == 409
    assert stad.stands(lijst) == [RegelStand.OP_LIJST]


def test_the_file_names_nobody(stad: Gemeente, ria: Client):
    zaak = stad.old_zaak("Bezwaar van De Vries")
    ander = stad.old_zaak()
    lijst = stad.make()
    do(ria, lijst, "eraf", 1, zaak=str(stad.regel(lijst, ander).pk), reden="Mevrouw De Vries belde")
    antwoord = ria.get(f"{pad_van(lijst)}bestand/")
    assert antwoord["Content-Disposition"] == 'attachment; filename="vernietigingslijst-1.csv"'
    tekst = antwoord.content.decode("utf-8-sig")
    rijen = list(csv.DictReader(io.StringIO(tekst), delimiter=";"))
    assert {rij["zaaknummer"] for rij in rijen} == {zaak.identificatie, ander.identificatie}
    assert "Vries" not in tekst
    assert "Jeroen" not in tekst


def test_the_statement_of_destruction_is_there_when_it_was_carried_out(
    stad: Gemeente, ria: Client, karel: Client
):
    stad.old_zaak()
    lijst = stad.approved()
    assert karel.get(f"{pad_van(lijst)}verklaring/").status_code == 404
    destroy()
    antwoord = karel.get(f"{pad_van(lijst)}verklaring/")
    assert antwoord["Content-Disposition"] == 'attachment; filename="verklaring-van-vernietiging-1.pdf"'
    pdf = b"".join(antwoord)
    assert pdf.startswith(b"%PDF-")
    assert pdf == b"".join(ria.get(f"{pad_van(lijst)}verklaring/"))  # the same each time


def test_a_stop_is_set_and_lifted(stad: Gemeente, ria: Client, karel: Client):
    zaak = stad.old_zaak()
    fout = ria.post(f"{PAD}stop/", {"zaaknummer": "Z-1900-000001", "reden": "Er loopt een beroep"})
    assert fout.status_code == 422
    assert "Er loopt een beroep" in text_of(fout)
    ria.post(f"{PAD}stop/", {"zaaknummer": zaak.identificatie, "reden": "Er loopt een beroep"})
    pagina = text_of(karel.get(PAD))
    assert zaak.identificatie in pagina
    assert "Er zijn nu geen zaken" in pagina
    stop = Vernietigingsstop.objects.get()
    zonder = karel.post(f"{PAD}stop/{stop.pk}/", {"waarom": "\x00 "})
    assert zonder.status_code == 422
    assert "De vernietigingsstop is nog niet opgeheven." in text_of(zonder)
    assert karel.post(f"{PAD}stop/{stop.pk}/", {"waarom": "Beroep ingetrokken"}).status_code == 303
    pagina = text_of(ria.get(PAD))
    assert "Van 1 zaak is de bewaartermijn voorbij." in pagina
    for deel in (
        "Opgeheven vernietigingsstops",
        "Er loopt een beroep",
        f"door {stad.karel.naam}",
        "Beroep ingetrokken",
    ):
        assert deel in pagina, "also for who set it"


def test_who_approves_reads_that_there_was_a_stop_and_who_lifted_it(
    stad: Gemeente, ria: Client, karel: Client
):
    zaak = stad.old_zaak()
    stoppen.set_stop(stad.karel, zaaknummer=zaak.identificatie, reden="Er loopt een beroep")
    stoppen.lift_stop(stad.ria, stoppen.list_stoppen()[0].id, reden="Het beroep is klaar")
    lijst = stad.make()
    do(ria, lijst, "aanbieden", 1)
    pagina = text_of(karel.get(pad_van(lijst)))
    assert "Had een vernietigingsstop: Er loopt een beroep" in pagina
    assert f"door {stad.ria.naam}: Het beroep is klaar" in pagina
    for bestand in (
        karel.get(f"{pad_van(lijst)}bestand/").content.decode(),
        pagina[: pagina.index("Had een")],
    ):
        assert "beroep" not in bestand


def test_a_stop_that_was_lifted_before_there_were_reasons_gets_no_author(
    stad: Gemeente, ria: Client, karel: Client
):
    zaak = stad.old_zaak()
    stoppen.set_stop(stad.karel, zaaknummer=zaak.identificatie, reden="Er loopt een beroep")
    Vernietigingsstop.objects.update(opgeheven_op=nu())
    overzicht = text_of(ria.get(PAD))
    assert "Opgeheven op" in overzicht
    lijst = stad.make()
    do(ria, lijst, "aanbieden", 1)
    pagina = text_of(karel.get(pad_van(lijst)))
    assert "Had een vernietigingsstop: Er loopt een beroep" in pagina
    assert "Er is toen niet genoteerd door wie en waarom." in pagina
    for gelezen in (overzicht, pagina):
        assert "die hier niet meer werkt" not in gelezen


def test_nothing_due_is_said_and_no_list_is_made(stad: Gemeente, ria: Client):
    assert "Er zijn nu geen zaken" in text_of(ria.get(PAD))
    assert ria.post(PAD, {"sleutel": "s"})["Location"] == PAD
    assert not Vernietigingslijst.objects.exists()


def test_both_sides_read_how_long_a_zaak_is_kept(stad: Gemeente):
    zaak = stad.huis.start("Klaar")
    open_zaak = text_of(client_of(stad.huis.jeroen).get(f"/mijn/zaken/{zaak.ref}/"))
    assert "Wij bewaren deze zaak" not in open_zaak
    datum = stad.huis.close(zaak.ref).archiefactiedatum
    assert datum is not None
    inwoner = text_of(client_of(stad.huis.jeroen).get(f"/mijn/zaken/{zaak.ref}/"))
    assert f"Wij bewaren deze zaak tot {schrijf_datum(datum)}." in inwoner
    assert f"Vernietigen vanaf {schrijf_datum(datum)}" in text_of(
        client_of(stad.huis.mila).get(zaak_pad(zaak.ref))
    )


def test_the_log_still_finds_a_destroyed_zaak_by_its_number(stad: Gemeente):
    Medewerker.objects.filter(subject="m-3").update(rechten=[Recht.VERNIETIGEN.value])
    zaak = stad.old_zaak()
    stad.approved()
    destroy()
    officier = client_of(replace(stad.huis.mila, rechten=frozenset({Recht.INZIEN})))
    gevonden = text_of(officier.get(f"/werkplek/logboek/?zaaknummer={zaak.identificatie}"))
    assert "heeft de zaak laten vernietigen" in gevonden
    assert f"{zaak.identificatie} (vernietigd)" in gevonden


def test_a_source_that_destroys_in_its_own_system_is_named_and_its_zaken_are_left_alone(
    stad: Gemeente, ria: Client
):
    elders = FakeZaakBron()
    bronnen.configure(*bronnen.alle(), elders)
    assert stad.huis.jeroen.partij is not None
    zaak, _ = elders.start_zaak(nieuwe_zaak(stad.huis.jeroen.partij), LANG_GELEDEN)
    pagina = text_of(ria.get(PAD))
    assert f"Zaken in {elders.titel} staan hier niet bij." in pagina
    with pytest.raises(VernietigenElders):
        destroy_zaak(zaak.ref, besloten_op=nu())
    assert elders.get_zaak(zaak.ref.id) == zaak
