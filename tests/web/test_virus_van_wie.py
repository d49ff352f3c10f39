"""A document in which the scanner finds a virus later on: who is told what depends on whose it is."""

from dataclasses import replace

import pytest

from eloket.audit.models import AuditRegel
from eloket.documenten import service as documenten
from eloket.documenten.events import DocumentBesmet
from eloket.documenten.types import Controle, DocumentInzage, Herkomst
from eloket.identity.types import Actor
from eloket.kernel import events
from eloket.kernel.klok import nu
from eloket.notifications.models import Notificatie
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.types import Aandacht, Zaak
from tests.huis import bestand, inwoner, medewerker, partij_van
from tests.web.portaal import BUUR, client_van, tekst_van

pytestmark = pytest.mark.django_db
JEROEN = inwoner()
VAN_ONS = "In een bestand van de gemeente zit een virus. Niemand kan het openen. U hoeft niets te doen"
VAN_U = "In een bestand dat u stuurde zit een virus. Niemand kan het openen. Stuur een veilig bestand"
NEUTRAAL = "In een bestand bij deze zaak zit een virus. Niemand kan het openen"


def stuur(wie: Actor, zaak: Zaak, naam: str, inhoud: bytes, vervangt: str = "") -> DocumentInzage:
    post = (bestand(naam, inhoud),)
    return zaken.add_documenten(wie, zaak.ref, post, vervangt=vervangt).toegevoegd[0]


def vind_virus(zaak: Zaak, document: DocumentInzage) -> None:
    """As documenten.scannen does it."""
    Notificatie.objects.all().delete()
    events.publish(DocumentBesmet(zaak_ref=str(zaak.ref), document_id=document.id))


def test_that_the_content_of_a_document_was_removed_is_in_the_trail_of_the_zaak(buurzaak: Zaak):
    document = stuur(JEROEN, buurzaak, "foto.jpg", b"een")
    vind_virus(buurzaak, document)
    regel = AuditRegel.objects.get(actie="document.besmet")
    assert (regel.actor_soort, regel.actor_key, regel.object_ref) == ("systeem", "", str(buurzaak.ref))
    assert regel.kenmerken == {"document": document.id}


def laatste(zaak: Zaak, wie: Actor) -> str:
    return queries.list_gebeurtenissen(zaak, partij=partij_van(wie))[-1].tekst


def verteld() -> set[tuple[str, str]]:
    return set(Notificatie.objects.values_list("soort", "partij_key"))


def test_of_a_file_of_the_municipality_nobody_is_told_to_send_another(nepbron, buurzaak):
    besluit = stuur(medewerker(), buurzaak, "besluit.txt", b"besluit")
    vind_virus(buurzaak, besluit)
    assert verteld() == set()
    assert laatste(buurzaak, JEROEN) == laatste(buurzaak, BUUR) == VAN_ONS
    assert Aandacht.DOCUMENT in nepbron.get_zaak(buurzaak.ref.id).aandacht


def test_of_the_copy_of_a_form_neither(buurzaak):
    klaar = documenten.prepare((bestand("kopie.txt", b"kopie"),), zaak_ref="", moment=nu()).goed[0]
    kopie = documenten.add_document(
        zaak_ref=str(buurzaak.ref),
        bestand=klaar,
        herkomst=Herkomst.GEMEENTE,
        auteur_key=partij_van(JEROEN).key,
        auteur_naam="Gemeente",
        moment=nu(),
    )
    vind_virus(buurzaak, kopie)
    assert verteld() == set()
    assert laatste(buurzaak, JEROEN) == VAN_ONS


def test_who_sent_it_is_told_and_the_others_only_that_it_is_there(buurzaak):
    vind_virus(buurzaak, stuur(BUUR, buurzaak, "zienswijze.txt", b"ziek"))
    assert verteld() == {("taak_afgekeurd", partij_van(BUUR).key)}
    assert (laatste(buurzaak, BUUR), laatste(buurzaak, JEROEN)) == (VAN_U, NEUTRAAL)


def test_who_sent_a_next_version_has_nothing_to_send(buurzaak):
    eerste = stuur(JEROEN, buurzaak, "a.txt", b"een")
    zaken.accept_document(
        medewerker(), buurzaak.ref, eerste.id, documenttype="Foto", vertrouwelijkheid="intern"
    )
    stuur(medewerker(), buurzaak, "b.txt", b"twee", vervangt=eerste.id)
    vind_virus(buurzaak, eerste)
    assert verteld() == set()
    assert "oudere versie" in laatste(buurzaak, JEROEN)


def test_the_page_asks_for_a_safe_file_of_who_sent_it_only(buurzaak, monkeypatch):
    alle = (
        stuur(BUUR, buurzaak, "zienswijze.txt", b"ziek"),
        stuur(medewerker(), buurzaak, "besluit.txt", b"ook ziek"),
    )
    nep = documenten.configured_bron()
    besmet = tuple(replace(een, controle=Controle.BESMET) for een in alle)
    monkeypatch.setattr(nep, "list_voor_aanvrager", lambda _ref: besmet)
    for wie, hoe_vaak in ((JEROEN, 0), (BUUR, 1)):
        pagina = tekst_van(client_van(wie).get(f"/mijn/zaken/{buurzaak.ref}/"))
        assert pagina.count("Stuur een veilig bestand.") == hoe_vaak
        assert pagina.count("In dit bestand zit een virus. Niemand kan het openen.") == 2
