"""The own texts of mails travel with the configuration: out and in again is the same, and a bad one is named."""

import pytest
import yaml

from eloket.identity.testing import medewerker
from eloket.identity.types import Recht
from eloket.notifications.mail import mailteksten
from eloket.notifications.mail.mailsoorten import MailTekst
from eloket.notifications.models import MailTekstRegel
from eloket.zaken.inrichting import InrichtingOngeldig, Stand, bekijk, importeer
from eloket.zaken.inrichtingsbestanden import export_zip, parse_zip
from eloket.zaken.inrichtingsdelen import configure, list_delen
from tests.unit.zaken.test_inrichting import files_of, zip_of

pytestmark = pytest.mark.django_db
MILA = medewerker(rechten=tuple(Recht))
EIGEN = MailTekst("Uw zaak: 'nieuws'", ("Eén.", "{reactie} Log in: dat is alles."), "Bekijk")


def lees(tekst: str) -> None:
    importeer(MILA, parse_zip(zip_of({"mailteksten.yaml": tekst})), merk=None)


def test_out_and_in_again_is_the_same():
    mailteksten.save_tekst(MILA, "status_gewijzigd", "en", EIGEN)
    inhoud = export_zip(None)
    assert yaml.safe_load(files_of(inhoud)["mailteksten.yaml"]) == {
        "status_gewijzigd.en": {
            "onderwerp": "Uw zaak: 'nieuws'",
            "tekst": "Eén.\n\n{reactie} Log in: dat is alles.",
            "knop": "Bekijk",
        }
    }
    MailTekstRegel.objects.all().delete()
    importeer(MILA, parse_zip(inhoud), merk=None)
    assert mailteksten.get_tekst("status_gewijzigd", "en").eigen == EIGEN
    assert export_zip(None) == inhoud


def test_a_look_says_what_would_change_and_changes_nothing():
    mailteksten.save_tekst(MILA, "status_gewijzigd", "nl", EIGEN)
    bestand = zip_of({
        "mailteksten.yaml": "status_gewijzigd.nl: {onderwerp: Anders, tekst: '{reactie}', knop: Bekijk}\n"
        "zaak_heropend.nl: {onderwerp: Weer, tekst: '{reactie}', knop: Bekijk}\n"
    })  # fmt: skip
    plan = bekijk(MILA, parse_zip(bestand))
    assert [(een.soort, een.titel, een.stand) for een in plan.wijzigingen] == [
        ("E-mailtekst", "status_gewijzigd.nl", Stand.GEWIJZIGD),
        ("E-mailtekst", "zaak_heropend.nl", Stand.NIEUW),
    ]
    assert {verschil.veld for verschil in plan.wijzigingen[0].verschillen} == {"Onderwerp", "Tekst"}
    assert mailteksten.get_tekst("status_gewijzigd", "nl").eigen == EIGEN
    assert mailteksten.get_tekst("zaak_heropend", "nl").eigen is None


def test_what_a_file_does_not_name_stays():
    mailteksten.save_tekst(MILA, "status_gewijzigd", "nl", EIGEN)
    lees("{}")
    assert mailteksten.get_tekst("status_gewijzigd", "nl").eigen == EIGEN


@pytest.mark.parametrize(
    ("tekst", "fout"),
    [
        (
            "status_gewijzigd.nl: {onderwerp: Kijk, tekst: 'Ga naar www.voorbeeld.nl', knop: Ga}",
            "mailteksten.yaml, status_gewijzigd.nl: In de tekst moet nog staan: {reactie}",
        ),
        (
            "status_gewijzigd.nl: {onderwerp: Kijk, tekst: '{reactie} www.voorbeeld.nl', knop: Ga}",
            "Zet geen webadres in de tekst",
        ),
        ("bestaat_niet.nl: {onderwerp: a, tekst: b, knop: c}", "mailteksten.yaml, bestaat_niet.nl: "),
        ("status_gewijzigd: {onderwerp: a, tekst: b, knop: c}", "mailteksten.yaml, status_gewijzigd: "),
        ("status_gewijzigd.nl: {onderwerp: a, tekst: b}", "status_gewijzigd.nl.knop: ontbreekt"),
        ("status_gewijzigd.nl: {onderwerp: a, tekst: b, knop: c, van: d}", "van: dit veld kennen wij niet"),
        ("- a", "mailteksten.yaml"),
    ],
)
def test_a_bad_one_is_named_and_nothing_is_taken_over(tekst: str, fout: str):
    with pytest.raises(InrichtingOngeldig) as gevangen:
        lees(tekst)
    assert fout in " ".join(gevangen.value.fouten)
    assert not MailTekstRegel.objects.exists()


def test_two_parts_cannot_have_one_file():
    delen = list_delen()
    with pytest.raises(ValueError, match="twee delen"):
        configure(*delen, delen[0])
    assert list_delen() == delen
