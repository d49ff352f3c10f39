"""Each line of the check on settings, secrets, answers and data: what makes it fail, and what passes."""

import io
import json
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.http import HttpResponse

from eloket.beschikbaarheid.models import Levensteken
from eloket.identity.middelenbestand import load_middelen
from eloket.identity.models import Medewerker
from eloket.identity.testing import onderneming
from eloket.identity.types import Partij, Recht
from eloket.kernel import klok
from eloket.kernel.geheimen import DEMO_GEHEIM
from eloket.ops.demo.mensen import JEROEN
from eloket.ops.demo.personas import personen_bestand
from eloket.ops.productie import database
from eloket.ops.productie.alles import ONDERDELEN, check_all
from eloket.ops.productie.antwoorden import check_antwoorden
from eloket.ops.productie.geheimen import check_geheimen
from eloket.ops.productie.huis import check_bestanden, check_demo_gegevens, check_medewerkers, check_worker
from eloket.ops.productie.inloggen import check_middelen
from eloket.ops.productie.instellingen import (
    check_adres,
    check_bronnen,
    check_gemeente,
    check_omgeving,
    check_zelf,
)
from eloket.ops.productie.types import Onderdeel, Uitkomst
from eloket.profile.models import Profiel
from eloket.profile.testing import give_contact
from tests.unit.ops.productieomgeving import lines, made, outcome, put, write_middelen
from tests.web.werkplek import build_stadhuis

OK, LET_OP, FOUT = Uitkomst.OK, Uitkomst.LET_OP, Uitkomst.FOUT
# For comparison only: 32 hexadecimal digits and 40 letters and digits, made at random once.
HEX, GEMENGD = "9f86d081e4c5b2a7703b1f6ed2c8a594", "kT3v9QzLx7WmB2rY8dNpH5sJf4GcA6uE1oVtXiRq"


@pytest.fixture(autouse=True)
def _productie(settings):
    put(settings)


