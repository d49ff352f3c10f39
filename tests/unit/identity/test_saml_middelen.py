"""A means of SAML in the file with login means: what stops the start, and what check-production says of the rest."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from eloket.config.omgeving import Omgeving
from eloket.identity.middel import Middel
from eloket.identity.middelen import get_middel
from eloket.identity.middelenbestand import load_middelen
from eloket.identity.saml import koppeling
from eloket.ops.productie.inloggen import check_bereik, check_middelen
from eloket.ops.productie.saml import check_saml, check_saml_bereik
from eloket.ops.productie.types import Uitkomst
from tests.saml.aansluiting import aangesloten, dienst, schrijf
from tests.saml.idp import Idp
from tests.saml.sleutels import Paar, gemeente, gezag, make
from tests.unit.identity.klokken import Klok
from tests.unit.ops.productieomgeving import lines, outcome

__all__ = ["dienst"]  # the fixture


def lees(dienst: Idp, **saml: Any) -> Middel:
    return load_middelen(schrijf(dienst, saml=saml), is_productie=False)[0]


def paar(dienst: Idp, wat: Paar, naam: str = "ander") -> dict[str, str]:
    geschreven = wat.write(dienst.map, naam)
    return {"sleutel": str(geschreven.sleutel), "certificaat": str(geschreven.certificaat)}


def test_what_is_not_named_is_as_the_standards_have_it(dienst: Idp):
    middel = lees(dienst)
    assert middel.saml is not None
    assert middel.minimum.endswith("MobileTwoFactorContract")
    assert middel.saml.tls == middel.saml.ondertekenen == middel.saml.ontsleutelen[0]
    assert middel.client_secret == ""


@pytest.mark.parametrize(
    ("saml", "zin"),
    [
        ({"sleutel": "/bestaat/niet.key"}, "niet.key of gemeente.crt kan niet worden gelezen"),
        ({"idp_metadata": "/bestaat/niet.xml"}, "niet.xml klopt niet (FileNotFoundError)"),
        ({"idp_entity_id": "https://een-ander.example"}, "0 inlogdiensten gevonden"),
        ({"tls_ca": "/bestaat/niet.crt"}, "tls_ca kan niet worden gelezen"),
        ({"entity_id": ""}, "entity_id"),
        ({"sleutel_inhoud": "-----BEGIN"}, "sleutel_inhoud"),
        ({"binding": "redirect"}, "binding"),
        ({"dienst_id": "urn:etoegang:DV:1:services:1"}, "dienst_index, dienst_id en dienst_naam samen"),
    ],
    ids=str,
)
def test_a_file_that_is_not_right_stops_the_start(dienst: Idp, saml: dict[str, Any], zin: str):
    with pytest.raises(ImproperlyConfigured) as fout:
        lees(dienst, **saml)
    assert zin in str(fout.value)


def test_nor_does_it_start_with_keys_that_do_not_fit(dienst: Idp):
    gemeente().write(dienst.map, "eigen")
    for wat, zin in (
        ({"certificaat": paar(dienst, make("ander", gezag()))["certificaat"]}, "hoort niet bij"),
        (paar(dienst, make("kort", gezag(), bits=1024), "kort"), "korter dan 2048 bits"),
    ):
        with pytest.raises(ImproperlyConfigured) as fout:
            lees(dienst, **wat)
        assert zin in str(fout.value)


@pytest.mark.parametrize(
    ("van", "naar", "zin"),
    [
        (b"HTTP-POST", b"HTTP-Redirect", "geen SingleSignOnService"),
        (b'KeyDescriptor use="signing"', b'KeyDescriptor use="encryption"', "geen certificaat"),
        (b"ArtifactResolutionService", b"ManageNameIDService", "geen ArtifactResolutionService"),
        (b"IDPSSODescriptor", b"SPSSODescriptor", "0 inlogdiensten"),
        (b"<md:", b"<!DOCTYPE a><md:", "xml-extra"),
        (b"X509Certificate>M", b"X509Certificate>X", "klopt niet"),
    ],
)
def test_nor_with_metadata_that_make_no_sense(dienst: Idp, van: bytes, naar: bytes, zin: str):
    echt = dienst.metadata
    assert van in echt()
    dienst.metadata = lambda **_: echt().replace(van, naar, -1 if van != b"<md:" else 1)  # type: ignore[method-assign]
    with pytest.raises(ImproperlyConfigured) as fout:
        lees(dienst)
    assert zin in str(fout.value)


def test_without_the_extra_it_says_what_to_install(dienst: Idp, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(koppeling, "find_spec", lambda naam: None)
    with pytest.raises(ImproperlyConfigured) as fout:
        lees(dienst)
    assert "ELOKET_MIDDELEN_BESTAND: digid: inloggen met SAML vraagt het extra [saml]" in str(fout.value)
    assert "requirements/saml.txt" in str(fout.value)


_ZONDER = """
import sys
sys.modules["lxml"] = sys.modules["xmlsec"] = None  # as if they were not installed
import django
django.setup()
from django.test import Client
from eloket.identity.saml.koppeling import has_extra
print(has_extra(), Client().get("/inloggen/").status_code, Client().get("/inloggen/saml/digid/metadata/").status_code)
"""


def test_without_the_extra_the_portal_starts_as_before(tmp_path: Path):
    """In a process of its own, in which the two packages cannot be imported."""
    omgeving = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "eloket.config.settings",
        "ELOKET_DATA_DIR": str(tmp_path),
    }
    klaar = subprocess.run(
        [sys.executable, "-c", _ZONDER], env=omgeving, capture_output=True, text=True, check=False
    )
    assert klaar.stdout == "False 200 404\n", klaar.stderr


def test_in_production_every_address_is_https(dienst: Idp, settings: Any):
    dienst.url = dienst.url.replace("https://", "http://")
    settings.ELOKET = settings.ELOKET.model_copy(update={"omgeving": Omgeving.PRODUCTIE})
    with pytest.raises(ImproperlyConfigured, match="3 adressen zonder https"):
        lees(dienst)


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"issuer": "https://broker.example"}, "zonder issuer"),
        ({"geheim_variabele": "X"}, "zonder issuer"),
        ({"zonder_auth_time": True}, "zonder_auth_time"),
        ({"code": "medewerker", "soort": "medewerker"}, "medewerkers loggen niet in met type saml"),
        (
            {"type": "oidc", "issuer": "https://a.example", "client_id": "x", "geheim_variabele": "X"},
            "geen deel saml",
        ),
        ({"code": "saml"}, "al van iets anders"),
        ({"minimum": "basis"}, "lager dan midden"),
    ],
    ids=str,
)
def test_a_means_is_of_one_protocol(dienst: Idp, anders: dict[str, Any], zin: str):
    with pytest.raises(ImproperlyConfigured) as fout:
        load_middelen(schrijf(dienst, **anders), is_productie=False)
    assert zin in str(fout.value)


def test_metadata_come_from_a_command_too(dienst: Idp, tmp_path: Path):
    with aangesloten(dienst):
        uit = StringIO()
        call_command("saml-metadata", "digid", stdout=uit)
        assert 'entityID="https://portaal.example/saml"' in uit.getvalue()
        call_command("saml-metadata", "digid", uit=tmp_path / "onze.xml", stdout=uit)
        assert b"<ds:SignatureValue>" in (tmp_path / "onze.xml").read_bytes()
        with pytest.raises(CommandError, match="eherkenning is er niet"):
            call_command("saml-metadata", "eherkenning")
    with pytest.raises(CommandError, match="geen type saml"):
        call_command("saml-metadata", "digid")


# --- check-production ---


def test_a_right_connection_has_no_wrong_line(dienst: Idp, monkeypatch: pytest.MonkeyPatch):
    with aangesloten(dienst):
        regels = lines(check_saml) | lines(check_saml_bereik)
        assert outcome(check_middelen, "inlogmiddelen-client") is Uitkomst.OK
        assert outcome(check_middelen, "inlogmiddelen-https") is Uitkomst.OK
        assert lines(check_bereik) == {}
    assert {code: regel.uitkomst for code, regel in regels.items()} == {
        "saml-certificaat-digid": Uitkomst.LET_OP,  # 30 days left
        "saml-idp-certificaat-digid": Uitkomst.LET_OP,
        "saml-sterkte-digid": Uitkomst.OK,
        "saml-sleutel-digid": Uitkomst.OK,
        "inlogdienst-digid": Uitkomst.OK,
        "klok-digid": Uitkomst.OK,
    }
    assert "2048 bits" in regels["saml-sterkte-digid"].tekst


def test_no_line_without_such_a_means():
    assert (lines(check_saml), lines(check_saml_bereik)) == ({}, {})


def test_a_certificate_that_ended_is_wrong(dienst: Idp, monkeypatch: pytest.MonkeyPatch):
    with aangesloten(dienst):
        Klok(monkeypatch).ga_verder(days=31)
        for code in ("saml-certificaat-digid", "saml-idp-certificaat-digid"):
            assert outcome(check_saml, code) is Uitkomst.FOUT


def test_one_that_lasts_is_right(dienst: Idp):
    with aangesloten(dienst, saml=paar(dienst, make("lang", gezag(), dagen=300))):
        assert outcome(check_saml, "saml-certificaat-digid") is Uitkomst.OK


def test_a_key_that_others_can_read_is_wrong(dienst: Idp):
    with aangesloten(dienst):
        (dienst.map / "gemeente.key").chmod(0o640)
        assert outcome(check_saml, "saml-sleutel-digid") is Uitkomst.FOUT


def test_metadata_that_ended_are_told(dienst: Idp):
    echt = dienst.metadata
    dienst.metadata = lambda **_: echt(validUntil="2020-01-01T00:00:00Z")  # type: ignore[method-assign]
    with aangesloten(dienst):
        assert outcome(check_saml, "saml-metadata-digid") is Uitkomst.LET_OP


def test_a_provider_that_does_not_answer_is_wrong(dienst: Idp):
    with aangesloten(dienst):
        dienst.stop()
        assert outcome(check_saml_bereik, "inlogdienst-digid") is Uitkomst.FOUT


def test_so_is_one_whose_signature_we_do_not_know(dienst: Idp):
    with aangesloten(dienst):
        dienst.paar = gemeente()
        regel = lines(check_saml_bereik)["inlogdienst-digid"]
    assert regel.uitkomst is Uitkomst.FOUT
    assert "handtekening" in regel.tekst


def test_a_clock_that_differs_is_told(dienst: Idp):
    with aangesloten(dienst):
        dienst.scheef = 300
        assert outcome(check_saml_bereik, "klok-digid") is Uitkomst.FOUT


def test_the_file_is_read_by_the_settings(dienst: Idp):
    with aangesloten(dienst):
        middel = get_middel("digid")
    assert middel is not None
    assert middel.saml is not None
