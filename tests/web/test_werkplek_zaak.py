"""The page of a zaak in the werkplek, over HTTP: who sees it, what opening it changes, and what it costs."""

from dataclasses import replace
from datetime import date, timedelta

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
from eloket.identity.types import Recht
from eloket.kernel.errors import BronOnbereikbaar, NietToegestaan
from eloket.kernel.klok import vandaag
from eloket.workbench.zaken.delen import Deel
from eloket.workbench.zaken.inhoud import load_inhoud, mark_seen
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.types import Aandacht, ZaakRef
from eloket.zaken.werk import WerkFilter
from tests.web.werkplek import PDF, Stadhuis, build_stadhuis, client_of, text_of, title_of, zaak_pad

pytestmark = pytest.mark.django_db
GEEN_ZAAK = ZaakRef("register", "01a20a92-c003-735d-943f-333313090b95")
TAAK = "0f8fad5b-d9cb-469f-a165-70867728950e"
PADEN = (
    "",
    "aanwezig/",
    "neem/",
    "overdragen/",
    "opschorten/",
    "hervatten/",
    "heropenen/",
    "afschermen/",
    "notitie/",
    "status/",
    "bericht/",
    f"gesprek/{TAAK}/ongelezen/",
    "vraag/",
    f"vraag/{TAAK}/intrekken/",
    f"vraag/{TAAK}/goedkeuren/",
    f"vraag/{TAAK}/afkeuren/",
    "documenten/",
    f"documenten/{TAAK}/bekijken/",
    f"documenten/{TAAK}/openen/",
    f"documenten/{TAAK}/opslaan/",
    f"documenten/{TAAK}/goedkeuren/",
    f"documenten/{TAAK}/afkeuren/",
    f"documenten/{TAAK}/verplaatsen/",
    f"documenten/{TAAK}/vervangen/",
)
LEZEN = (
    "",
    "aanwezig/",
    f"documenten/{TAAK}/bekijken/",
    f"documenten/{TAAK}/openen/",
    f"documenten/{TAAK}/opslaan/",
)
DELEN = tuple(Deel)


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
        "Zo ziet de aanvrager de zaak.",
        zaak.statustypen[1].omschrijving,
    ):
        assert tekst in html, tekst


@pytest.mark.parametrize(
    ("deel", "tekst"),
    [
        (Deel.DOCUMENTEN, "Er zijn nog geen documenten bij deze zaak."),
        (Deel.BERICHTEN, "Er zijn nog geen berichten over deze zaak."),
        (Deel.VRAGEN, "Er is nog niets gevraagd."),
        (Deel.NOTITIES, "Alleen voor medewerkers. De aanvrager ziet deze notities nooit."),
        (Deel.HISTORIE, "Jeroen van Drouwen</strong> heeft de zaak gestart"),
        (Deel.STATUS, "Zo ziet de inwoner het"),
        (Deel.OVERDRAGEN, "Omar de Boer"),
        (Deel.TERMIJN, "De uiterste datum is nu"),
        (Deel.HEROPENEN, "Deze zaak is niet afgerond."),
        (Deel.AFSCHERMEN, "De hele afdeling"),
    ],
)
def test_elk_deel_heeft_een_eigen_adres(huis: Stadhuis, deel: Deel, tekst: str):
    antwoord = client_of(huis.mila).get(zaak_pad(huis.start("Vergunning Lindelaan").ref, f"?deel={deel}"))
    assert antwoord.status_code == 200
    assert tekst.replace("Jeroen van Drouwen", "De aanvrager") in text_of(antwoord)
    assert "Vergunning Lindelaan" in title_of(antwoord)


def test_een_onbekend_deel_is_het_overzicht(huis: Stadhuis):
    antwoord = client_of(huis.mila).get(zaak_pad(huis.start().ref, "?deel=bestaat-niet"))
    assert "Gegevens van de zaak" in text_of(antwoord)


def test_wie_de_zaak_ook_open_heeft_staat_erboven(huis: Stadhuis):
    ref = huis.start().ref
    mila, omar = client_of(huis.mila), client_of(huis.omar)
    assert "heeft deze zaak ook open" not in text_of(omar.get(zaak_pad(ref)))
    assert "Omar de Boer heeft deze zaak ook open (sinds " in text_of(mila.get(zaak_pad(ref)))
    regels = mila.get(zaak_pad(ref, "aanwezig/")).json()
    assert regels["regels"][0].startswith("Omar de Boer heeft deze zaak ook open")
    assert regels["versie"] == huis.now(ref).versie


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
    assert "Dit vraagt uw aandacht" in text_of(client.get(zaak_pad(ref)))
    assert _nieuw(huis, ref) == (True, True), "alleen het overzicht is gelezen"
    assert ">Nieuw<" in text_of(client.get(zaak_pad(ref, "?deel=berichten")))
    assert _nieuw(huis, ref) == (False, True)
    assert "Nog te beoordelen" in text_of(client.get(zaak_pad(ref, "?deel=documenten")))
    assert _nieuw(huis, ref) == (False, False)
    assert [bericht.is_gelezen for bericht in list_berichten(ref, partij=None)] == [True]
    assert ">Nieuw<" not in text_of(client.get(zaak_pad(ref, "?deel=berichten")))