@pytest.mark.parametrize(
    ("kijk", "anders", "code", "uitkomst"),
    [
        (check_omgeving, {}, "omgeving", OK),
        (check_omgeving, {"omgeving": "demo"}, "omgeving", FOUT),
        (check_omgeving, {}, "debug", OK),
        (check_omgeving, {"DEBUG": True}, "debug", FOUT),
        (check_adres, {}, "adres", OK),
        (check_adres, {"base_url": "http://mijn.gemeente.test"}, "adres", FOUT),
        (check_adres, {"base_url": "https://localhost"}, "adres", FOUT),
        (check_adres, {"base_url": "https://192.0.2.1"}, "adres", FOUT),
        (check_adres, {}, "hosts", OK),
        (check_adres, {"ALLOWED_HOSTS": ["mijn.gemeente.test", "*"]}, "hosts", FOUT),
        (check_adres, {"ALLOWED_HOSTS": ["mijn.gemeente.test", ".gemeente.test"]}, "hosts", FOUT),
        (check_adres, {"ALLOWED_HOSTS": ["elders.test"]}, "hosts", FOUT),
        (check_adres, {}, "proxy", OK),
        (check_adres, {"behind_proxy": False}, "proxy", LET_OP),
        (check_adres, {}, "limieten", OK),
        (check_adres, {"limieten": False}, "limieten", FOUT),
        (check_gemeente, {}, "afzender", OK),
        (check_gemeente, {"mail_from": "E-loket <noreply@gemeente.example>"}, "afzender", FOUT),
        (check_gemeente, {}, "security-txt", OK),
        (check_gemeente, {"security_contact": ""}, "security-txt", LET_OP),
        (check_gemeente, {}, "gemeente", OK),
        (check_gemeente, {"gemeente": "Gemeente Voorbeeld"}, "gemeente", LET_OP),
        (check_bronnen, {}, "bronnen", OK),
        (check_bronnen, {"personen_bestand": personen_bestand()}, "bronnen", FOUT),
        (check_middelen, {}, "inlogmiddelen", OK),
        (check_middelen, {"digid_issuer": ""}, "inlogmiddelen", FOUT),
        (check_middelen, {"medewerker_issuer": ""}, "inlogmiddelen", LET_OP),
        (check_middelen, {"omgeving": "demo", "digid_issuer": ""}, "inlogmiddelen", FOUT),
        (check_middelen, {}, "inlogmiddelen-https", OK),
        # In production such an issuer stops the start: see identity/test_middelen.py.
        (
            check_middelen,
            {"omgeving": "demo", "digid_issuer": "http://inloggen.test"},
            "inlogmiddelen-https",
            FOUT,
        ),
        (check_middelen, {}, "inlogmiddelen-client", OK),
        (check_middelen, {"digid_client_secret": ""}, "inlogmiddelen-client", FOUT),
        (check_geheimen, {}, "geheimen-sterkte", OK),
        (check_geheimen, {"secrets": (HEX,), "hash_secret": GEMENGD}, "geheimen-sterkte", OK),
        (check_geheimen, {"secrets": (GEMENGD, "a" * 40)}, "geheimen-sterkte", FOUT),
        (check_geheimen, {"hash_secret": "abcdefgh" * 5}, "geheimen-sterkte", FOUT),
        (check_geheimen, {"hash_secret": "abcdefghijklmnopqrstuvwxyz0123456789"}, "geheimen-sterkte", FOUT),
        (check_geheimen, {"hash_secret": HEX[:31]}, "geheimen-sterkte", FOUT),
        (check_geheimen, {"retour_geheim": "1" * 32}, "geheimen-sterkte", FOUT),
        (check_geheimen, {"digid_client_secret": "geheim"}, "geheimen-sterkte", FOUT),
        (check_geheimen, {}, "geheimen-woorden", OK),
        (check_geheimen, {"hash_secret": "een lange zin die iemand heeft bedacht"}, "geheimen-woorden", LET_OP),
        (check_geheimen, {}, "geheimen-verschillend", OK),
        (check_geheimen, {"secrets": (HEX,), "hash_secret": HEX}, "geheimen-verschillend", FOUT),
        (check_geheimen, {"secrets": (HEX,), "digid_client_secret": HEX}, "geheimen-verschillend", FOUT),
        (check_geheimen, {}, "geheimen-demo", OK),
        (check_geheimen, {"secrets": (HEX, DEMO_GEHEIM)}, "geheimen-demo", FOUT),
        (check_geheimen, {}, "geheimen-leeftijd", LET_OP),
        (check_zelf, {}, "back-ups", LET_OP),
        (check_zelf, {}, "logboek", LET_OP),
        (check_zelf, {}, "pakketten", LET_OP),
        (check_zelf, {}, "contract", LET_OP),
        (check_zelf, {}, "netwerk", LET_OP),
        (check_zelf, {}, "onderzoek", LET_OP),
    ],
)  # fmt: skip
def test_what_the_settings_say(settings, kijk, anders, code, uitkomst):
    put(settings, **anders)
    assert outcome(kijk, code) is uitkomst


def test_a_secret_of_a_means_from_a_file_is_judged_as_well(settings, monkeypatch, tmp_path):
    pad = tmp_path / "middelen.yaml"
    digid = {"code": "digid", "soort": "digid", "issuer": "https://broker.example", "client_id": "eloket"}
    pad.write_text(yaml.safe_dump({"middelen": [digid | {"geheim_variabele": "PROEF_GEHEIM"}]}))
    put(settings, middelen_bestand=pad)
    for geheim, uitkomst in (("zwak", FOUT), (GEMENGD, OK)):
        monkeypatch.setenv("PROEF_GEHEIM", geheim)
        load_middelen.cache_clear()
        assert outcome(check_geheimen, "geheimen-sterkte") is uitkomst
    load_middelen.cache_clear()


