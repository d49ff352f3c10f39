"""Who takes what along: everything they may see, and nothing of anybody else."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from eloket.afschriften.dossier import estimate, make_dossier
from eloket.afschriften.errors import DossierOnvolledig
from eloket.afschriften.inpakken import stream_dossier
from eloket.audit.models import AuditRegel
from eloket.berichten.queries import count_ongelezen
from eloket.berichten.service import send_bericht
from eloket.berichten.types import NIEUW
from eloket.documenten import opslag
from eloket.documenten import service as documenten
from eloket.documenten.testing import FakeDocumentBron
from eloket.documenten.types import Controle, DocumentInzage, Herkomst
from eloket.identity.types import Actor
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import nu, vandaag
from eloket.notifications.models import BewijsRegel
from eloket.notifications.ontvangst.queries import list_ontvangsten
from eloket.notifications.types import BewijsSoort
from eloket.zaken import service as zaken
from eloket.zaken.access import get_zaak_for
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.types import Betrokkene, Zaak
from tests.huis import PDF, bestand, inwoner, medewerker, met_nepbronnen, onderneming, partij_van
from tests.pdf import text_of_pdf
from tests.web.portaal import zaak_van

pytestmark = pytest.mark.django_db
ANDER = "999990020"
GEMEENTE = "Gemeente Voorbeeld"


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


@pytest.fixture
def zaak(bron):
    return zaak_van(inwoner())


def add(actor: Actor, zaak: Zaak, naam: str, **velden: str) -> DocumentInzage:
    """A document with content of its own."""
    ontvangst = zaken.add_documenten(actor, zaak.ref, (bestand(naam, PDF + naam.encode()),), **velden)
    return ontvangst.toegevoegd[0]


def say(actor: Actor, zaak: Zaak, tekst: str, onderwerp: str = "Vraag") -> None:
    send_bericht(actor, zaak.ref, tekst=tekst, sleutel=tekst, gesprek_id=NIEUW, onderwerp=onderwerp)


def change(document: DocumentInzage, **velden: object) -> None:
    nep = documenten.configured_bron()
    assert isinstance(nep, FakeDocumentBron)
    nep._change(nep.get_document(document.id), **velden)


def unpack(actor: Actor, zaak: Zaak) -> dict[str, bytes]:
    """The files, without the folder that they all stand in."""
    alles = make_dossier(actor, zaak.ref, gemeente=GEMEENTE, moment=nu())
    inhoud = b"".join(stream_dossier(alles))
    assert len(inhoud) == alles.omvang
    with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
        mappen = {lid.filename.partition("/")[0] for lid in archief.infolist()}
        assert mappen == {f"dossier-{zaak.identificatie}"}
        return {lid.filename.partition("/")[2]: archief.read(lid) for lid in archief.infolist()}


def without_receipts(alles: dict[str, bytes]) -> list[str]:
    return [naam for naam in alles if not naam.startswith("ontvangst/")]


def test_a_resident_takes_documents_conversations_and_the_index_along(zaak):
    add(inwoner(), zaak, "Kopie paspoort.pdf")
    add(medewerker(), zaak, "brief.pdf")
    say(inwoner(), zaak, "Hoe lang duurt het?")
    zaken.ask_answer(
        medewerker(), zaak.ref, titel="Hoeveel?", toelichting="", deadline=vandaag() + timedelta(days=5)
    )
    alles = unpack(inwoner(), zaak)
    assert without_receipts(alles) == [
        "index.pdf",
        "documenten/001 Kopie paspoort.pdf",
        "documenten/002 brief.pdf",
        "gesprekken/gesprek-001.pdf",
        "bewijs/verzendbewijs.pdf",
    ]
    assert alles["documenten/001 Kopie paspoort.pdf"] == PDF + b"Kopie paspoort.pdf"
    assert "Hoe lang duurt het?" in text_of_pdf(alles["gesprekken/gesprek-001.pdf"])
    index = text_of_pdf(alles["index.pdf"])
    for deel in (
        "1. Kopie paspoort",
        "Bestand: gesprekken/gesprek-001.pdf Aantal berichten: 1 Eerste bericht:",
        "1. Hoeveel?",
        "Wij hebben een document",
    ):
        assert deel in index


def test_an_empty_zaak_has_a_dossier_with_its_index(zaak):
    alles = unpack(inwoner(), zaak)
    assert without_receipts(alles) == ["index.pdf", "bewijs/verzendbewijs.pdf"]
    assert "Bewijs van berichten en meldingen Bestand: bewijs/verzendbewijs.pdf" in text_of_pdf(
        alles["index.pdf"]
    )


def test_a_closed_zaak_still_has_one(zaak):
    add(inwoner(), zaak, "a.pdf")
    (document,) = documenten.configured_bron().list_documenten(str(zaak.ref))
    change(document, beoordeling="geaccepteerd")
    zaken.set_status(medewerker(), zaak.ref, volgnummer=4, toelichting="", resultaat="Verleend", versie=1)
    alles = unpack(inwoner(), zaak)
    assert "documenten/001 a.pdf" in alles
    assert "Resultaat: Verleend" in text_of_pdf(alles["index.pdf"])


def test_what_the_scanner_holds_or_refused_is_named_and_not_in_it(zaak):
    goed, besmet, wacht = (add(inwoner(), zaak, f"{naam}.pdf") for naam in ("goed", "besmet", "wacht"))
    change(besmet, controle=Controle.BESMET)
    change(wacht, controle=Controle.WACHT)
    change(goed, controle=Controle.SCHOON)
    alles = unpack(inwoner(), zaak)
    assert without_receipts(alles) == ["index.pdf", "documenten/001 goed.pdf", "bewijs/verzendbewijs.pdf"]
    index = text_of_pdf(alles["index.pdf"])
    assert "besmet In dit bestand zit een virus. Niemand kan het openen." in index
    assert "wacht Wij controleerden dit bestand nog op virussen" in index
    assert "Alles wat u bij deze zaak kunt zien" not in index


def replace_version(zaak: Zaak, document: DocumentInzage, naam: str) -> None:
    klaar = documenten.prepare(
        (bestand(naam, PDF + naam.encode()),), zaak_ref=str(zaak.ref), moment=nu()
    ).goed[0]
    documenten.configured_bron().add_document(
        zaak_ref=str(zaak.ref),
        bestand=klaar,
        herkomst=Herkomst.GEMEENTE,
        auteur_key="k",
        auteur_naam="n",
        moment=nu(),
        vervangt=document.id,
    )


def test_a_resident_gets_the_versions_that_they_see_and_a_civil_servant_all(zaak):
    eigen, brief = add(inwoner(), zaak, "eigen.pdf"), add(medewerker(), zaak, "brief.pdf")
    replace_version(zaak, eigen, "eigen2.pdf")
    replace_version(zaak, brief, "brief2.pdf")
    van_inwoner = {naam.partition(" ")[2] for naam in unpack(inwoner(), zaak) if naam.startswith("doc")}
    assert van_inwoner == {"eigen (versie 1).pdf", "eigen2 (versie 2).pdf", "brief2 (versie 2).pdf"}
    van_gemeente = {naam.partition(" ")[2] for naam in unpack(medewerker(), zaak) if naam.startswith("doc")}
    assert van_gemeente == van_inwoner | {"brief (versie 1).pdf"}


def test_each_party_gets_its_own_conversations_and_questions_only(zaak, bron):
    partner = inwoner(ANDER, "F. el Idrissi")
    bron.add_betrokkene(zaak.ref.id, Betrokkene("belanghebbende", partij_van(partner).key, "", "F.", False))
    say(inwoner(), zaak, "Van Jeroen", "Huurtoeslag")
    say(partner, zaak, "Van Fatima", "Tweede")
    zaken.ask_answer(
        medewerker(), zaak.ref, titel="Alleen Jeroen", toelichting="", deadline=vandaag() + timedelta(days=5)
    )
    van_jeroen, van_fatima = unpack(inwoner(), zaak), unpack(partner, zaak)
    assert "Van Jeroen" in text_of_pdf(van_jeroen["gesprekken/gesprek-001.pdf"])
    assert "Van Fatima" in text_of_pdf(van_fatima["gesprekken/gesprek-001.pdf"])
    assert len([naam for naam in van_fatima if naam.startswith("gesprekken/")]) == 1
    assert "Alleen Jeroen" in text_of_pdf(van_jeroen["index.pdf"])
    assert "Alleen Jeroen" not in text_of_pdf(van_fatima["index.pdf"])
    assert "Huurtoeslag" not in text_of_pdf(van_fatima["index.pdf"])
    assert "Huurtoeslag" in text_of_pdf(van_jeroen["bewijs/verzendbewijs.pdf"])
    assert "Huurtoeslag" not in text_of_pdf(van_fatima["bewijs/verzendbewijs.pdf"])
    allebei = unpack(medewerker(), zaak)
    bewijzen = [text_of_pdf(inhoud) for naam, inhoud in allebei.items() if naam.startswith("bewijs/")]
    assert ["Huurtoeslag" in bewijs for bewijs in bewijzen] == [True, False]
    assert len([naam for naam in allebei if naam.startswith("gesprekken/")]) == 2


def test_each_party_gets_its_own_receipts_the_oldest_in_front(zaak, bron):
    partner = inwoner(ANDER, "F. el Idrissi")
    bron.add_betrokkene(zaak.ref.id, Betrokkene("belanghebbende", partij_van(partner).key, "", "F.", False))
    add(inwoner(), zaak, "a.pdf")
    say(partner, zaak, "Van Fatima")
    kenmerken = [een.kenmerk for een in reversed(list_ontvangsten(zaak.ref, partij=None))]

    def receipts(actor: Actor) -> list[str]:
        return [naam for naam in unpack(actor, zaak) if naam.startswith("ontvangst/")]

    aanvraag, documenten_, bericht = (f"ontvangst/ontvangstbewijs-{een}.pdf" for een in kenmerken)
    assert receipts(inwoner()) == [aanvraag, documenten_]
    assert receipts(partner) == [bericht]
    assert receipts(medewerker()) == [aanvraag, documenten_, bericht]
    assert kenmerken[0] in text_of_pdf(unpack(inwoner(), zaak)[aanvraag])


def test_internal_notes_are_in_nobodys_dossier(zaak):
    zaken.add_notitie(medewerker(), zaak.ref, tekst="Let op deze meneer", sleutel="a")
    for actor in (inwoner(), medewerker()):
        alles = unpack(actor, zaak)
        assert all("Let op deze meneer" not in text_of_pdf(inhoud) for inhoud in alles.values())
    assert "Interne notities en historie" in text_of_pdf(unpack(medewerker(), zaak)["index.pdf"])
    assert "notities" not in text_of_pdf(unpack(inwoner(), zaak)["index.pdf"])


@pytest.mark.parametrize(
    "wie",
    [inwoner(ANDER), medewerker("burgerzaken"), replace(medewerker(), zaaktypen=frozenset({"ANDERS"}))],
    ids=["resident", "department", "zaaktype"],
)
def test_for_somebody_else_the_zaak_does_not_exist(zaak, wie):
    with pytest.raises(ZaakNietGevonden):
        make_dossier(wie, zaak.ref, gemeente=GEMEENTE, moment=nu())
    assert not AuditRegel.objects.filter(actor_key=wie.key).exists()


def test_a_branch_gets_only_what_is_of_that_branch(bron):
    heel, markt = onderneming(vestiging="000037178598"), onderneming(vestiging="000038509504")
    zaak = zaak_van(heel)
    assert "index.pdf" in unpack(heel, zaak)
    with pytest.raises(ZaakNietGevonden):
        make_dossier(markt, zaak.ref, gemeente=GEMEENTE, moment=nu())


def test_who_took_it_along_is_noted_and_which_documents(zaak):
    document = add(inwoner(), zaak, "a.pdf")
    besmet = add(inwoner(), zaak, "b.pdf")
    change(besmet, controle=Controle.BESMET)
    voor = AuditRegel.objects.count()
    make_dossier(inwoner(), zaak.ref, gemeente=GEMEENTE, moment=nu())
    regels = AuditRegel.objects.order_by("pk").values_list("actie", "kenmerken", "object_ref", "actor_key")
    assert list(regels)[voor:] == [
        ("dossier.opgeslagen", {}, str(zaak.ref), inwoner().key),
        ("document.opgeslagen", {"document": document.id}, str(zaak.ref), inwoner().key),
    ]


def opened() -> list[tuple[str, str]]:
    """(whose, what) of everything that the proof says was opened, apart from the notifications about it."""
    feiten = BewijsRegel.objects.filter(soort=BewijsSoort.GEOPEND, notificatie_id=None).order_by("pk")
    return list(feiten.values_list("betrokkene_key", "onderwerp_id"))


def test_the_party_that_takes_it_along_has_opened_its_documents_once(zaak):
    brief, besmet = add(medewerker(), zaak, "brief.pdf"), add(medewerker(), zaak, "besmet.pdf")
    change(besmet, controle=Controle.BESMET)
    make_dossier(medewerker(), zaak.ref, gemeente=GEMEENTE, moment=nu())
    assert opened() == [], "a civil servant opens nothing for somebody"
    for _ in range(2):
        make_dossier(inwoner(), zaak.ref, gemeente=GEMEENTE, moment=nu())
    assert opened() == [(partij_van(inwoner()).profiel_key, brief.id)]


def test_messages_stay_new_until_their_page_is_opened(zaak):
    send_bericht(medewerker(), zaak.ref, tekst="Hallo", sleutel="a")
    make_dossier(inwoner(), zaak.ref, gemeente=GEMEENTE, moment=nu())
    assert count_ongelezen(partij_van(inwoner())) == 1


def test_a_document_whose_content_is_gone_gives_no_dossier_and_the_log_says_which(zaak, caplog):
    add(inwoner(), zaak, "a.pdf")
    weg = add(inwoner(), zaak, "999990019.pdf")
    opslag.delete(weg.sha256)
    voor = AuditRegel.objects.count()
    with pytest.raises(DossierOnvolledig):
        make_dossier(inwoner(), zaak.ref, gemeente=GEMEENTE, moment=nu())
    assert weg.id in caplog.text
    assert "999990019" not in caplog.text
    assert AuditRegel.objects.count() == voor, "nothing was handed out"


def test_a_source_that_does_not_answer_is_said(zaak):
    class Weg(FakeDocumentBron):
        def list_voor_aanvrager(self, zaak_ref: str) -> tuple[DocumentInzage, ...]:
            raise BronOnbereikbaar("documenten")

    documenten.configure(Weg())
    with pytest.raises(BronOnbereikbaar):
        make_dossier(inwoner(), zaak.ref, gemeente=GEMEENTE, moment=nu())


def test_the_estimate_is_near_the_truth_and_counts_no_held_document(zaak):
    add(inwoner(), zaak, "a.pdf")
    besmet = add(inwoner(), zaak, "b.pdf")
    change(besmet, controle=Controle.BESMET, omvang=10**9)
    lijst = documenten.configured_bron().list_voor_aanvrager(str(zaak.ref))
    echt = make_dossier(inwoner(), zaak.ref, gemeente=GEMEENTE, moment=nu()).omvang
    assert echt / 3 < estimate(lijst) < echt * 3


def test_the_zaak_did_not_change_by_it(zaak):
    voor = get_zaak_for(medewerker(), zaak.ref)
    make_dossier(medewerker(), zaak.ref, gemeente=GEMEENTE, moment=nu())
    assert get_zaak_for(medewerker(), zaak.ref) == voor