def _vraag(huis: Stadhuis, ref: ZaakRef, titel: str) -> str:
    dag = vandaag() + timedelta(days=5)
    return zaken.ask_answer(huis.mila, ref, titel=titel, toelichting="", deadline=dag)


def test_wat_binnenkomt_terwijl_de_pagina_openstaat_blijft_nieuw(huis: Stadhuis):
    """Between what the page shows and what it makes old somebody sends something: nobody saw that."""
    ref = huis.start().ref
    vragen = [_vraag(huis, ref, titel) for titel in ("Hoe vaak?", "Waar?", "Hoe?")]
    huis.deliver(ref)
    zaken.answer_taak(huis.jeroen, ref, vragen[0], antwoord="Elke dag.")
    inhoud = load_inhoud(huis.mila, ref, Deel.VRAGEN)
    huis.deliver(ref, "twee.pdf", PDF + b"2")
    zaken.answer_taak(huis.jeroen, ref, vragen[1], antwoord="Hier.")
    mark_seen(huis.mila, inhoud, Deel.VRAGEN)
    assert _nieuw(huis, ref) == (True, True)
    mark_seen(huis.mila, load_inhoud(huis.mila, ref, Deel.VRAGEN), Deel.VRAGEN)
    assert _nieuw(huis, ref) == (False, False)
    berichten.send_bericht(huis.jeroen, ref, tekst="Hoe lang nog?", sleutel="s1")
    inhoud = load_inhoud(huis.mila, ref, Deel.BERICHTEN)
    zaken.answer_taak(huis.jeroen, ref, vragen[2], antwoord="Zo.")
    mark_seen(huis.mila, inhoud, Deel.BERICHTEN)
    assert [bericht.is_gelezen for bericht in list_berichten(ref, partij=None)] == [True]
    assert _nieuw(huis, ref) == (True, False), "het bericht is gelezen, het antwoord niet"


def test_een_document_dat_ouder_is_en_nu_uit_een_andere_zaak_komt_blijft_nieuw(huis: Stadhuis):
    ander, ref = huis.start("Andere zaak").ref, huis.start().ref
    document = huis.deliver(ander).toegevoegd[0].id
    huis.deliver(ref, "twee.pdf", PDF + b"2")
    inhoud = load_inhoud(huis.mila, ref, Deel.DOCUMENTEN)
    zaken.move_document(huis.omar, ander, document, naar=inhoud.zaak.identificatie)
    mark_seen(huis.mila, inhoud, Deel.DOCUMENTEN)
    assert _nieuw(huis, ref) == (False, True)


def test_wie_alleen_mag_kijken_laat_alles_nieuw_voor_wie_de_zaak_behandelt(huis: Stadhuis):
    ref = huis.start().ref
    berichten.send_bericht(huis.jeroen, ref, tekst="Hoe lang nog?", sleutel="s1")
    huis.deliver(ref)
    gesprek = list_berichten(ref, partij=None)[0].gesprek_id
    lezer = replace(huis.omar, rechten=frozenset({Recht.VERDELEN}))
    for deel in ("berichten", "documenten", "vragen"):
        assert client_of(lezer).get(zaak_pad(ref, f"?deel={deel}")).status_code == 200
    assert _nieuw(huis, ref) == (True, True)
    assert [bericht.is_gelezen for bericht in list_berichten(ref, partij=None)] == [False]
    for doe in (
        lambda: berichten.mark_read(lezer, ref),
        lambda: berichten.mark_unread(lezer, ref, gesprek),
        lambda: zaken.clear_aandacht(lezer, ref, Aandacht.DOCUMENT),
    ):
        with pytest.raises(NietToegestaan, match="niet-toegestaan"):
            doe()
    assert client_of(lezer).post(zaak_pad(ref, f"gesprek/{gesprek}/ongelezen/")).status_code == 409
    client_of(huis.mila).get(zaak_pad(ref, "?deel=berichten"))
    assert [bericht.is_gelezen for bericht in list_berichten(ref, partij=None)] == [True]