def test_no_line_holds_a_secret(settings):
    put(settings, secrets=("a" * 40,), hash_secret="a" * 40, digid_client_secret="zwak")
    for regel in check_geheimen():
        assert "a" * 40 not in regel.tekst + regel.herstel
        assert "zwak" not in regel.tekst


@pytest.mark.django_db
def test_the_answers_of_production_are_as_they_should_be():
    assert {regel.uitkomst for regel in check_antwoorden()} == {OK}


class _Verzwak:
    """A middleware above all others that does what a careless one would."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        antwoord = self.get_response(request)
        antwoord.headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
        )
        antwoord.headers["Server"] = "proef/1.0"
        return antwoord


class _Verraad:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return HttpResponse('Traceback: File "views.py"', status=404)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"SECURE_HSTS_SECONDS": 0}, "hsts"),
        ({"SECURE_HSTS_SECONDS": 3600}, "hsts"),
        ({"SECURE_SSL_REDIRECT": False}, "https-alleen"),
        ({"SESSION_COOKIE_SECURE": False}, "cookies"),
        ({"CSRF_COOKIE_NAME": "eloket_csrf"}, "cookies"),
        ({"CSRF_COOKIE_HTTPONLY": False}, "cookies"),
        ({"SECURE_CONTENT_TYPE_NOSNIFF": False}, "headers"),
    ],
)
def test_what_browsers_would_get_fails_by_the_answer_itself(settings, anders, code):
    put(settings, **anders)
    assert outcome(check_antwoorden, code) is FOUT


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("klasse", "code"), [(_Verzwak, "csp"), (_Verzwak, "headers"), (_Verraad, "foutpagina")]
)
def test_what_a_middleware_does_to_an_answer_is_seen(settings, klasse, code):
    settings.MIDDLEWARE = [f"{__name__}.{klasse.__name__}", *settings.MIDDLEWARE]
    assert outcome(check_antwoorden, code) is FOUT


@pytest.mark.parametrize(("rechten", "uitkomst"), [(0o700, OK), (0o750, FOUT), (0o705, FOUT)])
def test_the_data_folder_is_for_its_owner_only(settings, tmp_path, rechten, uitkomst):
    put(settings, data_dir=made(tmp_path / "data", rechten))
    assert outcome(check_bestanden, "bestanden") is uitkomst


@pytest.mark.parametrize(("uid", "uitkomst"), [(0, LET_OP), (1000, OK)])
def test_who_runs_it_is_not_root(monkeypatch, uid, uitkomst):
    monkeypatch.setattr("os.geteuid", lambda: uid)
    assert outcome(check_bestanden, "gebruiker") is uitkomst


@pytest.mark.django_db
def test_invented_people_do_not_belong_in_production():
    assert outcome(check_demo_gegevens, "demo-gegevens") is OK
    Profiel.objects.create(profiel_key=Partij.inwoner(JEROEN).profiel_key)
    assert outcome(check_demo_gegevens, "demo-gegevens") is FOUT


@pytest.mark.django_db
def test_somebody_who_acts_for_an_invented_business_is_found():
    give_contact(onderneming(), "anne@korenaar.nl")
    assert outcome(check_demo_gegevens, "demo-gegevens") is FOUT


@pytest.mark.django_db
def test_a_zaak_of_an_invented_resident_is_found():
    build_stadhuis().start("Parkeervergunning")
    assert "zaken van verzonnen inwoners" in lines(check_demo_gegevens)["demo-gegevens"].tekst


@pytest.mark.django_db
def test_civil_servants_of_the_demo_are_shut_out():
    assert outcome(check_medewerkers, "medewerkers-demo") is OK
    mila = Medewerker.objects.create(subject="mila.jansen", naam="Mila", rechten=[Recht.BEHEREN.value])
    assert outcome(check_medewerkers, "medewerkers-demo") is FOUT
    mila.is_actief = False
    mila.save()
    assert outcome(check_medewerkers, "medewerkers-demo") is OK


@pytest.mark.django_db
def test_somebody_can_manage():
    assert outcome(check_medewerkers, "beheerders") is LET_OP
    Medewerker.objects.create(subject="j.pieters", naam="J. Pieters", rechten=[Recht.BEHEREN.value])
    assert outcome(check_medewerkers, "beheerders") is OK


@pytest.mark.django_db
def test_only_a_worker_that_spoke_lately_lives():
    nu = klok.nu()
    assert outcome(check_worker, "worker") is FOUT
    Levensteken.objects.create(proces="web:a:1:b", moment=nu)
    Levensteken.objects.create(proces="worker:a:1:b", moment=nu - timedelta(minutes=6))
    assert outcome(check_worker, "worker") is FOUT
    Levensteken.objects.create(proces=f"worker:{uuid.uuid4()}", moment=nu - timedelta(minutes=1))
    assert outcome(check_worker, "worker") is OK


def test_a_part_that_breaks_is_a_fault_and_stops_no_other():
    def breaks():
        raise OSError

    delen = (Onderdeel("stuk", "C.08", breaks), Onderdeel("heel", "C.08", check_zelf))
    regels = list(check_all(onderdelen=delen))
    assert (regels[0].code, regels[0].uitkomst) == ("stuk-niet-nagekeken", FOUT)
    assert len(regels) == 1 + len(list(check_zelf()))


def run(*opties: str) -> tuple[str, str]:
    """(what it wrote, why it ended with code 1)"""
    uit = io.StringIO()
    try:
        call_command("check-production", *opties, stdout=uit)
    except CommandError as error:
        return uit.getvalue(), f"{error} (code {error.returncode})"
    return uit.getvalue(), ""


@pytest.mark.django_db
def test_the_command_writes_a_line_per_rule_and_ends_with_code_1():
    uitvoer, reden = run("--zonder-netwerk")
    assert "OK      U/PW.03  De Content-Security-Policy is streng" in uitvoer
    assert "FOUT    C.07, BIO 12.1.3  De worker gaf" in uitvoer
    assert "        Start hem met: eloket worker." in uitvoer
    assert "NIET veilig genoeg" in reden
    assert reden.endswith("(code 1)")


@pytest.mark.django_db
def test_a_good_set_up_ends_well_and_as_json_too(settings, tmp_path, monkeypatch):
    # The tests make their database as its superuser, which is the one thing that is wrong with it.
    echt = database.read_verbinding()
    monkeypatch.setattr(database, "read_verbinding", lambda: replace(echt, is_superuser=False))
    put(settings, data_dir=made(tmp_path / "data", 0o700), middelen_bestand=write_middelen(tmp_path))
    Levensteken.objects.create(proces="worker:a:1:b", moment=klok.nu())
    Medewerker.objects.create(subject="f.gerritsen", naam="F. Gerritsen", rechten=[Recht.INZIEN.value])
    uitvoer, reden = run("--zonder-netwerk")
    assert (reden, [regel for regel in uitvoer.splitlines() if "FOUT" in regel]) == ("", [])
    assert "Geen fouten gevonden" in uitvoer
    regels = json.loads(run("--zonder-netwerk", "--json")[0])
    assert {regel["uitkomst"] for regel in regels} == {"OK", "LET OP"}
    assert len({regel["code"] for regel in regels}) == len(regels)
    assert set(regels[0]) == {"code", "norm", "uitkomst", "tekst", "herstel"}


@pytest.mark.django_db
def test_without_the_network_nobody_is_asked(monkeypatch):
    def forbid(*_, **__):
        raise AssertionError("er werd iemand gevraagd")

    monkeypatch.setattr("socket.create_connection", forbid)
    monkeypatch.setattr("requests.Session.request", forbid)
    assert not [regel for regel in check_all(netwerk=False) if regel.code.endswith("niet-nagekeken")]
    assert [een.code for een in ONDERDELEN if een.netwerk] == [
        "inlogdiensten",
        "saml-bereik",
        "mailserver",
        "scanner-antwoord",
    ]
