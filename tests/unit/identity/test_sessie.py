"""What the tables hold, and who may be known from them."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test.utils import override_settings

from eloket.identity import service
from eloket.identity.access import get_medewerker, list_medewerkers
from eloket.identity.actor import actor_from_dict, actor_to_dict
from eloket.identity.models import Afdeling, Medewerker, Sessie
from eloket.identity.sessie import ACTOR, SessionStore, purge_sessies
from eloket.identity.simulatie import personas, sleutels
from eloket.identity.simulatie.personas import Persona
from eloket.identity.testing import inwoner, medewerker, onderneming
from eloket.identity.types import Partij
from eloket.kernel import klok
from eloket.kernel.errors import BronOnbereikbaar, NietGevonden
from tests.unit.identity.klokken import Klok

OUD, NIEUW = "o" * 40, "n" * 40


@pytest.mark.parametrize(
    "actor", [inwoner, onderneming, lambda: onderneming(vestigingsnummer="000037178598"), medewerker]
)
def test_een_actor_overleeft_de_sessie(actor):
    assert actor_from_dict(actor_to_dict(actor())) == actor()


@pytest.mark.django_db
def test_een_sessie_blijft_leesbaar_na_het_wisselen_van_het_geheim():
    with override_settings(ELOKET=settings.ELOKET.model_copy(update={"secrets": (OUD,)})):
        sessie = SessionStore()
        sessie["a"] = 1
        sessie.save()
    with override_settings(ELOKET=settings.ELOKET.model_copy(update={"secrets": (NIEUW, OUD)})):
        assert SessionStore(sessie.session_key)["a"] == 1
    with override_settings(ELOKET=settings.ELOKET.model_copy(update={"secrets": (NIEUW,)})):
        assert "a" not in SessionStore(sessie.session_key)


@pytest.mark.django_db
def test_opruimen_haalt_weg_wat_een_dag_geleden_eindigde(monkeypatch: pytest.MonkeyPatch):
    tijd = Klok(monkeypatch)
    sessie = SessionStore()
    sessie[ACTOR] = actor_to_dict(inwoner())
    sessie.save()
    assert purge_sessies(klok.nu() + timedelta(hours=24, minutes=14)) == 0
    tijd.ga_verder(hours=24, minutes=16)
    assert purge_sessies(klok.nu()) == 1
    assert not Sessie.objects.exists()


@pytest.mark.django_db
def test_medewerkers_van_een_afdeling():
    a, b = (Afdeling.objects.create(code=code, naam=code) for code in ("a", "b"))
    piet = Medewerker.objects.create(subject="p", naam="Piet")
    piet.afdelingen.set([a, b])
    weg = Medewerker.objects.create(subject="w", naam="Weg", is_actief=False)
    weg.afdelingen.add(a)
    assert [m.naam for m in list_medewerkers(["a", "b"])] == ["Piet"]
    assert get_medewerker(piet.pk).afdelingen == {"a", "b"}
    assert get_medewerker(weg.pk).is_actief is False
    with pytest.raises(NietGevonden):
        get_medewerker(0)


def test_de_naambron_mag_uitvallen(monkeypatch: pytest.MonkeyPatch):
    class Kapot:
        def naam_van(self, partij: Partij) -> str:
            raise BronOnbereikbaar("personen")

    monkeypatch.setattr(service, "_naam_bron", Kapot())
    assert service._naam_van(Partij.inwoner("999990019")) == ""


def test_een_code_van_de_simulatie_werkt_een_keer_en_een_minuut(monkeypatch: pytest.MonkeyPatch):
    tijd = Klok(monkeypatch)
    code = sleutels.seal("code", {"sub": "x"}, sleutels.CODE_GELDIG)
    assert sleutels.unseal("code", code) == {"sub": "x"}
    assert sleutels.unseal("vraag", code) is None
    assert sleutels.unseal("code", code[:-4] + "AAA=") is None
    assert [sleutels.spend(code), sleutels.spend(code)] == [True, False]
    tijd.ga_verder(seconds=61)
    assert sleutels.unseal("code", code) is None


def test_twee_personas_met_een_sub_is_een_fout():
    with pytest.raises(ValueError, match="twee keer"):
        personas.configure([Persona("digid", "x", "A", "", {}), Persona("digid", "x", "B", "", {})])
    personas.configure([])
