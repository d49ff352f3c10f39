"""A document of one betrokkene that moves to another zaak: who is told, and who reads its title."""

import pytest

from eloket.identity.types import Actor
from eloket.notifications.models import Notificatie
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.errors import AndereAanvrager
from eloket.zaken.models import GebeurtenisRegel
from eloket.zaken.testing import FakeZaakBron
from eloket.zaken.types import Zaak
from tests.huis import bestand, inwoner, medewerker, onderneming, partij_van
from tests.web.portaal import BUUR, zaak_met, zaak_van

pytestmark = pytest.mark.django_db
JEROEN = inwoner()
WEG = "Wij hebben een document verplaatst naar een andere zaak"
ERBIJ = "Wij hebben een document toegevoegd"
TITEL = "Zienswijze Buurman"


def move(van: Zaak, naar: Zaak, wie: Actor = BUUR) -> None:
    """Somebody sent it in one zaak, and a civil servant moves it to another."""
    document = zaken.add_documenten(wie, van.ref, (bestand(f"{TITEL}.pdf"),)).toegevoegd[0]
    Notificatie.objects.all().delete()
    GebeurtenisRegel.objects.all().delete()
    zaken.move_document(
        medewerker(), van.ref, document.id, naar=naar.identificatie, ook_andere_aanvrager=True
    )


def read(zaak: Zaak, wie: Actor | None) -> list[str]:
    partij = partij_van(wie) if wie else None
    return [een.tekst for een in queries.list_gebeurtenissen(zaak, partij=partij)]


def told() -> set[tuple[str, str, str]]:
    return set(Notificatie.objects.values_list("soort", "partij_key", "zaak_ref"))


def test_who_sent_it_is_told_with_its_title_and_the_applicant_reads_no_title(nepbron: FakeZaakBron):
    zaak, tweede = zaak_met(nepbron, BUUR), zaak_van(JEROEN)
    move(zaak, tweede)
    assert read(zaak, BUUR) == [f"{WEG}: {TITEL}"]
    assert read(zaak, JEROEN) == [WEG]
    assert read(tweede, JEROEN) == [ERBIJ]
    assert told() == {
        ("document_verplaatst", partij_van(BUUR).key, str(zaak.ref)),
        ("document_toegevoegd", partij_van(JEROEN).key, str(tweede.ref)),
    }


def test_who_has_a_part_in_both_zaken_reads_where_it_went_and_the_applicant_does_not(nepbron: FakeZaakBron):
    zaak, tweede = zaak_met(nepbron, BUUR), zaak_met(nepbron, BUUR)
    move(zaak, tweede)
    assert read(zaak, BUUR) == [
        f"Wij hebben een document verplaatst naar uw zaak {tweede.identificatie}: {TITEL}"
    ]
    assert read(tweede, BUUR) == [
        f"Wij hebben een document verplaatst uit uw zaak {zaak.identificatie}: {TITEL}"
    ]
    assert (read(zaak, JEROEN), read(tweede, JEROEN)) == ([WEG], [ERBIJ])
    assert told() == {("document_verplaatst", partij_van(BUUR).key, str(zaak.ref))}


def test_a_branch_is_told_and_another_branch_of_the_business_is_not(nepbron: FakeZaakBron):
    een, twee = onderneming(vestiging="000000000001"), onderneming(vestiging="000000000002")
    zaak, tweede = zaak_met(nepbron, een, twee), zaak_van(JEROEN)
    move(zaak, tweede, een)
    assert read(zaak, een) == [f"{WEG}: {TITEL}"]
    assert read(zaak, twee) == [WEG]
    assert ("document_verplaatst", partij_van(een).profiel_key, str(zaak.ref)) in told()
    assert len(told()) == 2


def test_a_civil_servant_reads_which_document_it_was_in_both_zaken(nepbron: FakeZaakBron):
    zaak, tweede = zaak_met(nepbron, BUUR), zaak_van(JEROEN)
    move(zaak, tweede)
    assert read(zaak, None) == [f"{WEG}: {TITEL}"]
    assert read(tweede, None) == [f"{ERBIJ}: {TITEL}"]


def test_moving_to_where_somebody_else_can_read_it_must_be_confirmed_also_with_the_same_applicant(
    nepbron: FakeZaakBron,
):
    zaak, met_buur = zaak_van(JEROEN), zaak_met(nepbron, BUUR)
    document = zaken.add_documenten(JEROEN, zaak.ref, (bestand(),)).toegevoegd[0]
    with pytest.raises(AndereAanvrager):
        zaken.move_document(medewerker(), zaak.ref, document.id, naar=met_buur.identificatie)
    terug = zaken.add_documenten(JEROEN, met_buur.ref, (bestand("terug.txt", b"terug"),)).toegevoegd[0]
    zaken.move_document(medewerker(), met_buur.ref, terug.id, naar=zaak.identificatie)


def test_of_an_earlier_release_the_title_is_for_who_is_alone_in_the_zaak(nepbron: FakeZaakBron):
    alleen, samen = zaak_van(JEROEN), zaak_met(nepbron, BUUR)
    move(alleen, zaak_van(JEROEN), JEROEN)
    GebeurtenisRegel.objects.update(betrokkene_key="", vestiging_key="", voor_anderen="")
    assert TITEL in read(alleen, JEROEN)[0]
    move(samen, alleen)
    GebeurtenisRegel.objects.update(betrokkene_key="", vestiging_key="", voor_anderen="")
    for wie in (JEROEN, BUUR):
        assert read(samen, wie) == ["Wij hebben een document verplaatst"]
