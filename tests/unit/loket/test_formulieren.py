"""The forms that come with the product: each sample goes all the way, and what they refer to exists."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
import yaml

from eloket.documenten.queries import list_documenten
from eloket.documenten.types import Aangeboden
from eloket.identity.niveaus import Zekerheid
from eloket.identity.types import Actor, Soort
from eloket.kernel.klok import vandaag
from eloket.loket import service
from eloket.loket.concepten import digest
from eloket.loket.formulier.basis import Bestand, Omgeving, Wie
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.doorloop import Doorloop, doorloop, inputs_of
from eloket.loket.formulier.samengesteld import BestandVeld, InhoudVeld
from eloket.loket.formulier.voorwaarden import evaluate
from eloket.loket.queries import get_formulier_for, list_producten
from eloket.loket.stapinvoer import Knop, StapPost
from eloket.loket.versies import load_meegeleverd, read_meegeleverd
from eloket.loket.versturen import submit
from eloket.loket.vullen import carry_over, prefill
from eloket.sources.register.bron import RegisterBron
from eloket.sources.register.zaaktypen import MEEGELEVERD as ZAAKTYPEN
from eloket.zaken.zaaktypen import ZaakTypeDefinitie
from tests.huis import PDF, bestand, inwoner, onderneming
from tests.unit.loket.voorbeelden import (
    Voorbeeld,
    VoorbeeldStap,
    as_text,
    definities,
    to_inputs,
    voorbeelden,
)

_ACTOREN = {
    Wie.INWONER: replace(inwoner(), zekerheid=Zekerheid.SUBSTANTIEEL),
    Wie.ONDERNEMING: replace(onderneming("69599084"), zekerheid=Zekerheid.SUBSTANTIEEL),  # EH3
    Wie.ANONIEM: Actor(Soort.ANONIEM, "browser-1", "", "", ""),
}
alle_voorbeelden = pytest.mark.parametrize(
    ("slug", "voorbeeld"), voorbeelden(), ids=[f"{slug}: {een.naam}" for slug, een in voorbeelden()]
)
elk_formulier = pytest.mark.parametrize("slug", sorted(definities()))


def zaaktypen() -> dict[str, ZaakTypeDefinitie]:
    paden = [pad for pad in ZAAKTYPEN.glob("*.yaml") if pad.name != "afdelingen.yaml"]
    alle = [ZaakTypeDefinitie.model_validate(yaml.safe_load(pad.read_text())) for pad in paden]
    return {een.identificatie: een for een in alle}


def can_become(definitie: Definitie) -> set[str]:
    zaak = definitie.zaak
    return {zaak.zaaktype, *(een.zaaktype for een in zaak.anders)} if zaak else set()


# --- what the forms refer to ---


def test_the_eleven_products_can_all_be_done_online():
    assert len(list_producten()) == 11
    assert {een.inhoud.formulier for een in list_producten()} <= definities().keys()


@pytest.mark.django_db
def test_every_form_is_published_and_proven():
    assert load_meegeleverd() == len(definities()) == len(read_meegeleverd())
    assert load_meegeleverd() == 0


def test_every_form_belongs_to_a_product():
    van_producten = {een.inhoud.formulier for een in list_producten()}
    checks = {een.inhoud.check for een in list_producten()} - {None}
    assert {slug for slug, een in definities().items() if not een.is_check} == van_producten
    assert {slug for slug, een in definities().items() if een.is_check} == checks


@elk_formulier
def test_what_a_form_becomes_exists(slug: str):
    definitie = definities()[slug]
    assert can_become(definitie) <= zaaktypen().keys()
    for _, veld in definitie.velden():
        if isinstance(veld, BestandVeld):
            assert veld.documenttype, veld.id
            for zaaktype in can_become(definitie):
                assert veld.documenttype in zaaktypen()[zaaktype].documenttypen, veld.id


@elk_formulier
def test_an_outcome_leads_to_a_form_that_takes_the_answers_along(slug: str):
    definitie = definities()[slug]
    for uitkomst in definitie.uitkomsten:
        if uitkomst.formulier:
            doel = definities()[uitkomst.formulier]
            mee = carry_over(definitie, {veld.id: ["x"] for _, veld in definitie.velden()}, doel)
            assert mee, uitkomst.titel
            for naam in mee:
                van, naar = definitie.get_veld(naam), doel.get_veld(naam)
                assert getattr(van, "opties", None) == getattr(naar, "opties", None)
                assert getattr(van, "label", None) == getattr(naar, "label", None)


@elk_formulier
def test_a_form_has_samples_of_two_ways_and_of_each_kind_of_visitor(slug: str):
    eigen = [een for van, een in voorbeelden() if van == slug]
    assert len(eigen) >= 2
    if not definities()[slug].is_check:
        assert {een.wie for een in eigen} == set(definities()[slug].wie)


@elk_formulier
def test_texts_are_written_to_the_reader(slug: str):
    """B1: `u`, no placeholder that was forgotten, and an explanation that is short enough to be read."""
    for _, veld in definities()[slug].velden():
        tekst = " ".join(veld.tekst) if isinstance(veld, InhoudVeld) else f"{veld.label} {veld.uitleg}"
        assert not {"je", "jij", "jouw", "TODO"} & set(tekst.split()), tekst
        for zin in tekst.replace("?", ".").replace(":", ".").split(". "):
            assert len(zin.split()) <= 22, zin


# --- the samples ---


def walk(slug: str, voorbeeld: Voorbeeld, stappen: tuple[VoorbeeldStap, ...]) -> Doorloop:
    actor, definitie = _ACTOREN[voorbeeld.wie], definities()[slug]
    invoer = prefill(actor, definitie)
    klaar: dict[str, tuple[Bestand, ...]] = {}
    for stap in stappen:
        invoer |= to_inputs(stap.invoer, vandaag())
        klaar |= {
            veld: tuple(Bestand(str(n), f"{veld}-{n}.pdf", 10) for n in range(aantal))
            for veld, aantal in stap.bestanden.items()
        }
    return doorloop(definitie, invoer, Omgeving(voorbeeld.wie, vandaag(), klaar))


def shown(loop: Doorloop) -> list[str]:
    return [een.stap.id for een in loop.zichtbaar]


@pytest.mark.django_db
@alle_voorbeelden
def test_a_sample_goes_through_its_steps_and_no_other(slug: str, voorbeeld: Voorbeeld):
    loop = walk(slug, voorbeeld, voorbeeld.stappen)
    assert [(een.stap.id, een.fouten, een.is_gestopt) for een in loop.zichtbaar if not een.is_goed] == []
    assert shown(loop) == [een.stap for een in voorbeeld.stappen]
    if definities()[slug].is_check:
        uitkomst = next(een for een in loop.definitie.uitkomsten if evaluate(een.als, loop.antwoorden))
        assert (uitkomst.titel, uitkomst.formulier or "") == (voorbeeld.uitkomst, voorbeeld.formulier)
    else:
        assert (loop.zaaktype, loop.onderwerp) == (voorbeeld.zaaktype, voorbeeld.onderwerp)


@pytest.mark.django_db
@alle_voorbeelden
def test_a_sample_that_stops_halfway_is_not_done(slug: str, voorbeeld: Voorbeeld):
    halverwege = voorbeeld.stappen[:-1]
    loop = walk(slug, voorbeeld, halverwege)
    volgende = loop.volgende(frozenset(een.stap for een in halverwege))
    assert volgende is not None
    assert volgende.stap.id == voorbeeld.stappen[-1].stap


aanvragen = [(slug, een) for slug, een in voorbeelden() if not een.uitkomst]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "voorbeeld"), aanvragen, ids=[f"{slug}: {een.naam}" for slug, een in aanvragen]
)
def test_a_sample_becomes_a_zaak_with_everything_in_it(slug: str, voorbeeld: Voorbeeld):
    RegisterBron().import_zaaktypen()
    load_meegeleverd()
    actor = _ACTOREN[voorbeeld.wie]
    concept = service.start_concept(actor, slug, sleutel="v" * 32)
    for stap in voorbeeld.stappen:
        nu = get_formulier_for(actor, concept.id)
        assert nu.volgende is not None
        assert nu.volgende.stap.id == stap.stap
        # The page sends what was filled in beforehand as well.
        invoer = dict(nu.concept.invoer) | to_inputs(stap.invoer, vandaag())
        gezien = digest(nu.concept.invoer, inputs_of(nu.volgende, nu.concept.invoer))
        bewaard = service.save_stap(actor, concept.id, post(stap, invoer, gezien))
        assert (bewaard.geweigerd, bewaard.is_achter) == ((), False)
        assert bewaard.stap.fouten == ()
        concept = bewaard.formulier.concept
    verklaringen = [een.id for een in definities()[slug].verklaringen]
    inzending = submit(actor, concept.id, revisie=concept.revisie, verklaringen=verklaringen)
    assert inzending.concept.zaak_ref is not None
    zaak = RegisterBron().get_zaak(inzending.concept.zaak_ref.id)
    assert (zaak.zaaktype, zaak.omschrijving) == (voorbeeld.zaaktype, voorbeeld.onderwerp)
    kenmerken = dict(zaak.kenmerken)
    for vraag, antwoord in voorbeeld.kenmerken.items():
        assert kenmerken[vraag] == as_text(antwoord, vandaag())
    assert "dit telt niet mee" not in str(zaak)
    documenten = list_documenten(str(zaak.ref))
    assert len(documenten) == voorbeeld.documenten
    assert all(een.documenttype in zaak.documenttypen for een in documenten)


@pytest.mark.django_db
def test_a_file_is_kept_of_a_field_that_an_answer_of_the_same_page_brings_up():
    """Without JavaScript, the choice `lease` and the file that it asks for come in one post."""
    RegisterBron().import_zaaktypen()
    load_meegeleverd()
    actor = _ACTOREN[Wie.INWONER]
    concept = service.start_concept(actor, "parkeervergunning", sleutel="v" * 32)
    stap = VoorbeeldStap(stap="auto", bestanden={"verklaring": 1})
    bewaard = service.save_stap(actor, concept.id, post(stap, {"op_naam": ["lease"], "kenteken": ["?"]}, ""))
    assert [naam for naam, _ in bewaard.stap.fouten] == ["kenteken", "ingang-dag"]
    bewaard = service.save_stap(actor, concept.id, post(stap, {"op_naam": ["zelf"]}, ""))
    assert "verklaring" not in bewaard.formulier.loop.antwoorden


def post(stap: VoorbeeldStap, invoer: Mapping[str, Sequence[str]], gezien: str) -> StapPost:
    bestanden = {
        veld: tuple(some_file(f"{veld}-{nummer}", is_foto="foto" in veld) for nummer in range(aantal))
        for veld, aantal in stap.bestanden.items()
    }
    return StapPost(stap.stap, invoer, Knop.parse("verder"), "v1", gezien, bestanden)


def some_file(naam: str, *, is_foto: bool) -> Aangeboden:
    """A file with content of its own: the same content twice in a zaak is one document."""
    if is_foto:
        png = (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", naam.encode().ljust(17, b"\0"), b"\0\0\0\0IEND\xaeB`\x82")
        return bestand(f"{naam}.png", b"".join(png))
    return bestand(f"{naam}.pdf", PDF.replace(b"%%EOF", f"% {naam}\n%%EOF".encode()))
