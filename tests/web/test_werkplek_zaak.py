"""The page of a zaak in the werkplek, over HTTP: who sees it, what opening it changes, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eloket.audit.models import AuditRegel
from eloket.berichten import service as berichten
from eloket.berichten.queries import list_berichten
from eloket.documenten import service as documenten
from eloket.documenten.testing import FakeDocumentBron
from eloket.documenten.types import DocumentInzage
from eloket.identity.testing import hidden_field
from eloket.kernel.errors import BronOnbereikbaar
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.types import ZaakRef
from eloket.zaken.werk import WerkFilter
from tests.web.werkplek import PDF, Stadhuis, build_stadhuis, client_of, text_of, title_of, zaak_pad

pytestmark = pytest.mark.django_db
GEEN_ZAAK = ZaakRef("register", "01a20a92-c003-735d-943f-333313090b95")
TAAK = "0f8fad5b-d9cb-469f-a165-70867728950e"
PADEN = (
    "",
    "neem/",
    "status/",
    "bericht/",
    "vraag/",
    f"vraag/{TAAK}/intrekken/",
    "documenten/",
    f"documenten/{TAAK}/openen/",
    f"documenten/{TAAK}/opslaan/",
)
LEZEN = ("", f"documenten/{TAAK}/openen/", f"documenten/{TAAK}/opslaan/")


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


def _nieuw(huis: Stadhuis, ref: ZaakRef) -> tuple[bool, bool]:
    filter = WerkFilter(afdelingen=huis.mila.afdelingen)
    item = next(item for item in queries.list_werkvoorraad(huis.mila, filter).items if item.ref == ref)
    return item.nieuw_bericht, item.nieuw_document


@pytest.mark.parametrize("pad", PADEN)
def test_een_zaak_van_een_andere_afdeling_is_er_niet(huis: Stadhuis, pad: str):
    ref = huis.start().ref
    bo = client_of(huis.bo)
    vraag = bo.get if pad in LEZEN else bo.post
    van_ander, van_niemand = vraag(zaak_pad(ref, pad)), vraag(zaak_pad(GEEN_ZAAK, pad))
    assert van_ander.status_code == van_niemand.status_code == 404
    assert text_of(van_ander) == text_of(van_niemand)
    assert huis.now(ref).versie == 1


@pytest.mark.parametrize("pad", PADEN)
def test_een_inwoner_komt_niet_bij_de_werkplek_ook_niet_bij_de_eigen_zaak(huis: Stadhuis, pad: str):
    ref = huis.start().ref
    jeroen = client_of(huis.jeroen)
    antwoord = (jeroen.get if pad in LEZEN else jeroen.post)(zaak_pad(ref, pad))
    assert antwoord.status_code == 404
    assert text_of(antwoord) == text_of(jeroen.get("/werkplek/bestaat-niet/"))


@pytest.mark.parametrize("ref", ["register-1", "register", "onbekend-1", "-", "register-'; DROP", "nep-x y"])
def test_een_onzinnige_verwijzing_is_er_niet(huis: Stadhuis, ref: str):
    assert client_of(huis.mila).get(f"/werkplek/zaken/{ref}/").status_code == 404


def test_de_pagina_toont_de_zaak(huis: Stadhuis):
    zaak = huis.start("Vergunning Lindelaan", toelichting="Voor mijn\nbestelbus.")
    html = text_of(client_of(huis.mila).get(zaak_pad(zaak.ref)))
    assert zaak.uiterlijke_einddatum is not None
    dagen = (zaak.uiterlijke_einddatum - zaak.startdatum).days
    for tekst in (
        "Vergunning Lindelaan",
        zaak.identificatie,
        "Jeroen van Drouwen",
        "Parkeren en mobiliteit",
        "Voor mijn<br>bestelbus.",
        f"Dag 1 van {dagen}",
        "Nog niemand",
        "Neem in behandeling",
        "Er zijn nog geen documenten bij deze zaak.",
        "Er zijn nog geen berichten over deze zaak.",
        "Zo ziet de aanvrager het: ",
        zaak.statustypen[1].statustekst.splitlines()[0],
    ):
        assert tekst in html, tekst


def test_wie_kijkt_staat_in_het_logboek(huis: Stadhuis):
    ref = huis.start().ref
    client_of(huis.mila).get(zaak_pad(ref))
    regels = AuditRegel.objects.filter(actie="zaak.bekeken", object_ref=str(ref))
    assert [regel.actor_key for regel in regels] == [huis.mila.key]


def test_openen_maakt_gelezen_en_gezien(huis: Stadhuis):
    ref = huis.start().ref
    berichten.send_bericht(huis.jeroen, ref, tekst="Hoe lang nog?", sleutel="s1")
    huis.deliver(ref)
    assert _nieuw(huis, ref) == (True, True)
    client = client_of(huis.mila)
    assert ">Nieuw<" in text_of(client.get(zaak_pad(ref)))
    assert _nieuw(huis, ref) == (False, False)
    assert [bericht.is_gelezen for bericht in list_berichten(ref, partij=None)] == [True]
    assert ">Nieuw<" not in text_of(client.get(zaak_pad(ref)))


@pytest.mark.parametrize("kop", ["Sec-Purpose", "Purpose"])
def test_vooraf_ophalen_is_niet_lezen(huis: Stadhuis, kop: str):
    ref = huis.start().ref
    berichten.send_bericht(huis.jeroen, ref, tekst="Hoe lang nog?", sleutel="s1")
    huis.deliver(ref)
    client = client_of(huis.mila)
    assert client.get(zaak_pad(ref), headers={kop: "prefetch;prerender"}).status_code == 200
    assert client.head(zaak_pad(ref)).status_code == 200
    assert _nieuw(huis, ref) == (True, True)


def test_de_pagina_kost_hoogstens_zestien_vragen_hoeveel_er_ook_gebeurde(huis: Stadhuis):
    ref = huis.start().ref
    client = client_of(huis.mila)
    aantallen = []
    for ronde in range(3):
        for nummer in range(4):
            berichten.send_bericht(huis.jeroen, ref, tekst="Hallo", sleutel=f"{ronde}-{nummer}")
            huis.deliver(ref, inhoud=PDF + f"% {ronde} {nummer}\n".encode())
        client.get(zaak_pad(ref))  # what was new is read now
        with CaptureQueriesContext(connection) as vragen:
            assert client.get(zaak_pad(ref)).status_code == 200
        aantallen.append(len(vragen))
    assert len(set(aantallen)) == 1
    assert aantallen[0] <= 16


def test_wat_een_inwoner_typt_wordt_nooit_opmaak(huis: Stadhuis):
    kwaad = "<script>alert(1)</script>"
    zaak = huis.start(kwaad, toelichting=kwaad)
    berichten.send_bericht(huis.jeroen, zaak.ref, tekst=kwaad, sleutel="s1")
    huis.deliver(zaak.ref, naam="<script>alert(1)<b>.pdf")
    zaken.ask_document(
        huis.mila, zaak.ref, titel=kwaad, toelichting=kwaad, deadline=zaak.startdatum.replace(year=2099)
    )
    html = text_of(client_of(huis.mila).get(zaak_pad(zaak.ref)))
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert") >= 5


class _StukkeBron(FakeDocumentBron):
    def list_documenten(self, zaak_ref: str) -> tuple[DocumentInzage, ...]:
        raise BronOnbereikbaar("de documenten")


def test_documenten_die_niet_komen_worden_genoemd(huis: Stadhuis):
    ref = huis.start("Vergunning Lindelaan").ref
    echt = documenten.configured_bron()
    documenten.configure(_StukkeBron())
    try:
        antwoord = client_of(huis.mila).get(zaak_pad(ref))
    finally:
        documenten.configure(echt)
    assert antwoord.status_code == 200
    html = text_of(antwoord)
    assert "Wij kunnen de documenten nu niet ophalen." in html
    assert "Er zijn nog geen documenten" not in html
    assert "Vergunning Lindelaan" in html


@pytest.mark.parametrize(
    ("pad", "soort", "actie"), [("openen", "inline", "geopend"), ("opslaan", "attachment", "opgeslagen")]
)
def test_een_document_openen_en_opslaan(huis: Stadhuis, pad: str, soort: str, actie: str):
    ref = huis.start().ref
    document = huis.deliver(ref).toegevoegd[0]
    client = client_of(huis.mila)
    href = zaak_pad(ref, f"documenten/{document.id}/{pad}/")
    assert href in text_of(client.get(zaak_pad(ref)))
    antwoord = client.get(href)
    assert antwoord.status_code == 200
    assert antwoord["Content-Disposition"].startswith(soort)
    assert b"".join(antwoord) == PDF
    assert AuditRegel.objects.filter(actie=f"document.{actie}", object_ref=str(ref)).count() == 1


def test_een_document_van_een_andere_zaak_is_er_niet(huis: Stadhuis):
    ref, ander = huis.start().ref, huis.start().ref
    document = huis.deliver(ander).toegevoegd[0]
    for pad in ("openen", "opslaan"):
        assert client_of(huis.mila).get(zaak_pad(ref, f"documenten/{document.id}/{pad}/")).status_code == 404


def test_een_afgeronde_zaak_kan_niet_meer_veranderen_wel_een_bericht(huis: Stadhuis):
    zaak = huis.start()
    huis.close(zaak.ref)
    html = text_of(client_of(huis.mila).get(zaak_pad(zaak.ref)))
    assert "Deze zaak is afgerond." in html
    assert zaak.resultaattypen[0] in html
    assert zaak_pad(zaak.ref, "bericht/") in html
    for pad in ("neem/", "status/", "vraag/", "documenten/"):
        assert f'action="{zaak_pad(zaak.ref, pad)}"' not in html


def test_wat_bewaard_bleef_na_een_verlopen_sessie_staat_er_weer(huis: Stadhuis):
    ref = huis.start().ref
    client = client_of(huis.mila)
    sessie = client.session
    sessie["bewaarde_invoer"] = {
        zaak_pad(ref): {
            "velden": {"bericht": ["Mijn halve antwoord"], "titel": ["Een kopie"], "sleutel": ["abc"]},
            "bestanden": False,
            "te_lang": False,
        }
    }
    sessie.save()
    antwoord = client.get(zaak_pad(ref))
    html = antwoord.content.decode()
    assert "Mijn halve antwoord</textarea>" in html
    assert 'value="Een kopie"' in html
    assert hidden_field(html, "sleutel") == "abc"
    assert not title_of(antwoord).startswith("Fout")
