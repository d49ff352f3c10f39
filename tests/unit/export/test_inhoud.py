"""What somebody takes along: all that we hold of them, and nothing of anybody else."""

import re
from dataclasses import replace
from urllib.parse import unquote

import pytest

from eloket.documenten import service as documenten
from eloket.documenten.testing import FakeDocumentBron
from eloket.documenten.types import Controle
from eloket.export.errors import ExportVanAnder
from eloket.export.service import get_export, request_export
from eloket.export.uitgeven import open_export
from eloket.export.woorden import LABELS
from eloket.identity.testing import gemachtigde
from eloket.identity.types import Machtiging
from eloket.kernel.klok import nu
from eloket.loket.bewijzen import add_bewijzen
from eloket.loket.versies import load_meegeleverd
from eloket.zaken.types import Betrokkene
from tests.architecture.exporttabel import GEDEKT
from tests.huis import inwoner, met_nepbronnen, onderneming, partij_van
from tests.unit.export.uitpakken import index_of, take, text_of, zaken_of
from tests.unit.export.vullen import add_document, fill
from tests.unit.loket.melding import anoniem, send
from tests.web.portaal import zaak_van

pytestmark = pytest.mark.django_db
ANDER = "999990020"
FATIMA = inwoner(ANDER, "F. el Idrissi")
TEKSTEN = (
    "Zaak {}", "Toelichting {}", "stuk {}", "brief {}", "Vraag {}", "Over {}", "Hoeveel {}?", "Nog niet af {}",
    "Antwoord {}", "Plaats {}", "Straat {}", "Kenteken {}", "Gever {}", "Ontvanger {}",
)  # fmt: skip


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


def test_everything_of_the_person_is_in_it_in_json_and_on_a_page(bron):
    fill(inwoner(), "Kers")
    bestanden = take(inwoner())
    jsons = "\n".join(inhoud.decode() for naam, inhoud in bestanden.items() if naam.endswith(".json"))
    bladzijden = "\n".join(inhoud.decode() for naam, inhoud in bestanden.items() if naam.endswith(".html"))
    for tekst in (*TEKSTEN, "kers@voorbeeld.nl"):
        assert tekst.format("Kers") in jsons, tekst
        assert tekst.format("Kers") in bladzijden, tekst
    assert partij_van(inwoner()).nummer in jsons
    assert [naam.partition("/documenten/")[2] for naam in bestanden if "/documenten/" in naam] == [
        "001 stuk Kers.pdf",
        "002 brief Kers.pdf",
    ]


def test_every_table_that_is_said_to_be_in_it_is(bron):
    fill(inwoner(), "Kers")
    bestanden = take(inwoner())
    index, zaken = index_of(bestanden), zaken_of(bestanden)
    assert zaken
    for tabel, plekken in GEDEKT.items():
        for plek in plekken:
            waar, _, naam = plek.partition(".")
            gevonden = [een[naam] for een in (zaken if waar == "zaak" else [index])]
            assert all(gevonden), (tabel, plek)


def test_of_two_residents_with_everything_neither_takes_a_word_of_the_other(bron):
    fill(inwoner(), "Kers")
    fill(FATIMA, "Peer")
    van_jeroen, van_fatima = text_of(take(inwoner())), text_of(take(FATIMA))
    assert ("Kers" in van_jeroen, "Peer" in van_jeroen) == (True, False)
    assert ("Kers" in van_fatima, "Peer" in van_fatima) == (False, True)
    assert ANDER not in van_jeroen
    assert partij_van(inwoner()).nummer not in van_fatima


def test_two_residents_in_one_zaak_each_take_their_own_part(bron):
    zaak = fill(inwoner(), "Kers")
    bron.add_betrokkene(zaak.ref.id, Betrokkene("belanghebbende", partij_van(FATIMA).key, "", "Peer", False))
    add_document(FATIMA, zaak, "stuk Peer.pdf")
    van_jeroen, van_fatima = take(inwoner()), take(FATIMA)
    assert "Peer" not in text_of(van_jeroen)
    eigen = {"Toelichting Kers", "Vraag Kers", "Hoeveel Kers", "stuk Kers", "Antwoord Kers", "Straat Kers"}
    assert {een for een in eigen if een in text_of(van_fatima)} == set()
    assert "stuk Peer.pdf" in text_of(van_fatima)
    namen = [naam for naam in van_fatima if "/documenten/" in naam]
    assert [naam.rpartition("/")[2] for naam in namen] == ["001 brief Kers.pdf", "002 stuk Peer.pdf"]
    (zaak_van_fatima,) = zaken_of(van_fatima)
    assert [een["wat"] for een in zaak_van_fatima["weggelaten"]] == [
        "Wat de aanvrager heeft ingevuld",
        "1 document",
    ]
    assert "Iemand anders die bij deze zaak hoort" in text_of(van_fatima)