def test_de_historie_zegt_wat_er_gebeurde_ook_als_er_veel_is_gekeken(
    huis: Stadhuis, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("eloket.zaken.historie.MEESTE_REGELS", 5)
    zaak = huis.start()
    zaken.take_zaak(huis.omar, zaak.ref, versie=zaak.versie)
    client = client_of(huis.mila)
    for _ in range(6):
        client.get(zaak_pad(zaak.ref))
    html = text_of(client.get(zaak_pad(zaak.ref, "?deel=historie")))
    gedaan, gekeken = html.split("Wie heeft de zaak bekeken?")
    assert "Omar de Boer</strong> is behandelaar geworden" in gedaan
    assert "heeft de zaak bekeken" not in gedaan
    assert gekeken.count("Mila Jansen") == 1


@pytest.mark.parametrize("kop", ["Sec-Purpose", "Purpose"])
def test_vooraf_ophalen_is_niet_lezen(huis: Stadhuis, kop: str):
    ref = huis.start().ref
    berichten.send_bericht(huis.jeroen, ref, tekst="Hoe lang nog?", sleutel="s1")
    huis.deliver(ref)
    client = client_of(huis.mila)
    for deel in ("", "?deel=berichten", "?deel=documenten"):
        assert client.get(zaak_pad(ref, deel), headers={kop: "prefetch;prerender"}).status_code == 200
        assert client.head(zaak_pad(ref, deel)).status_code == 200
    assert _nieuw(huis, ref) == (True, True)


@pytest.mark.parametrize("deel", DELEN)
def test_een_deel_kost_een_vast_aantal_vragen_hoeveel_er_ook_gebeurde(huis: Stadhuis, deel: Deel):
    ref = huis.start().ref
    client, pad = client_of(huis.mila), zaak_pad(ref, f"?deel={deel}")
    aantallen = []
    for ronde in range(3):
        for nummer in range(4):
            berichten.send_bericht(huis.jeroen, ref, tekst="Hallo", sleutel=f"{ronde}-{nummer}")
            huis.deliver(ref, inhoud=PDF + f"% {ronde} {nummer}\n".encode())
            zaken.add_notitie(huis.mila, ref, tekst="Let op", sleutel=f"{ronde}-{nummer}")
            zaken.ask_document(
                huis.mila, ref, titel=f"Kopie {ronde} {nummer}", toelichting="", deadline=date(2099, 1, 1)
            )
        client.get(pad)  # what was new is read now
        with CaptureQueriesContext(connection) as vragen:
            assert client.get(pad).status_code == 200
        aantallen.append(len(vragen))
    assert len(set(aantallen)) == 1
    assert aantallen[0] <= 20


def test_wat_een_inwoner_typt_wordt_nooit_opmaak(huis: Stadhuis):
    kwaad = "<script>alert(1)</script>"
    zaak = huis.start(kwaad, toelichting=kwaad)
    berichten.send_bericht(huis.jeroen, zaak.ref, tekst=kwaad, sleutel="s1")
    huis.deliver(zaak.ref, naam="<script>alert(1)<b>.pdf")
    zaken.ask_document(
        huis.mila, zaak.ref, titel=kwaad, toelichting=kwaad, deadline=zaak.startdatum.replace(year=2099)
    )
    zaken.add_notitie(huis.mila, zaak.ref, tekst=kwaad, sleutel="n1")
    gevonden = 0
    for deel in DELEN:
        html = text_of(client_of(huis.mila).get(zaak_pad(zaak.ref, f"?deel={deel}")))
        assert "<script>alert" not in html
        gevonden += html.count("&lt;script&gt;alert")
    assert gevonden >= 3 * len(DELEN)


class _StukkeBron(FakeDocumentBron):
    def list_documenten(self, zaak_ref: str) -> tuple[DocumentInzage, ...]:
        raise BronOnbereikbaar("de documenten")


def test_documenten_die_niet_komen_worden_genoemd(huis: Stadhuis):
    ref = huis.start("Vergunning Lindelaan").ref
    echt = documenten.configured_bron()
    documenten.configure(_StukkeBron())
    try:
        for deel in ("", "?deel=documenten"):
            antwoord = client_of(huis.mila).get(zaak_pad(ref, deel))
            assert antwoord.status_code == 200
            html = text_of(antwoord)
            assert "Wij kunnen de documenten nu niet ophalen." in html
            assert "Er zijn nog geen documenten" not in html
            assert "Vergunning Lindelaan" in html
    finally:
        documenten.configure(echt)


@pytest.mark.parametrize(
    ("pad", "soort", "actie"), [("openen", "inline", "geopend"), ("opslaan", "attachment", "opgeslagen")]
)
def test_een_document_openen_en_opslaan(huis: Stadhuis, pad: str, soort: str, actie: str):
    ref = huis.start().ref
    document = huis.deliver(ref).toegevoegd[0]
    client = client_of(huis.mila)
    href = zaak_pad(ref, f"documenten/{document.id}/{pad}/")
    assert href in text_of(client.get(zaak_pad(ref, "?deel=documenten")))
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
    for deel in DELEN:
        html = text_of(client_of(huis.mila).get(zaak_pad(zaak.ref, f"?deel={deel}")))
        for pad in ("neem/", "status/", "vraag/", "documenten/", "overdragen/", "opschorten/"):
            assert f'action="{zaak_pad(zaak.ref, pad)}"' not in html
        for kan, pad in ((Deel.BERICHTEN, "bericht/"), (Deel.HEROPENEN, "heropenen/")):
            assert (f'action="{zaak_pad(zaak.ref, pad)}"' in html) == (deel is kan)


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
    antwoord = client.get(zaak_pad(ref, "?deel=berichten"))
    html = antwoord.content.decode()
    assert "Mijn halve antwoord</textarea>" in html
    assert hidden_field(html, "sleutel") == "abc"
    assert not title_of(antwoord).startswith("Fout")
