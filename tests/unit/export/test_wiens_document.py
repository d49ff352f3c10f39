"""Whose a document is decides who takes it along: the same rule as on the page (zaken.betrokkenen)."""

from dataclasses import replace
from typing import Any

import pytest

from eloket.documenten import service as documenten
from eloket.documenten.testing import FakeDocumentBron
from eloket.documenten.types import DocumentInzage
from eloket.export.zaakdeel import collect_zaak
from eloket.identity.testing import gemachtigde
from eloket.identity.types import Actor
from eloket.zaken import service as zaken
from eloket.zaken.betrokkenen import find_sender, is_document_of
from eloket.zaken.testing import FakeZaakBron
from eloket.zaken.types import Zaak
from tests.huis import bestand, inwoner, met_nepbronnen, onderneming, partij_van
from tests.web.portaal import ANDER, BUUR, rol_van, zaak_met, zaak_van

pytestmark = pytest.mark.django_db
JEROEN = inwoner()


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


def send(wie: Actor, zaak: Zaak, naam: str = "a.txt", inhoud: bytes = b"inhoud") -> DocumentInzage:
    return zaken.add_documenten(wie, zaak.ref, (bestand(naam, inhoud),)).toegevoegd[0]


def taken_along(wie: Actor, zaak: Zaak) -> list[str]:
    gegevens: Any = collect_zaak(wie, zaak.ref, with_gaps=False).gegevens
    return [een["bestandsnaam"] for een in gegevens["zaakinformatieobjecten"]]


def as_of_before(document: DocumentInzage) -> None:
    """As a release wrote it that did not keep whose it was."""
    forget(document)
    in_the_source().append(replace(document, betrokkene_key="", vestiging_key=""))


def forget(document: DocumentInzage) -> None:
    in_the_source().remove(document)


def in_the_source() -> list[DocumentInzage]:
    bron = documenten.configured_bron()
    assert isinstance(bron, FakeDocumentBron)
    return bron._documenten


def test_who_acts_for_another_in_the_same_zaak_does_not_take_along_what_they_sent_for_them(
    bron: FakeZaakBron,
):
    """One person, two parties: their own zaak, in which they also send something for the neighbour."""
    zaak = zaak_met(bron, BUUR)
    namens = replace(gemachtigde(ANDER), key=JEROEN.key)
    send(namens, zaak, "voor de buurman.txt")
    assert taken_along(JEROEN, zaak) == []
    assert taken_along(BUUR, zaak) == ["voor de buurman.txt"]


def test_what_somebody_sent_who_left_the_zaak_is_not_of_who_is_alone_in_it_now(bron: FakeZaakBron):
    zaak = zaak_met(bron, BUUR)
    send(BUUR, zaak)
    bron._zaken[zaak.ref.id] = replace(zaak, betrokkenen=zaak.betrokkenen[:1])
    assert taken_along(JEROEN, zaak) == []


def test_a_receipt_that_names_the_same_content_gives_nobody_the_document_of_another(bron: FakeZaakBron):
    """It was moved out of the zaak, and then the other sent the same."""
    zaak = zaak_met(bron, BUUR)
    forget(send(JEROEN, zaak))
    send(BUUR, zaak, "van buur.txt")
    assert (taken_along(JEROEN, zaak), taken_along(BUUR, zaak)) == ([], ["van buur.txt"])


def test_of_an_earlier_release_a_receipt_still_tells_whose_it_is(bron: FakeZaakBron):
    bakker = onderneming()
    zaak = zaak_met(bron, bakker)
    as_of_before(send(bakker, zaak, "van de bakker.txt"))
    assert taken_along(bakker, zaak) == ["van de bakker.txt"]
    assert taken_along(JEROEN, zaak) == []


def test_what_a_report_without_a_login_brought_is_not_of_the_only_one_who_is_named_in_it(bron: FakeZaakBron):
    zaak = zaak_van(JEROEN)
    document = replace(send(JEROEN, zaak), betrokkene_key="", auteur_key="", auteur_naam="")
    for genoemd in (BUUR, onderneming()):
        rol = replace(rol_van(genoemd), is_onderneming=genoemd is not BUUR)
        melding = replace(zaak, betrokkenen=(rol,))
        assert not is_document_of(partij_van(genoemd), melding, document)
        assert find_sender(melding, document) is None