def test_what_a_gemachtigde_sent_for_somebody_is_of_that_person(bron):
    """By the receipt, which is of the party; also when there are others in the zaak."""
    zaak = zaak_van(inwoner(ANDER))
    bron.add_betrokkene(zaak.ref.id, Betrokkene("belanghebbende", "iemand", "", "X", False))
    add_document(gemachtigde(), zaak, "namens.pdf")
    assert any("namens" in naam for naam in take(inwoner(ANDER)))


def test_a_gemachtigde_gets_nothing_and_a_bewindvoerder_all(bron):
    fill(inwoner(ANDER), "Peer")
    for doe in (request_export, get_export, open_export):
        with pytest.raises(ExportVanAnder):
            doe(gemachtigde())
    bewind = replace(gemachtigde(), machtiging=Machtiging.BEWIND)
    tekst = text_of(take(bewind))
    assert "Vraag Peer" in tekst
    # What the person types for themself, and when they log in, is not the bewindvoerder's.
    assert "Nog niet af Peer" not in tekst
    assert "Plaats Peer" not in tekst


def test_a_branch_takes_its_own_zaken_and_the_business_all_of_them(bron):
    noord, zuid, heel = onderneming(vestiging="1"), onderneming(vestiging="2"), onderneming()
    zaak_van(noord, "Van noord", sleutel="n")
    zaak_van(zuid, "Van zuid", sleutel="z")
    van_noord = text_of(take(noord))
    assert ("Van noord" in van_noord, "Van zuid" in van_noord) == (True, False)
    alles = take(heel)
    assert "Van noord" in text_of(alles)
    assert "Van zuid" in text_of(alles)
    assert "Contactgegevens van vestigingen" in text_of(alles)


@pytest.mark.parametrize("zelfde", [False, True], ids=["another employee", "the same employee"])
def test_of_two_branches_in_one_zaak_neither_takes_what_the_other_filled_in_or_sent(bron, zelfde):
    """One business, one KvK number: only the branch says whose it is, also when one person acts for both."""
    noord, zuid = onderneming(vestiging="1"), onderneming(vestiging="2")
    if zelfde:
        zuid = replace(zuid, key=noord.key)
    zaak = zaak_van(
        noord, "Samen", sleutel="s", toelichting="Toelichting Kers", kenmerken=(("Soort", "Kers"),)
    )
    rol = Betrokkene("belanghebbende", partij_van(zuid).key, partij_van(zuid).vestiging_key, "Zuid", True)
    bron.add_betrokkene(zaak.ref.id, rol)
    add_document(noord, zaak, "stuk Kers.pdf")
    add_document(zuid, zaak, "stuk Peer.pdf")
    van_noord, van_zuid = take(noord), take(zuid)
    (voor_noord,), (voor_zuid,) = zaken_of(van_noord), zaken_of(van_zuid)
    assert "Kers" not in text_of(van_zuid)
    assert (voor_zuid["toelichting"], voor_zuid["eigenschappen"]) == ("", [])
    assert [een["omschrijvingGeneriek"] for een in voor_zuid["rollen"]] == ["belanghebbende"]
    assert [een["titel"] for een in voor_zuid["zaakinformatieobjecten"]] == ["stuk Peer"]
    assert [een["wat"] for een in voor_zuid["weggelaten"]] == [
        "Wat de aanvrager heeft ingevuld",
        "1 document",
    ]
    assert "Peer" not in text_of(van_noord)
    assert (voor_noord["toelichting"], len(voor_noord["eigenschappen"])) == ("Toelichting Kers", 1)


@pytest.mark.parametrize("afzender", [inwoner(), gemachtigde("999990019", door="999990044"), anoniem()])
def test_the_copy_of_a_form_is_of_who_sent_it_and_not_of_others_in_the_zaak(bron, afzender):
    """It is made by the municipality, and full of what somebody else filled in."""
    load_meegeleverd()
    ref = send(afzender).concept.zaak_ref
    assert ref is not None
    for key in (partij_van(FATIMA).key, "iemand"):
        bron.add_betrokkene(ref.id, Betrokkene("belanghebbende", key, "", "Peer", False))
    add_bewijzen(nu())
    zaak = zaken_of(take(FATIMA))[0]
    assert zaak["zaakinformatieobjecten"] == []
    assert [een["wat"] for een in zaak["weggelaten"]] == ["Wat de aanvrager heeft ingevuld", "1 document"]
    if afzender.partij:
        (kopie,) = zaken_of(take(inwoner()))[0]["zaakinformatieobjecten"]
        assert kopie["titel"].startswith("Melding openbare ruimte")


