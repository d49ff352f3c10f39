"""What went to whom about a zaak: per party, nothing of another one, and with what was opened."""

import io
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader

from eloket.berichten.queries import list_berichten
from eloket.berichten.service import mark_read, mark_unread, send_bericht
from eloket.documenten.queries import list_alle_versies
from eloket.identity.types import Actor, Partij
from eloket.kernel.klok import nu, op_moment, schrijf_moment
from eloket.notifications.openen import mark_opened
from eloket.notifications.service import enqueue
from eloket.notifications.types import NotificatieSoort
from eloket.notifications.verantwoorden.levensloop import Stand
from eloket.notifications.verantwoorden.verzendbewijs import TITEL, make_verzendbewijs
from eloket.notifications.verantwoorden.verzending import (
    ZONDER_INLOGGEN,
    Stuk,
    VanPartij,
    get_verzending,
    list_verzending,
)
from eloket.zaken import service as zaken
from eloket.zaken.access import get_zaak_for
from eloket.zaken.types import Zaak
from tests.huis import bestand, inwoner, medewerker, met_nepbronnen, onderneming, partij_van
from tests.pdf import text_of_pdf
from tests.web.portaal import zaak_van

pytestmark = pytest.mark.django_db
GEOPEND = "Voor het eerst geopend door de ontvanger."


@pytest.fixture
def zaak():
    with met_nepbronnen():
        yield zaak_van(inwoner(), "Bijzondere bijstand")


def write(afzender: Actor, zaak: Zaak) -> str:
    send_bericht(afzender, zaak.ref, tekst="Geheim", sleutel=uuid.uuid4().hex)
    return str(zaak.ref)


def mine(zaak: Zaak, actor: Actor | None = None) -> VanPartij:
    return get_verzending(zaak, partij_van(actor or inwoner()))


def of_staff(zaak: Zaak) -> tuple[VanPartij, ...]:
    nu_zaak = get_zaak_for(medewerker(), zaak.ref)
    return list_verzending(nu_zaak, list_alle_versies(str(zaak.ref)))


def message(zaak: Zaak) -> Stuk:
    (een,) = (stuk for stuk in mine(zaak).stukken if stuk.titel.startswith("Bericht van de gemeente"))
    return een


def test_who_is_in_two_roles_is_shown_once(zaak):
    nu_zaak = get_zaak_for(medewerker(), zaak.ref)
    (rol,) = nu_zaak.betrokkenen
    dubbel = replace(nu_zaak, betrokkenen=(rol, replace(rol, roltype="belanghebbende")))
    assert [een.rol for een in list_verzending(dubbel, ())] == ["initiator"]


def test_a_message_stands_with_its_notification(zaak):
    write(medewerker(), zaak)
    stuk = message(zaak)
    assert [stap.tekst for stap in stuk.stappen] == ["Verstuurd: het bericht staat klaar in Mijn omgeving."]
    assert stuk.is_ongeopend
    (melding,) = stuk.meldingen
    assert (melding.titel, melding.stand) == ("Er staat een bericht voor u klaar", Stand.GEEN_MAIL)
    assert sum(melding in een.meldingen for een in mine(zaak).stukken) == 1


def test_the_first_opening_counts_also_when_it_was_marked_as_unread_later(zaak):
    write(medewerker(), zaak)
    eerst = nu()
    with op_moment(eerst):
        mark_read(inwoner(), zaak.ref)
    with op_moment(eerst + timedelta(hours=1)):
        mark_unread(inwoner(), zaak.ref, _gesprek(zaak))
        mark_read(inwoner(), zaak.ref)
    stuk = message(zaak)
    assert (stuk.stappen[1].moment, stuk.stappen[1].tekst) == (eerst, GEOPEND)
    assert not stuk.is_ongeopend
    with op_moment(eerst + timedelta(hours=2)):
        mark_unread(inwoner(), zaak.ref, _gesprek(zaak))
    assert message(zaak).stappen[1].moment == eerst


def _gesprek(zaak: Zaak) -> str:
    return list_berichten(zaak.ref, partij=None)[0].gesprek_id


