"""Two betrokkenen of one zaak: each sees, gets and ticks off only what is their own."""

from datetime import timedelta

import pytest
from django.db import connection

from eloket.berichten.models import Bericht
from eloket.berichten.queries import count_ongelezen, list_berichten
from eloket.berichten.service import mark_read, send_bericht
from eloket.identity.types import Actor
from eloket.kernel.klok import vandaag
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.models import Taak
from eloket.zaken.testing import FakeZaakBron
from eloket.zaken.types import Betrokkene, Zaak
from tests.huis import bestand, inwoner, medewerker, met_nepbronnen, onderneming, partij_van
from tests.web.portaal import client_van, tekst_van, zaak_van

pytestmark = pytest.mark.django_db
BUUR = inwoner("999990020", "B. Buurman")
NOORD, ZUID = onderneming(vestiging="000000000001"), onderneming(vestiging="000000000002")


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


def voeg_toe(bron: FakeZaakBron, zaak: Zaak, actor: Actor) -> None:
    """Give somebody a part in the zaak, as a belanghebbende."""
    partij = partij_van(actor)
    rol = Betrokkene("belanghebbende", partij.key, partij.vestiging_key, actor.naam, is_onderneming=False)
    bron.add_betrokkene(zaak.ref.id, rol)


def vraag(zaak: Zaak) -> str:
    return zaken.ask_document(
        medewerker(), zaak.ref, titel="Uw loonstrook", toelichting="", deadline=vandaag() + timedelta(days=9)
    )


def test_een_ander_bij_dezelfde_zaak_ziet_niet_wat_van_de_aanvrager_is_gevraagd(bron):
    zaak = zaak_van(inwoner())
    voeg_toe(bron, zaak, BUUR)
    taak = vraag(zaak)
    pagina = tekst_van(client_van(BUUR).get(f"/mijn/zaken/{zaak.ref}/?voeg-toe={taak}"))
    assert "Uw loonstrook" not in pagina
    assert "Wacht op u" not in tekst_van(client_van(BUUR).get("/mijn/zaken/"))
    assert "Uw loonstrook" in tekst_van(client_van(inwoner()).get(f"/mijn/zaken/{zaak.ref}/"))
    assert queries.refs_met_open_taak((zaak.ref,), partij_van(BUUR)) == frozenset()
    assert queries.refs_met_open_taak((zaak.ref,), partij_van(inwoner())) == {zaak.ref}


@pytest.mark.parametrize("met_id", [True, False])
def test_een_bestand_van_een_ander_vervult_de_taak_niet(bron, met_id):
    zaak = zaak_van(inwoner())
    voeg_toe(bron, zaak, BUUR)
    taak = vraag(zaak)
    ontvangst = zaken.add_documenten(BUUR, zaak.ref, (bestand(),), taak_id=taak if met_id else "")
    assert ontvangst.vervulde_taken == ()
    assert Taak.objects.get().vervuld_op is None
    eigen = zaken.add_documenten(inwoner(), zaak.ref, (bestand(inhoud=b"%PDF-1.4\nanders"),), taak_id=taak)
    assert eigen.vervulde_taken == ("Uw loonstrook",)


def test_de_tijdlijn_zegt_een_ander_niet_dat_en_wat_er_is_gevraagd(bron):
    zaak = zaak_van(inwoner())
    voeg_toe(bron, zaak, BUUR)
    taak = vraag(zaak)
    document = zaken.add_documenten(inwoner(), zaak.ref, (bestand(),), taak_id=taak).toegevoegd[0]
    zaken.move_document(
        medewerker(), zaak.ref, document.id, naar=zaak_van(inwoner(), sleutel="2").identificatie
    )
    zaken.withdraw_taak(medewerker(), zaak.ref, taak)
    zaak = bron.get_zaak(zaak.ref.id)
    gezien = {
        wie.key: [een.tekst for een in queries.list_gebeurtenissen(zaak, partij=partij_van(wie))]
        for wie in (BUUR, inwoner())
    }
    assert not any("u " in een or "loonstrook" in een for een in gezien[BUUR.key])
    assert all(een.endswith(": Uw loonstrook") for een in gezien[inwoner().key][-2:])


def test_waar_een_regel_van_de_tijdlijn_over_gaat_staat_versleuteld_in_de_database(bron):
    zaak = zaak_van(inwoner())
    zaken.withdraw_taak(medewerker(), zaak.ref, vraag(zaak))
    with connection.cursor() as cursor:
        cursor.execute("SELECT tekst, onderwerp FROM zaken_gebeurtenis")
        assert "loonstrook" not in str(cursor.fetchall())


def test_een_vestiging_schrijft_en_leest_als_zichzelf_ook_als_een_andere_er_eerder_bij_stond(bron):
    zaak = zaak_van(NOORD)
    voeg_toe(bron, zaak, ZUID)
    send_bericht(ZUID, zaak.ref, tekst="Van zuid", sleutel="z")
    assert Bericht.objects.get().vestiging_key == partij_van(ZUID).vestiging_key
    assert [een.tekst for een in list_berichten(zaak.ref, partij=partij_van(ZUID))] == ["Van zuid"]
    assert list_berichten(zaak.ref, partij=partij_van(NOORD)) == ()


def test_een_vestiging_maakt_de_berichten_van_een_andere_niet_gelezen(bron):
    zaak = zaak_van(NOORD)
    voeg_toe(bron, zaak, ZUID)
    send_bericht(medewerker(), zaak.ref, tekst="Aan noord", sleutel="m")
    assert mark_read(ZUID, zaak.ref) == 0
    assert count_ongelezen(partij_van(NOORD)) == 1


def test_wat_er_is_gevraagd_staat_versleuteld_in_de_database(bron):
    vraag(zaak_van(inwoner()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT titel FROM zaken_taak")
        ((kolom,),) = cursor.fetchall()
    assert "loonstrook" not in kolom
    assert Taak.objects.get().titel == "Uw loonstrook"
