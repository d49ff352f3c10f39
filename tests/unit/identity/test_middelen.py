"""The file with login means: what a broker calls things, and what no configuration can do."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.test.utils import override_settings

from eloket.config.omgeving import Omgeving
from eloket.identity.claims import actor_from_claims
from eloket.identity.errors import GeenBsn, LoginMislukt, NiveauTeLaag
from eloket.identity.middel import Middel
from eloket.identity.middelen import get_middel, list_middelen, middel_naam
from eloket.identity.middelenbestand import load_middelen
from eloket.identity.niveaus import Zekerheid
from eloket.identity.types import Actor, Machtiging, Partij

JEROEN, FATIMA, SANNE = "999990019", "999990020", "999990032"
BASIS: dict[str, Any] = {
    "code": "digid", "soort": "digid", "issuer": "https://broker.example", "client_id": "eloket",
    "geheim_variabele": "PROEF_GEHEIM",
}  # fmt: skip
SIGNICAT = {
    "claims": {"bsn": "nin", "represented": "nin", "acting": "acting_nin"},
    "acr_values": "idp:digid",
    "niveaus": {"midden": "loa-2", "substantieel": "loa-3"},
}
EIDAS = {"code": "eidas", "soort": "eidas"}


@pytest.fixture(autouse=True)
def _geheim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROEF_GEHEIM", "geheim-van-de-broker")


def schrijf(bestandsmap: Path, *middelen: dict[str, Any]) -> Path:
    pad = bestandsmap / "middelen.yaml"
    pad.write_text(yaml.safe_dump({"middelen": [BASIS | een for een in middelen]}), encoding="utf-8")
    load_middelen.cache_clear()
    return pad


def lees(bestandsmap: Path, **anders: Any) -> Middel:
    return load_middelen(schrijf(bestandsmap, anders), is_productie=True)[0]


def actor(middel: Middel, **claims: Any) -> Actor:
    return actor_from_claims(middel, claims, lambda _: "")


def test_a_means_without_more_is_as_the_standards_have_it(tmp_path: Path):
    middel = lees(tmp_path)
    assert (middel.naam, middel.client_secret) == ("DigiD", "geheim-van-de-broker")
    assert middel.minimum.endswith("MobileTwoFactorContract")
    assert "geheim-van-de-broker" not in repr(middel)


def test_a_broker_with_names_of_its_own(tmp_path: Path):
    middel = lees(tmp_path, **SIGNICAT)
    zelf = actor(middel, nin=JEROEN, loa="loa-2")
    assert (zelf.partij, zelf.machtiging) == (Partij.inwoner(JEROEN), None)
    voor = actor(middel, nin=FATIMA, acting_nin=JEROEN, loa="loa-3")
    assert (voor.partij, voor.key) == (Partij.inwoner(FATIMA), Partij.inwoner(JEROEN).key)
    assert voor.machtiging is Machtiging.MACHTIGEN
    vreemde: list[Any] = [["999990019"], "", " ", 999990019, {}]
    for vreemd in vreemde:
        with pytest.raises(LoginMislukt):
            actor(middel, nin=FATIMA, acting_nin=vreemd, loa="loa-3")


def test_who_acts_for_themselves_is_not_authorised_by_anybody(tmp_path: Path):
    middel = lees(tmp_path, **SIGNICAT)
    assert actor(middel, nin=JEROEN, acting_nin=JEROEN, loa="loa-2").machtiging is None


def test_an_authorisation_is_for_our_services_only(tmp_path: Path):
    middel = lees(tmp_path, diensten=["gemeente"], bewind_diensten=["bewind"])
    gdi = "urn:nl-eid-gdi:1.0:"
    wie = {f"{gdi}LegalSubjectID": FATIMA, f"{gdi}ActingSubjectID": JEROEN, "acr": middel.minimum}
    dienst = f"{gdi}ServiceUUID"
    assert actor(middel, **wie, **{dienst: "gemeente"}).machtiging is Machtiging.MACHTIGEN
    assert actor(middel, **wie, **{dienst: "bewind"}).machtiging is Machtiging.BEWIND
    for ander in ({dienst: "belastingdienst"}, {}):
        with pytest.raises(LoginMislukt) as fout:
            actor(middel, **wie, **ander)
        assert "niet voor deze site" in fout.value.tekst


def test_eidas_is_a_person_with_a_bsn(tmp_path: Path):
    middel = lees(tmp_path, **EIDAS)
    hoog = "http://eidas.europa.eu/LoA/high"
    assert actor(middel, bsn=JEROEN, acr=hoog).partij == Partij.inwoner(JEROEN)
    with pytest.raises(GeenBsn):
        actor(middel, acr=hoog, sub="FR/NL/1234")
    with pytest.raises(NiveauTeLaag) as fout:
        actor(middel, bsn=JEROEN, acr="http://eidas.europa.eu/LoA/low")
    assert "eIDAS Substantieel" in fout.value.tekst


def test_a_minimum_may_be_raised(tmp_path: Path):
    middel = lees(tmp_path, minimum="substantieel", **SIGNICAT)
    assert actor(middel, nin=JEROEN, loa="loa-3").niveau == "loa-3"
    with pytest.raises(NiveauTeLaag) as fout:
        actor(middel, nin=JEROEN, loa="loa-2")
    assert "DigiD Substantieel nodig. Doe eerst een ID-check" in fout.value.tekst


@pytest.mark.parametrize("soort", ["digid", "eherkenning", "eidas"])
def test_the_lowest_level_that_gives_an_assurance(tmp_path: Path, soort: str):
    middel = lees(tmp_path, code=soort, soort=soort)
    for nodig in Zekerheid:
        niveau = middel.lowest_for(nodig)
        assert niveau is not None
        assert niveau.zekerheid.rang >= nodig.rang
        assert middel.is_hoog_genoeg(niveau.waarde)


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"minimum": "basis"}, "lager dan midden"),
        ({"soort": "eherkenning", "code": "eherkenning", "minimum": "eh2plus"}, "lager dan eh3"),
        ({"soort": "eidas", "code": "eidas", "minimum": "low"}, "lager dan substantial"),
        ({"minimum": "torenhoog"}, "onbekend niveau"),
        ({"niveaus": {"midden": "x", "basis": "x"}}, "dezelfde waarde"),
        ({"issuer": "http://broker.example"}, "https://"),
        ({"geheim_variabele": "BESTAAT_NIET"}, "ontbreekt"),
        ({"geheim_variabele": ""}, "geheim_variabele of geheim_bestand"),
        ({"client_secret": "hoort-hier-niet"}, "client_secret"),
        ({"claims": {"bsnn": "x"}}, "bsnn"),
        ({"code": "terug"}, "al van iets anders"),
        ({"code": "medewerker"}, "al van iets anders"),
        ({"type": "saml"}, "type saml vraagt een deel saml"),
        ({"type": "oauth1"}, "type"),
        ({"issuer": ""}, "type oidc vraagt issuer"),
        ({"teksten": {"link": "javascript:alert(1)"}}, "link"),
    ],
    ids=str,
)
def test_a_file_that_is_not_right_stops_the_start(tmp_path: Path, anders: dict[str, Any], zin: str):
    with pytest.raises(ImproperlyConfigured, match=zin) as fout:
        lees(tmp_path, **anders)
    assert "ELOKET_MIDDELEN_BESTAND" in str(fout.value)
    assert "hoort-hier-niet" not in str(fout.value)


def test_an_issuer_of_the_environment_is_over_https_in_production():
    anders = {"omgeving": Omgeving.PRODUCTIE, "digid_issuer": "http://inloggen.test"}
    with (
        override_settings(ELOKET=settings.ELOKET.model_copy(update=anders)),
        pytest.raises(ImproperlyConfigured, match="ELOKET_DIGID_ISSUER moet met https:// beginnen"),
    ):
        list_middelen()


def test_a_code_stands_for_one_means(tmp_path: Path):
    with pytest.raises(ImproperlyConfigured, match="twee keer"):
        load_middelen(schrijf(tmp_path, {}, {}), is_productie=True)
    with pytest.raises(ImproperlyConfigured, match="kan niet worden gelezen"):
        load_middelen(tmp_path / "weg.yaml", is_productie=True)


def test_a_secret_from_a_file_of_its_own(tmp_path: Path):
    (tmp_path / "geheim").write_text("uit-een-bestand\n", encoding="utf-8")
    middel = lees(tmp_path, geheim_variabele="", geheim_bestand=str(tmp_path / "geheim"))
    assert middel.client_secret == "uit-een-bestand"


def test_the_login_page_shows_them_in_their_order(tmp_path: Path):
    eigen = {"titel": "Uit <Europa>", "uitleg": "Met uw eigen middel."}
    staf = {"code": "medewerker", "soort": "medewerker"}
    pad = schrijf(tmp_path, EIDAS | {"teksten": eigen}, {"teksten": {"naam": "DigiD (proef)"}}, staf)
    with override_settings(ELOKET=settings.ELOKET.model_copy(update={"middelen_bestand": pad})):
        html = Client().get("/inloggen/").content.decode()
        assert [een.code for een in list_middelen()] == ["eidas", "digid", "medewerker"]
        assert get_middel("eherkenning") is None
        assert middel_naam("digid") == "DigiD (proef)"
    assert html.index("Uit &lt;Europa&gt;") < html.index("Inloggen met DigiD (proef)")
    assert "Inloggen met eHerkenning" not in html
    assert "/inloggen/medewerker/" not in html
    assert middel_naam("weg") == "een ander inlogmiddel"
