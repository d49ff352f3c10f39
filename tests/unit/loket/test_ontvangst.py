"""The proof of receipt: a mail, and a PDF that everybody can read, for who sent the form and in the zaak."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from eloket.documenten import service as documenten
from eloket.documenten.queries import list_documenten
from eloket.documenten.types import Beoordeling, Herkomst
from eloket.kernel import klok
from eloket.kernel.errors import BronOnbereikbaar
from eloket.loket import bewijzen
from eloket.loket.access import get_concept_for
from eloket.loket.bewijzen import add_bewijzen, make_bewijs
from eloket.loket.formulier.doorloop import Antwoord
from eloket.loket.models import Concept
from eloket.loket.types import ConceptInzage
from eloket.notifications.bezorgen.bezorging import claim, deliver
from eloket.notifications.bezorgen.samenstellen import compose
from eloket.notifications.models import Notificatie
from eloket.notifications.types import NotificatieSoort
from eloket.zaken.events import DocumentToegevoegd
from tests.huis import inwoner
from tests.pdf import text_of_pdf
from tests.unit.loket.melding import anoniem, fill, send
from tests.unit.loket.test_bewaartijd import mail_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loket")]
CONTACT = {"email": ["melder@voorbeeld.nl"]}


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


# --- mail ---


def test_who_logged_in_and_wants_mail_gets_the_time_of_receipt():
    mail_to(inwoner())
    concept = send(inwoner()).concept
    mail = Notificatie.objects.get()
    assert (mail.soort, mail.zaak_ref) == (NotificatieSoort.ZAAK_ONTVANGEN, str(concept.zaak_ref))


def test_who_did_not_log_in_gets_it_at_the_address_that_they_filled_in(mailoutbox):
    inzending = send(anoniem(), fill(anoniem(), contact=CONTACT))
    compose(klok.nu(), 9)
    deliver(claim(klok.nu(), "w", 9)[0], "w")
    assert [mail.to for mail in mailoutbox] == [["melder@voorbeeld.nl"]]
    tekst = str(mailoutbox[0].body)
    assert inzending.concept.verstuurd_op
    assert f"ontvangen op {klok.schrijf_moment(inzending.concept.verstuurd_op)}" in tekst
    assert "/loket/volgen/" in tekst
    for geheim in (inzending.code, inzending.concept.zaaknummer, "Lindelaan", "straatverlichting"):
        assert geheim not in tekst
        assert geheim not in mailoutbox[0].alternatives[0][0]


def test_without_an_address_there_is_no_mail():
    send(anoniem(), fill(anoniem()))
    assert not Notificatie.objects.exists()


def test_sending_twice_gives_one_mail():
    concept = fill(anoniem(), contact=CONTACT)
    send(anoniem(), concept)
    send(anoniem(), concept)
    assert Notificatie.objects.count() == 1


def test_nobody_can_be_flooded_with_receipts():
    for nummer in range(7):
        wie = anoniem(f"browser-{nummer}")
        contact = {"email": ["Melder@voorbeeld.nl" if nummer % 2 else "melder@VOORBEELD.nl"]}
        send(wie, fill(wie, contact=contact))
    assert Notificatie.objects.count() == 5
    with klok.op_moment(klok.nu() + timedelta(days=1, minutes=1)):
        send(anoniem("later"), fill(anoniem("later"), contact=CONTACT))
    assert Notificatie.objects.count() == 6


# --- the PDF ---

LASTIG = {
    "aanhalingstekens en opmaak": "*vet* _schuin_ #let x = 1 $a^2$ <label> @ref \\ // /* */ `code` [haken]",
    "rechts naar links": "שלום עולם مرحبا بالعالم",
    "emoji": "Kapot 💡 bij de 🌳",
    "andere schriften": "Łódź, Ærø, ſtraße, Ελλάδα, Київ",
    "lang woord": "a" * 400,
}


@pytest.mark.parametrize("tekst", LASTIG.values(), ids=LASTIG)
def test_the_pdf_is_tagged_and_holds_every_answer(tekst: str):
    concept = send(inwoner(), fill(inwoner(), mast=["A-17"], omschrijving=[f"{tekst}\nTweede regel"])).concept
    pdf = make_bewijs(concept)
    document = read(pdf)
    catalogus: Any = document.trailer["/Root"]
    assert catalogus["/MarkInfo"]["/Marked"]
    assert catalogus["/Lang"].startswith("nl")
    assert "/StructTreeRoot" in catalogus
    assert catalogus["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata is not None
    assert document.metadata.title == "Melding openbare ruimte"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalogus["/Metadata"].get_data()
    gelezen = text_of_pdf(pdf)
    for deel in (
        concept.zaaknummer,
        "A-17",
        "Lindelaan 12",
        "Een lamp is kapot",
        "Tweede regel",
        "Niet ingevuld",
    ):
        assert deel in gelezen
    if tekst.isascii():
        assert "".join(tekst.split()) in "".join(gelezen.split())


def test_ten_thousand_characters_fit():
    concept = send(inwoner()).concept
    lang = " ".join(f"woord{nummer}" for nummer in range(1200))
    blok = concept.overzicht[0]
    lange = replace(blok, regels=(*blok.regels, Antwoord("Toelichting", lang)))
    pdf = make_bewijs(replace(concept, overzicht=(lange,)))
    assert len(read(pdf).pages) > 1
    assert "woord1199" in text_of_pdf(pdf)


def test_the_pdf_is_the_same_bytes_whenever_it_is_made():
    concept = send(inwoner()).concept
    eerste = make_bewijs(concept)
    with klok.op_moment(klok.nu() + timedelta(days=3)):
        assert make_bewijs(get_concept_for(inwoner(), concept.id)) == eerste


def test_the_pdf_of_who_did_not_log_in_holds_the_code_and_the_one_in_the_zaak_does_not():
    inzending = send(anoniem(), fill(anoniem()))
    assert inzending.code in text_of_pdf(make_bewijs(inzending.concept, code=inzending.code))
    assert inzending.code not in text_of_pdf(make_bewijs(inzending.concept))


def test_in_the_zaak_it_is_of_the_municipality_and_needs_no_judgement(monkeypatch: pytest.MonkeyPatch):
    gemeld: list[object] = []
    monkeypatch.setattr("eloket.kernel.events.publish", gemeld.append)
    concept = send(inwoner()).concept
    gemeld.clear()
    assert add_bewijzen(klok.nu()) == 1
    document = list_documenten(str(concept.zaak_ref))[0]
    assert document.herkomst is Herkomst.GEMEENTE
    assert document.beoordeling is Beoordeling.GEACCEPTEERD
    assert document.bestandsnaam == f"Melding openbare ruimte {concept.zaaknummer}.pdf"
    assert not [een for een in gemeld if isinstance(een, DocumentToegevoegd)], "no mail about their own form"


def test_one_that_fails_stops_no_other_and_is_tried_again_later(monkeypatch: pytest.MonkeyPatch):
    eerste, tweede = send(inwoner()).concept, send(inwoner()).concept
    echt: Callable[..., bytes] = bewijzen.make_bewijs

    def soms(concept: ConceptInzage, **anders: str) -> bytes:
        if concept.id == eerste.id:
            raise ZeroDivisionError
        return echt(concept, **anders)

    nu = klok.nu()
    monkeypatch.setattr(bewijzen, "make_bewijs", soms)
    assert add_bewijzen(nu) == 1
    assert list_documenten(str(tweede.zaak_ref))
    monkeypatch.setattr(bewijzen, "make_bewijs", echt)
    assert add_bewijzen(nu) == 0, "not at once: it would fail every second"
    assert add_bewijzen(nu + timedelta(minutes=10)) == 1
    assert list_documenten(str(eerste.zaak_ref))


def test_storage_that_is_away_costs_no_pdf(monkeypatch: pytest.MonkeyPatch):
    concept = send(inwoner()).concept

    def weg(*_: object, **__: object) -> None:
        raise BronOnbereikbaar("documenten")

    with monkeypatch.context() as even:
        even.setattr(documenten, "prepare", weg)
        assert add_bewijzen(klok.nu()) == 0
    assert Concept.objects.get().bewijs_op is None
    assert add_bewijzen(klok.nu() + timedelta(minutes=10)) == 1
    assert len(list_documenten(str(concept.zaak_ref))) == 1
