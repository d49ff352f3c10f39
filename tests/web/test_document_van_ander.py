"""A document of one betrokkene: who is told what became of it, who is asked again, and what the others read."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from eloket.documenten.types import DocumentInzage
from eloket.identity.testing import gemachtigde
from eloket.identity.types import Actor
from eloket.kernel.klok import vandaag
from eloket.notifications.models import Notificatie
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.betrokkenen import find_sender
from eloket.zaken.errors import AanvraagOngeldig
from eloket.zaken.types import Zaak
from tests.huis import bestand, inwoner, medewerker, onderneming, partij_van
from tests.web.portaal import ANDER, BUUR, client_van, rol_van, tekst_van, zaak_met

pytestmark = pytest.mark.django_db
REDEN = "De brief is niet ondertekend."


def stuur(actor: Actor, zaak: Zaak, naam: str = "Zienswijze Buurman.pdf") -> DocumentInzage:
    return zaken.add_documenten(actor, zaak.ref, (bestand(naam),)).toegevoegd[0]


def keur_af(zaak: Zaak, document: DocumentInzage, deadline: date | None = None) -> str:
    Notificatie.objects.all().delete()
    return zaken.refuse_document(medewerker(), zaak.ref, document.id, reden=REDEN, deadline=deadline)


def verteld() -> set[tuple[str, str]]:
    return set(Notificatie.objects.values_list("soort", "partij_key"))


def over(dagen: int) -> date:
    return vandaag() + timedelta(days=dagen)


def test_who_sent_it_is_told_and_asked_again_and_the_applicant_is_not(nepbron):
    zaak = zaak_met(nepbron, BUUR)
    taak = keur_af(zaak, stuur(BUUR, zaak), over(7))
    buur = partij_van(BUUR)
    assert verteld() == {("taak_afgekeurd", buur.key), ("document_gevraagd", buur.key)}
    assert [een.id for een in queries.list_taken_van_zaak(zaak.ref, partij=buur)] == [taak]
    assert queries.list_taken_van_zaak(zaak.ref, partij=partij_van(inwoner())) == ()


def test_the_reason_is_read_by_who_sent_it_only(nepbron):
    zaak = zaak_met(nepbron, BUUR)
    keur_af(zaak, stuur(BUUR, zaak))
    pad = f"/mijn/zaken/{zaak.ref}/"
    van_buur, van_jeroen = (tekst_van(client_van(wie).get(pad)) for wie in (BUUR, inwoner()))
    assert REDEN in van_buur
    assert REDEN not in van_jeroen
    assert "Van iemand anders bij deze zaak" in van_jeroen
    assert "Van iemand anders bij deze zaak" not in van_buur


@pytest.mark.parametrize(
    ("wie", "afzender"),
    [
        (BUUR, gemachtigde(ANDER, door="999990044")),
        (onderneming(vestiging="000000000002"), onderneming(vestiging="000000000002")),
    ],
    ids=["gemachtigde", "contactpersoon"],
)
def test_what_was_sent_for_a_party_is_of_that_party(nepbron, wie: Actor, afzender: Actor):
    zaak = zaak_met(nepbron, wie, aanvrager=onderneming(vestiging="000000000001"))
    keur_af(zaak, stuur(afzender, zaak), over(7))
    assert {key for _, key in verteld()} == {partij_van(wie).profiel_key}


def test_of_who_is_not_in_the_zaak_any_more_nobody_else_is_told_the_reason(nepbron):
    zaak = zaak_met(nepbron, BUUR)
    document = stuur(BUUR, zaak)
    nepbron._zaken[zaak.ref.id] = replace(nepbron.get_zaak(zaak.ref.id), betrokkenen=zaak.betrokkenen[:1])
    with pytest.raises(AanvraagOngeldig):
        keur_af(zaak, document, over(7))
    keur_af(zaak, document)
    assert verteld() == set()
    assert REDEN not in tekst_van(client_van(inwoner()).get(f"/mijn/zaken/{zaak.ref}/"))


def test_asked_again_in_the_same_words_are_two_requests_for_two_betrokkenen(nepbron):
    zaak = zaak_met(nepbron, BUUR)
    velden: dict[str, Any] = {"titel": "Uw brief", "toelichting": "", "deadline": over(5)}
    eerste = zaken.ask_document(medewerker(), zaak.ref, **velden)
    tweede = zaken.ask_document(medewerker(), zaak.ref, **velden, van=rol_van(BUUR))
    assert eerste != tweede
    assert zaken.ask_document(medewerker(), zaak.ref, **velden, van=rol_van(BUUR)) == tweede
    zaken.withdraw_taak(medewerker(), zaak.ref, tweede)
    assert ("taak_ingetrokken", partij_van(BUUR).key) in verteld()
    assert ("taak_ingetrokken", partij_van(inwoner()).key) not in verteld()


def test_of_an_earlier_release_only_what_the_author_tells_counts(nepbron):
    zaak = zaak_met(nepbron, BUUR)
    oud = replace(stuur(BUUR, zaak), betrokkene_key="", vestiging_key="")
    assert find_sender(zaak, oud) == rol_van(BUUR)
    door_een_ander = replace(oud, auteur_key="pseudoniem", auteur_naam="G. Machtigd namens B. Buurman")
    assert find_sender(zaak, door_een_ander) is None
    alleen = replace(zaak, betrokkenen=(rol_van(BUUR),))
    assert find_sender(alleen, door_een_ander) == rol_van(BUUR)
    assert find_sender(alleen, replace(door_een_ander, auteur_naam="A. Onbekend")) is None
