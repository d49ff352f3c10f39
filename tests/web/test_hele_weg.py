"""Whole ways through the parts around notifications, as people go them: what one part does is seen in all others."""

import io
import re
import uuid
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from eloket.berichten.service import send_bericht
from eloket.beschikbaarheid import service as storingen
from eloket.beschikbaarheid.types import Wat
from eloket.identity.types import Recht
from eloket.kernel.klok import nu, op_moment, vandaag
from eloket.notifications.bezorgen import bezorging
from eloket.notifications.bezorgen.samenstellen import compose
from eloket.notifications.brieven import bundels
from eloket.notifications.brieven.adressen import find_adressen
from eloket.notifications.brieven.overnemen import take_over_waiting
from eloket.notifications.models import Notificatie
from eloket.notifications.retour.verwerken import verwerk
from eloket.notifications.types import Bezorging, NotificatieSoort
from eloket.profile import service as profile
from eloket.profile.testing import FakePersonenBron
from eloket.zaken import service as zaken
from eloket.zaken.types import Zaak
from tests.pdf import text_of_pdf
from tests.uitwijken import ADRES, bounce, give_address, send_all
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, text_of, zaak_pad

pytestmark = pytest.mark.django_db
DINSDAG = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
UUR, DAG = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def huis() -> Stadhuis:
    profile.configure(FakePersonenBron())
    huis = build_stadhuis()
    give_address(huis.jeroen)
    return huis


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def dossier_of(client: Client, zaak: Zaak, waar: str = "mijn") -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(client.get(f"/{waar}/zaken/{zaak.ref}/dossier/"))))


def test_a_dead_address_leads_to_an_alert_a_letter_and_contact_to_restore(huis, mailoutbox):
    zaak = huis.start("Dakkapel")
    [ontvangst] = send_all()
    send_bericht(huis.mila, zaak.ref, tekst="Geheim", sleutel=uuid.uuid4().hex)
    compose(nu(), 100)  # this mail waits when the one before it comes back
    verwerk(bounce(ontvangst))
    jeroen, mila = client_of(huis.jeroen), client_of(huis.mila)
    assert "Uw e-mailadres werkt niet" in text_of(jeroen.get("/mijn/"))
    zaken.ask_document(huis.mila, zaak.ref, titel="Foto", toelichting="", deadline=nu().date() + 9 * DAG)
    for zending_id in bezorging.claim(nu(), "w", 10):
        assert bezorging.deliver(zending_id, "w") is Bezorging.MISLUKT
    assert len(mailoutbox) == 1
    assert take_over_waiting(nu()) == 2
    assert find_adressen(nu()) == 1
    assert "Dakkapel" in text_of(mila.get("/werkplek/contact-herstellen/"))
    assert "1 brief" in plain(text_of(mila.get("/werkplek/brieven/")))
    verzending = plain(text_of(mila.get(zaak_pad(zaak.ref, "?deel=verzending"))))
    assert verzending.count("Brief gemaakt, omdat e-mail niet lukte.") == 2
    verdeler = replace(huis.mila, rechten=huis.mila.rechten | {Recht.VERDELEN})
    assert not any("/brieven/" in naam for naam in dossier_of(jeroen, zaak).namelist())
    bundels.mark_posted(verdeler, bundels.make_bundel(verdeler), vandaag())
    dossier = dossier_of(jeroen, zaak)
    (brief,) = (naam for naam in dossier.namelist() if "/brieven/" in naam)
    assert "Er staat iets voor u klaar" in text_of_pdf(dossier.read(brief))
    assert any("/brieven/" in naam for naam in dossier_of(mila, zaak, "werkplek").namelist())
    bewijs = text_of_pdf(dossier.read(next(naam for naam in dossier.namelist() if "/bewijs/" in naam)))
    assert bewijs.count("Brief gemaakt, omdat e-mail niet lukte.") == 2
    assert ADRES not in verzending + bewijs


def test_a_term_that_an_outage_moved_is_the_same_everywhere(huis):
    with op_moment(DINSDAG - 14 * DAG):
        zaak = huis.start("Dakkapel")
        zaken.ask_document(huis.mila, zaak.ref, titel="Foto", toelichting="", deadline=date(2026, 11, 4))
    with op_moment(DINSDAG + 3 * UUR):
        storingen.record_gemeten(Wat.PORTAAL, DINSDAG, DINSDAG + 3 * UUR)
        while zaken.extend_taken(nu()):
            pass
        rij = Notificatie.objects.get(soort=NotificatieSoort.STORING_VERLENGD)
        assert rij.context["deadline"] == "2026-11-04"
        jeroen, mila = client_of(huis.jeroen), client_of(huis.mila)
        for wie, pad in (
            (jeroen, f"/mijn/zaken/{zaak.ref}/"),
            (jeroen, "/mijn/taken/"),
            (mila, zaak_pad(zaak.ref, "?deel=vragen")),
        ):
            pagina = plain(text_of(wie.get(pad)))
            assert "vóór 5 november 2026" in pagina
            assert "Op 3 november 2026 werkte deze site niet" in pagina
        assert "meer tijd gegeven" in plain(text_of(mila.get(zaak_pad(zaak.ref, "?deel=historie"))))
        assert "U krijgt meer tijd" in plain(text_of(mila.get(zaak_pad(zaak.ref, "?deel=verzending"))))
        vraag = re.search(
            r'href="(/mijn/zaken/[^"]+/vragen/[^"]+/agenda\.ics)"', text_of(jeroen.get("/mijn/taken/"))
        )
        assert vraag
        afspraak: Any
        [afspraak] = Calendar.from_ical(text_of(jeroen.get(vraag[1]))).walk("VEVENT")
        assert afspraak["DTSTART"].dt == date(2026, 11, 4)


def test_marked_unread_stays_opened_in_the_proof(huis):
    zaak = huis.start("Dakkapel")
    send_bericht(huis.mila, zaak.ref, tekst="Geheim", sleutel=uuid.uuid4().hex)
    jeroen, mila = client_of(huis.jeroen), client_of(huis.mila)
    html = text_of(jeroen.get("/mijn/berichten/"))
    gevonden = re.search(r'href="(/mijn/berichten/[^"/]+/[^"/]+/)"', html)
    assert gevonden
    pad = gevonden[1]
    jeroen.get(pad)
    assert jeroen.post(pad + "ongelezen/").status_code == 303
    assert "Voor het eerst geopend door de ontvanger" in plain(
        text_of(mila.get(zaak_pad(zaak.ref, "?deel=verzending")))
    )
