"""Keeping a form and sending it: nothing typed is lost, and it is sent once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from eloket.documenten import queries as documenten
from eloket.documenten import voorbeelden
from eloket.documenten.types import Aangeboden
from eloket.documenten.upload import bied_aan, tijdelijke_bestanden
from eloket.identity.types import Actor
from eloket.kernel import klok
from eloket.kernel.errors import BronOnbereikbaar
from eloket.loket import service
from eloket.loket.access import get_concept_for
from eloket.loket.errors import ConceptGewijzigd, ConceptNietGevonden, ConceptVerstuurd
from eloket.loket.melding import Melding
from eloket.loket.models import Concept
from eloket.loket.queries import find_open_concept
from eloket.loket.types import ConceptInzage
from eloket.zaken import bronnen
from eloket.zaken import service as zaken
from eloket.zaken.access import get_zaak_for
from eloket.zaken.queries import list_zaken
from eloket.zaken.testing import FakeZaakBron
from eloket.zaken.types import ZaakFilter
from tests.huis import inwoner, medewerker, onderneming

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("zaaktypen")]
PRODUCT = "melding-openbare-ruimte"
LAMP = Melding("lamp", "Lindelaan 12", "De lamp doet het niet.")
BOOM = Melding("groen", "Wilgenpark", "Er hangt een tak los.")


def bewaar(actor: Actor, melding: Melding = LAMP, sleutel: str = "") -> ConceptInzage:
    return service.save_concept(actor, product=PRODUCT, melding=melding, sleutel=sleutel or uuid4().hex)


def zaken_van(actor: Actor) -> int:
    assert actor.partij
    return list_zaken(actor.partij, ZaakFilter()).lopend


def bied(naam: str, inhoud: bytes) -> Aangeboden:
    return bied_aan(naam, [inhoud])


def test_wat_is_ingevuld_staat_versleuteld_en_alleen_voor_wie_het_invulde():
    concept = bewaar(inwoner())
    assert get_concept_for(inwoner(), concept.id).melding == LAMP
    with connection.cursor() as cursor:
        cursor.execute("SELECT antwoorden FROM loket_concept")
        assert "Lindelaan" not in cursor.fetchone()[0]
    for ander in (inwoner("999990020"), onderneming(), medewerker()):
        with pytest.raises(ConceptNietGevonden):
            get_concept_for(ander, concept.id)
        with pytest.raises(ConceptNietGevonden):
            service.update_concept(ander, concept.id, melding=BOOM, revisie=1)
        with pytest.raises(ConceptNietGevonden):
            service.submit_melding(ander, concept.id, revisie=1)
    assert zaken_van(inwoner()) == 0


def test_wie_voor_een_andere_vestiging_inlogt_ziet_het_concept_niet():
    concept = bewaar(onderneming("12345678", "000012345678"))
    with pytest.raises(ConceptNietGevonden):
        get_concept_for(onderneming("12345678", "000087654321"), concept.id)


@pytest.mark.parametrize("concept_id", ["", "x", "../1", "7cedf530-5ba4-40fd-a9e6-9a547a170d3b"])
def test_een_onbekend_nummer_bestaat_niet(concept_id: str):
    with pytest.raises(ConceptNietGevonden):
        get_concept_for(inwoner(), concept_id)


def test_een_dubbele_klik_op_volgende_geeft_een_concept():
    eerste, tweede = (bewaar(inwoner(), sleutel="a" * 32) for _ in range(2))
    assert eerste == tweede
    assert Concept.objects.count() == 1


def test_terug_in_de_browser_en_iets_wijzigen_wijzigt_het_concept():
    eerste = bewaar(inwoner(), sleutel="a" * 32)
    tweede = bewaar(inwoner(), BOOM, sleutel="a" * 32)
    assert (tweede.id, tweede.revisie, tweede.melding) == (eerste.id, 2, BOOM)


def test_een_sleutel_van_een_ander_geeft_een_eigen_concept():
    assert bewaar(inwoner(), sleutel="a" * 32).id != bewaar(inwoner("999990020"), sleutel="a" * 32).id


def test_terug_in_de_browser_na_het_versturen_verliest_geen_nieuwe_tekst():
    eerste = bewaar(inwoner(), sleutel="a" * 32)
    service.submit_melding(inwoner(), eerste.id, revisie=1)
    assert bewaar(inwoner(), sleutel="a" * 32).is_verstuurd
    tweede = bewaar(inwoner(), BOOM, sleutel="a" * 32)
    assert tweede.id != eerste.id
    assert not tweede.is_verstuurd


def test_een_venster_dat_achterloopt_overschrijft_niets():
    concept = bewaar(inwoner())
    nieuw = service.update_concept(inwoner(), concept.id, melding=BOOM, revisie=1)
    assert nieuw.revisie == 2
    with pytest.raises(ConceptGewijzigd):
        service.update_concept(inwoner(), concept.id, melding=Melding("afval", "x", "y"), revisie=1)
    assert get_concept_for(inwoner(), concept.id).melding == BOOM
    assert service.update_concept(inwoner(), concept.id, melding=BOOM, revisie=1).revisie == 2, "dubbele klik"


def test_versturen_maakt_de_zaak_met_de_antwoorden():
    concept = bewaar(inwoner())
    inzending = service.submit_melding(inwoner(), concept.id, revisie=1)
    assert inzending.concept.zaak_ref
    zaak = get_zaak_for(inwoner(), inzending.concept.zaak_ref)
    assert zaak.identificatie == inzending.concept.zaaknummer
    assert zaak.zaaktype == "MOR"
    assert zaak.omschrijving == "Melding openbare ruimte: kapotte straatverlichting Lindelaan 12"
    assert zaak.toelichting == LAMP.omschrijving
    assert zaak.kenmerken == LAMP.kenmerken
    assert zaak.afdeling == "beheer-openbare-ruimte"
    assert zaak.initiator is not None
    assert zaak.initiator.key == inwoner().key


def test_een_vestiging_krijgt_de_zaak_van_haar_eigen_melding():
    actor = onderneming("12345678", "000012345678")
    concept = bewaar(actor)
    ref = service.submit_melding(actor, concept.id, revisie=1).concept.zaak_ref
    assert ref
    assert get_zaak_for(actor, ref).initiator
    assert zaken_van(actor) == 1
    assert zaken_van(onderneming("12345678", "000087654321")) == 0


def test_nog_een_keer_versturen_geeft_dezelfde_zaak():
    concept = bewaar(inwoner())
    eerste = service.submit_melding(inwoner(), concept.id, revisie=1)
    assert service.submit_melding(inwoner(), concept.id, revisie=1) == eerste
    assert zaken_van(inwoner()) == 1
    with pytest.raises(ConceptVerstuurd):
        service.update_concept(inwoner(), concept.id, melding=BOOM, revisie=1)


def test_alleen_de_revisie_die_is_gecontroleerd_gaat_weg():
    concept = bewaar(inwoner())
    service.update_concept(inwoner(), concept.id, melding=BOOM, revisie=1)
    with pytest.raises(ConceptGewijzigd):
        service.submit_melding(inwoner(), concept.id, revisie=1)
    assert zaken_van(inwoner()) == 0


def test_een_bron_die_niet_antwoordt_laat_het_concept_staan(monkeypatch: pytest.MonkeyPatch):
    vorige = bronnen.alle()
    weg = FakeZaakBron()
    monkeypatch.setattr(weg, "start_zaak", lambda *_: (_ for _ in ()).throw(BronOnbereikbaar("register")))
    concept = bewaar(inwoner())
    bronnen.configure(weg)
    try:
        with pytest.raises(BronOnbereikbaar):
            service.submit_melding(inwoner(), concept.id, revisie=1)
    finally:
        bronnen.configure(*vorige)
    assert not get_concept_for(inwoner(), concept.id).is_verstuurd
    assert service.submit_melding(inwoner(), concept.id, revisie=1).concept.is_verstuurd


def test_goede_fotos_gaan_mee_en_van_de_andere_staat_er_waarom_niet():
    concept = bewaar(inwoner())
    bestanden = (
        bied("lamp.jpg", voorbeelden.jpg()),
        bied("brief.pdf", voorbeelden.pdf()),
        bied("nep.png", b"<script>alert(1)</script>"),
        bied("leeg.jpg", b""),
        bied("lamp.heic", voorbeelden.heic()),
    )
    inzending = service.submit_melding(inwoner(), concept.id, revisie=1, bestanden=bestanden)
    staan_er = documenten.list_documenten(str(inzending.concept.zaak_ref))
    assert {document.bestandsnaam for document in staan_er} == {"lamp.jpg", "lamp.heic"}
    assert inzending.fotos == 2
    assert {g.naam: g.code for g in inzending.geweigerd} == {
        "brief.pdf": "foto-soort",
        "nep.png": "foto-soort",
        "leeg.jpg": "document-leeg",
    }
    assert list(tijdelijke_bestanden()) == []


def test_een_vierde_foto_past_er_niet_bij():
    concept = bewaar(inwoner())
    kleuren = tuple(bied(f"{n}.png", voorbeelden.png((n, 0, 0))) for n in range(4))
    inzending = service.submit_melding(inwoner(), concept.id, revisie=1, bestanden=kleuren)
    assert inzending.fotos == 3
    assert [(g.naam, g.code) for g in inzending.geweigerd] == [("3.png", "foto-te-veel")]


def test_dezelfde_foto_twee_keer_versturen_is_geen_fout():
    concept = bewaar(inwoner())
    eerste, tweede = (
        service.submit_melding(
            inwoner(), concept.id, revisie=1, bestanden=(bied("lamp.jpg", voorbeelden.jpg()),)
        )
        for _ in range(2)
    )
    assert eerste == tweede
    assert (eerste.fotos, eerste.geweigerd) == (1, ())
    assert len(documenten.list_documenten(str(eerste.concept.zaak_ref))) == 1


def test_fotos_die_niet_bewaard_konden_worden_kosten_de_melding_niet(monkeypatch: pytest.MonkeyPatch):
    def weg(*_: object) -> None:
        raise BronOnbereikbaar("documenten")

    monkeypatch.setattr(zaken, "add_documenten", weg)
    concept = bewaar(inwoner())
    foto = bied("lamp.jpg", voorbeelden.jpg())
    inzending = service.submit_melding(inwoner(), concept.id, revisie=1, bestanden=(foto,))
    assert inzending.concept.is_verstuurd
    assert inzending.fotos == 0
    assert "‘lamp.jpg’ is niet toegevoegd" in inzending.geweigerd[0].tekst


def test_het_nieuwste_niet_verstuurde_concept_is_terug_te_vinden():
    assert find_open_concept(inwoner(), PRODUCT) is None
    bewaar(inwoner())
    laatste = bewaar(inwoner(), BOOM)
    assert find_open_concept(inwoner(), PRODUCT) == laatste
    assert find_open_concept(inwoner("999990020"), PRODUCT) is None
    service.submit_melding(inwoner(), laatste.id, revisie=1)
    gevonden = find_open_concept(inwoner(), PRODUCT)
    assert gevonden is not None
    assert gevonden.melding == LAMP


def test_na_dertig_dagen_zonder_wijziging_is_een_concept_weg_en_de_zaak_niet():
    nu = klok.nu()
    with klok.op_moment(nu - timedelta(days=30, minutes=1)):
        verstuurd = bewaar(inwoner())
        ref = service.submit_melding(inwoner(), verstuurd.id, revisie=1).concept.zaak_ref
        oud = bewaar(inwoner(), BOOM)
    with klok.op_moment(nu - timedelta(days=29)):
        vers = bewaar(inwoner())
    assert service.ruim_op(nu) == 2
    with pytest.raises(ConceptNietGevonden):
        get_concept_for(inwoner(), oud.id)
    assert get_concept_for(inwoner(), vers.id) == vers
    assert ref
    assert get_zaak_for(inwoner(), ref).is_open