def test_a_message_to_the_municipality_was_received(zaak):
    write(inwoner(), zaak)
    (stuk,) = (een for een in mine(zaak).stukken if een.titel.startswith("Bericht aan de gemeente"))
    assert [stap.tekst for stap in stuk.stappen] == ["Ontvangen door de gemeente."]
    mark_read(medewerker(), zaak.ref)
    (stuk,) = (een for een in mine(zaak).stukken if een.titel.startswith("Bericht aan de gemeente"))
    assert stuk.stappen[1].tekst == "Gelezen door de gemeente."


def test_a_document_of_the_municipality_is_opened_by_each_party_for_itself(zaak):
    document = zaken.add_documenten(medewerker(), zaak.ref, (bestand("besluit.pdf"),)).toegevoegd[0]
    mark_opened(Partij.inwoner("999993653"), zaak.ref, [document.id])
    (stuk,) = (een for een in mine(zaak).stukken if een.titel.startswith("Document van de gemeente"))
    assert stuk.is_ongeopend
    mark_opened(partij_van(inwoner()), zaak.ref, [document.id])
    (stuk,) = (een for een in mine(zaak).stukken if een.titel.startswith("Document van de gemeente"))
    assert stuk.stappen[1].tekst == GEOPEND


def test_the_oldest_comes_first(zaak):
    write(medewerker(), zaak)
    write(inwoner(), zaak)
    momenten = [stuk.moment for stuk in mine(zaak).stukken]
    assert momenten == sorted(momenten)
    assert len(momenten) >= 3  # the receipt of the zaak, two messages, and what is told about them


def test_a_branch_gets_nothing_of_the_whole_business_or_of_another_branch():
    tak, ander, heel = (
        onderneming(vestiging="000012345678"),
        onderneming(vestiging="000087654321"),
        onderneming(),
    )
    with met_nepbronnen():
        zaak = zaak_van(tak)
        for actor in (tak, ander, heel):
            enqueue(
                NotificatieSoort.STATUS_GEWIJZIGD,
                betrokkene_key=partij_van(actor).profiel_key,
                zaak_ref=str(zaak.ref),
            )
        van = {
            naam: [een.betrokkene_key for stuk in mine(zaak, actor).stukken for een in stuk.meldingen]
            for naam, actor in (("tak", tak), ("heel", heel))
        }
        assert set(van["tak"]) == {partij_van(tak).profiel_key}
        assert set(van["heel"]) == {partij_van(tak).profiel_key, partij_van(heel).profiel_key}


def test_staff_sees_everybody_and_nothing_is_left_out(zaak):
    """Also what went to who is in no role: a report without a login, a party that left."""
    enqueue(NotificatieSoort.STATUS_GEWIJZIGD, betrokkene_key="iemand", zaak_ref=str(zaak.ref))
    partijen = of_staff(zaak)
    assert [een.rol for een in partijen] == ["initiator", ""]
    assert partijen[1].naam == ZONDER_INLOGGEN
    assert sum(len(stuk.meldingen) for een in partijen for stuk in een.stukken) == 2


def test_the_afschrift_is_accessible_and_says_when_without_what_or_where(zaak):
    write(medewerker(), zaak)
    mark_read(inwoner(), zaak.ref)
    pdf = make_verzendbewijs(zaak, mine(zaak), gemeente="Gemeente Voorbeeld", moment=nu())
    lezer = PdfReader(io.BytesIO(pdf))
    assert b"pdfuaid" in pdf
    assert lezer.metadata is not None
    assert lezer.metadata.title == TITEL
    tekst = text_of_pdf(pdf)
    for zin in (
        TITEL,
        zaak.identificatie,
        GEOPEND,
        schrijf_moment(message(zaak).moment),
        "Geen e-mail: er was",
    ):
        assert zin in tekst
    assert "Geheim" not in tekst
    assert "@" not in tekst


def test_an_afschrift_of_nothing_says_so(zaak):
    pdf = make_verzendbewijs(zaak, VanPartij("", "", ()), gemeente="Gemeente Voorbeeld", moment=nu())
    assert "Er is nog niets verstuurd" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_the_number_of_queries_does_not_grow(zaak, django_assert_max_num_queries):
    for _ in range(3):
        write(medewerker(), zaak)
    nu_zaak = get_zaak_for(medewerker(), zaak.ref)
    documenten = list_alle_versies(str(zaak.ref))
    with django_assert_max_num_queries(4):
        list_verzending(nu_zaak, documenten)