def test_the_only_one_named_in_a_report_without_a_login_takes_nothing_of_who_made_it(bron):
    load_meegeleverd()
    ref = send(anoniem()).concept.zaak_ref
    assert ref is not None
    bron.add_betrokkene(ref.id, Betrokkene("belanghebbende", partij_van(FATIMA).key, "", "Peer", False))
    add_bewijzen(nu())
    (zaak,) = zaken_of(take(FATIMA))
    assert (zaak["toelichting"], zaak["eigenschappen"], zaak["zaakinformatieobjecten"]) == ("", [], [])
    assert [een["wat"] for een in zaak["weggelaten"]] == ["Wat de aanvrager heeft ingevuld", "1 document"]


def test_the_copy_of_a_form_of_one_branch_is_not_of_another(bron):
    load_meegeleverd()
    noord, zuid, heel = onderneming(vestiging="1"), onderneming(vestiging="2"), onderneming()
    ref = send(noord).concept.zaak_ref
    assert ref is not None
    rol = Betrokkene("belanghebbende", partij_van(zuid).key, partij_van(zuid).vestiging_key, "Zuid", True)
    bron.add_betrokkene(ref.id, rol)
    add_bewijzen(nu())
    kopieen = [len(zaken_of(take(wie))[0]["zaakinformatieobjecten"]) for wie in (noord, zuid, heel)]
    assert kopieen == [1, 0, 1]


def test_an_infected_document_is_named_and_its_file_stays_out(bron):
    zaak = zaak_van(inwoner())
    add_document(inwoner(), zaak, "ziek.pdf")
    nep = documenten.configured_bron()
    assert isinstance(nep, FakeDocumentBron)
    (document,) = nep.list_alle_versies(str(zaak.ref))
    nep._change(document, controle=Controle.BESMET)
    bestanden = take(inwoner())
    assert [naam for naam in bestanden if "/documenten/" in naam] == []
    (gegevens,) = zaken_of(bestanden)
    (over,) = gegevens["zaakinformatieobjecten"]
    assert "virus" in over["waaromGeenBestand"]


def test_who_looked_is_told_by_function_and_never_by_name(bron):
    fill(inwoner(), "Kers")
    bestanden = take(inwoner())
    (zaak,) = zaken_of(bestanden)
    assert {"heeft uw zaak bekeken"} <= {een["wat"] for een in zaak["inzage"]}
    assert "A. Behandelaar" not in "".join(str(een) for een in zaak["inzage"])
    assert "heeft gevraagd om uw gegevens mee te nemen" in {
        een["wat"] for een in index_of(bestanden)["inzage"]
    }


def test_what_is_not_in_it_is_said(bron):
    index = index_of(take(inwoner()))
    assert index["isCompleet"] is True
    assert [een["wat"] for een in index["weggelaten"]] == [
        "Notities van medewerkers",
        "Gegevens in andere systemen van de gemeente",
    ]


def test_every_name_in_the_json_has_words_on_the_page(bron):
    fill(inwoner(), "Kers")
    bestanden = take(inwoner())
    namen = set()
    for naam, inhoud in bestanden.items():
        if naam.startswith("zaken/") and naam.endswith(".json"):
            namen |= set(re.findall(r'"(\w+)":', inhoud.decode()))
    eerste = index_of(bestanden)
    op_bladzijde = set(eerste) - {"versie", "gemeente", "voor", "gemaaktOp", "isCompleet", "zaken"}
    assert (namen | op_bladzijde) - LABELS.keys() == set()


def test_a_page_has_no_script_and_what_people_typed_is_text(bron):
    zaak_van(inwoner(), "<script>alert(1)</script>", toelichting='"><img src=x onerror=alert(1)>')
    html = text_of({naam: een for naam, een in take(inwoner()).items() if naam.endswith(".html")})
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html
    assert re.findall(r'(?:href|src)="(?:https?:)?//', html) == []


def test_every_link_on_a_page_leads_to_a_file_in_the_zip(bron):
    fill(inwoner(), "Kers")
    bestanden = take(inwoner())
    links = 0
    for naam, inhoud in bestanden.items():
        if naam.endswith(".html"):
            for href in re.findall(r'href="([^"]+)"', inhoud.decode()):
                delen: list[str] = []
                for deel in (naam.rpartition("/")[0] + "/" + unquote(href)).strip("/").split("/"):
                    delen = delen[:-1] if deel == ".." else [*delen, deel]
                assert "/".join(delen) in bestanden, href
                links += 1
    assert links >= 7


def test_no_file_name_tells_who_it_is(bron):
    fill(inwoner(), "Kers")
    pakket_namen = take(inwoner())
    assert not [naam for naam in pakket_namen if partij_van(inwoner()).nummer in naam or "Drouwen" in naam]


def test_a_need_to_know_zaak_is_in_it(bron):
    zaak = zaak_van(inwoner(), "Geheim voor collega's")
    bron._zaken[zaak.ref.id] = replace(bron._zaken[zaak.ref.id], toegang=frozenset({1}))
    assert "Geheim voor collega&#39;s" in text_of(take(inwoner()))
