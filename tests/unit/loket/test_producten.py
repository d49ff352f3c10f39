"""The products: what comes with E-loket is right, and a wrong file is refused with the place of the mistake."""

from pathlib import Path

import pytest
import yaml

from eloket.loket.errors import ProductenOngeldig, ProductNietGevonden
from eloket.loket.lezer import read_producten
from eloket.loket.queries import get_product, list_producten, search_producten
from eloket.loket.types import Product
from eloket.sources.register.zaaktypen import MEEGELEVERD as ZAAKTYPEN
from eloket.zaken.zaaktypen import ZaakTypeDefinitie
from tests.unit.loket.voorbeelden import definities

GOED = """\
titel: Kapvergunning
samenvatting: Wilt u een boom kappen?
thema: wonen
voor: [inwoner]
nodig:
  - De plaats van de boom.
termijn: Binnen 8 weken.
kosten: U betaalt ook als u de vergunning niet krijgt.
tarieven:
  - {omschrijving: Een boom, cent: 7500}
daarna:
  - U leest ons besluit.
zaaktype: KAPVERGUNNING
"""


def zaaktypen() -> dict[str, ZaakTypeDefinitie]:
    paden = [pad for pad in ZAAKTYPEN.glob("*.yaml") if pad.name != "afdelingen.yaml"]
    bestanden = [ZaakTypeDefinitie.model_validate(yaml.safe_load(pad.read_text())) for pad in paden]
    return {bestand.identificatie: bestand for bestand in bestanden}


def test_elk_zaaktype_heeft_een_product():
    assert {p.inhoud.zaaktype for p in list_producten()} == set(zaaktypen()) - {"BEZWAAR_WOZ"}
    assert len(list_producten()) == 11


def test_bezwaar_over_de_woz_waarde_is_een_zaaktype_van_bezwaar_maken():
    definitie = definities()["bezwaar-maken"]
    assert definitie.zaak is not None
    assert [een.zaaktype for een in definitie.zaak.anders] == ["BEZWAAR_WOZ"]
    assert zaaktypen()["BEZWAAR_WOZ"].doorlooptijd_dagen <= zaaktypen()["BEZWAAR"].doorlooptijd_dagen


@pytest.mark.parametrize("product", list_producten(), ids=lambda product: product.slug)
def test_de_termijn_is_die_van_het_zaaktype(product: Product):
    zaaktype = zaaktypen()[product.inhoud.zaaktype]
    assert product.inhoud.titel.startswith(zaaktype.omschrijving)  # `Klacht` of `Klacht indienen`
    if maanden := zaaktype.doorlooptijd_maanden:
        assert f"hoogstens {maanden} maand" in product.inhoud.termijn
        assert f"verlengen met {zaaktype.verlenging_maanden} maanden" in product.inhoud.termijn
    else:
        assert f"hoogstens {zaaktype.doorlooptijd_dagen // 7} weken" in product.inhoud.termijn
        assert zaaktype.doorlooptijd_dagen % 7 == 0
    norm = zaaktype.servicenorm_dagen
    assert norm
    assert f"binnen {f'{norm} dagen' if norm % 7 else f'{norm // 7} weken'}" in product.inhoud.termijn


def test_zoeken_vindt_elk_woord_ook_zonder_hoofdletters_en_accenten():
    assert [p.slug for p in search_producten("LANTAARN")] == ["melding-openbare-ruimte"]
    assert {p.slug for p in search_producten("bóom")} == {"kapvergunning", "melding-openbare-ruimte"}
    assert [p.slug for p in search_producten("boom kappen")] == ["kapvergunning"]
    assert search_producten("boom paspoort") == ()
    assert search_producten("  ") == list_producten()


@pytest.mark.parametrize(
    ("zoek", "slug"),
    [
        ("parkeervergnning", "parkeervergunning"),
        ("kapen boom", "kapvergunning"),
        ("evenemnt", "evenementenvergunning"),
        ("gehandicaptenparkeerkart", "gehandicaptenparkeerkaart"),
        ("verhuisen", "verhuizing-doorgeven"),
        ("bijstant", "bijzondere-bijstand"),
        ("buurtfeets", "evenementenvergunning"),
        ("lantaren", "melding-openbare-ruimte"),
        ("Subsidi GELUIT", "subsidie-geluidsisolatie"),
        ("klahct", "klacht-indienen"),
    ],
)
def test_zoeken_vergeeft_typefouten(zoek: str, slug: str):
    assert slug in [p.slug for p in search_producten(zoek)]
    assert len(search_producten(zoek)) <= 3


@pytest.mark.parametrize(
    "zoek", ["zzzz", "paspoort", "trouwen", "hond", "rijbewijs", "q", "?!", "x" * 100, "boom paspoort", "\0"]
)
def test_zoeken_verzint_niets(zoek: str):
    assert search_producten(zoek) == ()


def test_wat_precies_klopt_gaat_voor_wat_erop_lijkt():
    assert [p.slug for p in search_producten("boom kappen")] == ["kapvergunning"]
    assert {p.slug for p in search_producten("vergunnig")} == {p.slug for p in search_producten("vergunning")}


def test_een_onbekend_product_bestaat_niet():
    with pytest.raises(ProductNietGevonden):
        get_product("paspoort")


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding"),
    [
        ("thema: wonen", "thema: tuin", "kapvergunning.yaml, regel 3, thema: kies uit: 'buurt', 'parkeren'"),
        (
            "cent: 7500",
            "cent: 75.0",
            "kapvergunning.yaml, regel 10, tarieven.1.cent: moet een heel getal zijn",
        ),
        ("cent: 7500", "cent: -1", "regel 10, tarieven.1.cent: moet 0 of hoger zijn"),
        ("titel: Kapvergunning", "naam: Kapvergunning", "regel 1, titel: ontbreekt"),
        ("titel: Kapvergunning", "titel: K\nlogo: x", "regel 2, logo: dit veld kennen wij niet"),
        ("voor: [inwoner]", "voor: []", "regel 4, voor: heeft er te weinig (minstens 1)"),
        ("zaaktype: KAP", "formulier: Quiz!\nzaaktype: KAP", "regel 13, formulier: heeft niet de goede vorm"),
        ("voor: [inwoner]", "voor: [inwoner", "dit is geen geldige YAML"),
        ("titel: Kapvergunning", "titel: Waar?: en", "regel 1: dit is geen geldige YAML"),
    ],
)
def test_een_fout_bestand_wijst_naar_bestand_regel_en_veld(
    tmp_path: Path, oud: str, nieuw: str, melding: str
):
    assert oud in GOED
    (tmp_path / "kapvergunning.yaml").write_text(GOED.replace(oud, nieuw))
    with pytest.raises(ProductenOngeldig) as gevangen:
        read_producten(tmp_path)
    assert melding in gevangen.value.tekst


def test_alle_fouten_tegelijk_en_een_goed_bestand_is_goed(tmp_path: Path):
    (tmp_path / "kapvergunning.yaml").write_text(GOED)
    assert read_producten(tmp_path)[0].slug == "kapvergunning"
    (tmp_path / "Kap vergunning.yaml").write_text(GOED)
    (tmp_path / "leeg.yaml").write_text("")
    with pytest.raises(ProductenOngeldig) as gevangen:
        read_producten(tmp_path)
    assert [fout.partition(":")[0] for fout in gevangen.value.fouten] == ["Kap vergunning.yaml", "leeg.yaml"]


def test_een_lege_map_is_een_fout(tmp_path: Path):
    with pytest.raises(ProductenOngeldig, match="producten-ongeldig") as gevangen:
        read_producten(tmp_path)
    assert "er staan geen producten" in gevangen.value.tekst
