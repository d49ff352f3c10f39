"""Acting for another: every page says so, the trail says who did it, and nothing of one ends up with the other."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from eloket.audit.models import AuditRegel
from eloket.berichten.concepten import get_concept, save_concept
from eloket.berichten.models import Bericht
from eloket.berichten.service import send_bericht
from eloket.identity.actor import actor_from_dict, actor_to_dict
from eloket.identity.flash import add_flash
from eloket.identity.models import Sessie
from eloket.identity.sessie import SessionStore, wie_van
from eloket.identity.testing import gemachtigde, in_process_provider, inwoner, log_in, onderneming
from eloket.identity.types import Actor, Machtiging, partij_ref
from eloket.kernel.klok import nu, op_moment
from eloket.loket.access import eigenaar_key
from eloket.profile.models import Profiel
from eloket.profile.service import update_contact
from eloket.zaken.historie import list_historie, list_kijkers
from tests.huis import met_nepbronnen
from tests.web.portaal import bron_van, client_van, tekst_van, zaak_van

pytestmark = pytest.mark.django_db
JEROEN, FATIMA = "999990019", "999990020"
GDI = "urn:nl-eid-gdi:1.0:"
PAGINAS = [
    "/mijn/",
    "/mijn/zaken/",
    "/mijn/berichten/",
    "/mijn/taken/",
    "/mijn/gegevens/",
    "/loket/",
    "/contact/",
]
NAMENS = "U handelt namens Fatima el Idrissi . Wat u hier doet, geldt voor deze persoon."


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


@pytest.mark.parametrize("pad", PAGINAS)
def test_every_page_says_on_whose_behalf(bron, pad: str):
    antwoord = client_van(gemachtigde()).get(pad)
    assert antwoord.status_code == 200
    assert NAMENS in tekst_van(antwoord)
    assert 'aria-label="Voor wie u handelt"' in bron_van(antwoord)
    assert "Ingelogd als Jeroen van Drouwen" in tekst_van(antwoord)


def test_who_is_greeted_is_who_logged_in(bron):
    tekst = tekst_van(client_van(gemachtigde()).get("/mijn/"))
    assert "Welkom, Jeroen van Drouwen" in tekst
    assert "Welkom, Fatima" not in tekst


def test_a_page_that_is_not_there_says_so_too(bron):
    assert NAMENS in tekst_van(client_van(gemachtigde()).get("/bestaat/niet/"))


@pytest.mark.parametrize("pad", PAGINAS)
def test_who_acts_for_themselves_reads_nothing_of_it(bron, pad: str):
    assert "U handelt namens" not in bron_van(client_van(inwoner()).get(pad))


def test_a_business_and_one_branch_of_it(bron):
    bron_heel = bron_van(client_van(onderneming()).get("/mijn/"))
    assert 'U handelt namens <strong translate="no">Bakkerij De Korenaar B.V.</strong></span>' in bron_heel
    deel = tekst_van(client_van(onderneming(vestigingsnummer="000038509504")).get("/mijn/"))
    assert "U handelt namens Bakkerij De Korenaar B.V., alleen voor vestiging 000038509504 ." in deel


def test_a_name_is_text(bron):
    html = bron_van(client_van(gemachtigde(naam="<script>x</script>", eigen_naam='"><b>')).get("/mijn/"))
    assert "<script>x" not in html
    assert '"><b>' not in html


def test_the_represented_zaken_and_not_ones_own(bron):
    van_fatima, van_jeroen = zaak_van(inwoner(FATIMA)), zaak_van(inwoner(JEROEN), sleutel="j")
    client = client_van(gemachtigde())
    assert client.get(f"/mijn/zaken/{van_fatima.ref}/").status_code == 200
    assert client.get(f"/mijn/zaken/{van_jeroen.ref}/").status_code == 404


def test_the_trail_says_who_and_as_what(bron):
    zaak = zaak_van(inwoner(FATIMA))
    begin = AuditRegel.objects.count()
    client_van(gemachtigde()).get(f"/mijn/zaken/{zaak.ref}/")
    send_bericht(gemachtigde(), zaak.ref, tekst="Hallo", sleutel="s1")
    regels = list(AuditRegel.objects.order_by("pk"))[begin:]
    assert {regel.actie for regel in regels} >= {"zaak.bekeken", "bericht.verstuurd"}
    assert {(regel.actor_soort, regel.actor_key) for regel in regels} == {
        ("gemachtigde", inwoner(JEROEN).key)
    }


@pytest.mark.parametrize(
    ("machtiging", "wie"), [(Machtiging.MACHTIGEN, "Gemachtigde"), (Machtiging.BEWIND, "Bewindvoerder")]
)
def test_the_werkplek_does_not_call_them_the_applicant(bron, machtiging: Machtiging, wie: str):
    zaak = zaak_van(inwoner(FATIMA))
    send_bericht(inwoner(FATIMA), zaak.ref, tekst="Van mij", sleutel="s0")
    ander = replace(gemachtigde(), machtiging=machtiging)
    client_van(ander).get(f"/mijn/zaken/{zaak.ref}/")
    send_bericht(ander, zaak.ref, tekst="Hallo", sleutel="s1")
    verstuurd = [een.wie for een in list_historie(zaak) if een.wat == "heeft een bericht verstuurd"]
    assert verstuurd == [wie, "De aanvrager"]
    assert wie in {een.wie for een in list_kijkers(zaak)}


CONTACT = {"email": "van.jeroen@voorbeeld.nl", "telefoon": "0612345678", "wil_mail": "ja"}


@pytest.fixture
def contact_van_fatima(bron):
    with op_moment(nu() - timedelta(days=2)):
        update_contact(inwoner(FATIMA), email="fatima@voorbeeld.nl", telefoon="", wil_mail=True)
    Profiel.objects.update(email_nieuw="", email="fatima@voorbeeld.nl", email_kapot_op=nu(), wil_mail=True)
    return Profiel.objects.get().versie


@pytest.mark.parametrize(
    ("pad", "velden"),
    [
        ("/mijn/gegevens/", CONTACT),
        ("/mijn/gegevens/", {}),
        ("/mijn/gegevens/adres-klopt/", {}),
        ("/mijn/gegevens/opnieuw-bevestigen/", {}),
        ("/mijn/gegevens/e-mails/", {"taal": "en", "versie": "0"}),
    ],
)
def test_a_gemachtigde_does_not_change_where_our_mail_goes(
    contact_van_fatima, pad: str, velden: dict[str, str]
):
    """Or nobody would tell Fatima what is done in her name."""
    antwoord = client_van(gemachtigde()).post(pad, velden)
    assert antwoord.status_code == 409
    assert "U kunt de contactgegevens van deze persoon niet wijzigen" in tekst_van(antwoord)
    assert Profiel.objects.get().versie == contact_van_fatima
    assert Profiel.objects.get().email == "fatima@voorbeeld.nl"


@pytest.mark.parametrize("pad", ["/mijn/", "/mijn/gegevens/", "/mijn/gegevens/e-mails/"])
def test_a_gemachtigde_does_not_read_them_either(contact_van_fatima, pad: str):
    html = bron_van(client_van(gemachtigde()).get(pad, follow=True))
    assert "fatima@voorbeeld.nl" not in html
    assert "<h1" in html
    assert "fatima@voorbeeld.nl" in bron_van(client_van(inwoner(FATIMA)).get("/mijn/gegevens/"))


def test_the_page_says_why_and_shows_no_form(contact_van_fatima):
    antwoord = client_van(gemachtigde()).get("/mijn/gegevens/")
    assert "kan alleen deze persoon zelf, of een bewindvoerder" in tekst_van(antwoord)
    assert 'name="email"' not in bron_van(antwoord)


def test_a_bewindvoerder_stands_in_for_the_person_in_this_too(contact_van_fatima):
    bewind = client_van(replace(gemachtigde(), machtiging=Machtiging.BEWIND))
    assert 'name="email"' in bron_van(bewind.get("/mijn/gegevens/"))
    assert bewind.post("/mijn/gegevens/", CONTACT).status_code == 303
    assert Profiel.objects.get().email_nieuw == "van.jeroen@voorbeeld.nl"


def test_what_is_written_names_both(bron):
    zaak = zaak_van(inwoner(FATIMA))
    send_bericht(gemachtigde(), zaak.ref, tekst="Hallo", sleutel="s1")
    assert Bericht.objects.get().afzender_naam == "Jeroen van Drouwen namens Fatima el Idrissi"


def pairs() -> list[tuple[Actor, Actor]]:
    """The same person in two capacities, and two persons for the same party."""
    return [
        (inwoner(JEROEN), gemachtigde()),
        (inwoner(FATIMA), gemachtigde()),
        (gemachtigde(), gemachtigde("999990032")),
        (gemachtigde(), gemachtigde(door="999990032")),
    ]


@pytest.mark.parametrize("nummer", range(4))
def test_drafts_kept_input_and_messages_are_of_one_person_for_one_party(bron, nummer: int):
    een, ander = pairs()[nummer]
    assert wie_van(actor_to_dict(een)) != wie_van(actor_to_dict(ander))
    assert eigenaar_key(een) != eigenaar_key(ander)
    zaak = zaak_van(een)
    save_concept(een, zaak.ref, tekst="Nog niet af")
    assert get_concept(ander, zaak.ref) is None
    bewaard = get_concept(een, zaak.ref)
    assert bewaard is not None
    assert bewaard.tekst == "Nog niet af"


def test_the_session_keeps_what_the_actor_is():
    for actor in (gemachtigde(), inwoner(), onderneming(vestigingsnummer="000038509504")):
        assert actor_from_dict(actor_to_dict(actor)) == actor
    oud = actor_to_dict(inwoner())
    del oud["machtiging"], oud["eigen_naam"]
    assert actor_from_dict(oud) == inwoner()


def log_in_for(client: Client, bsn: str, door: str = JEROEN) -> str:
    claims = {f"{GDI}LegalSubjectID": bsn, f"{GDI}ActingSubjectID": door}
    return log_in(client, bsn=door, claims=claims)


def test_from_oneself_to_another_nothing_goes_along(client: Client, bron):
    """In the same browser, without logging out: a message that waited, and the login of before."""
    log_in(client, bsn=JEROEN)
    sessie = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
    verzoek = HttpRequest()
    verzoek.session = sessie
    add_flash(verzoek, "ok", "Iets van Jeroen zelf.")
    sessie.save()
    assert log_in_for(client, FATIMA) == "/mijn/"
    html = bron_van(client.get("/mijn/"))
    assert "Iets van Jeroen zelf." not in html
    assert "U handelt namens" in html
    assert Sessie.objects.filter(actor_key=inwoner(JEROEN).key).count() == 1


def test_an_ended_session_goes_on_for_the_same_party_only(client: Client, bron):
    zaak = zaak_van(inwoner(FATIMA))
    pad = f"/mijn/zaken/{zaak.ref}/"
    log_in_for(client, FATIMA)
    Sessie.objects.update(verloopt=nu() - timedelta(minutes=1))
    client.post(f"{pad}berichten/", {"bericht": "Lang verhaal namens Fatima", "sleutel": "s", "terug": pad})
    assert log_in(client, bsn=JEROEN) == "/mijn/"
    assert "Lang verhaal" not in bron_van(client.get("/mijn/"))
    assert client.get(pad).status_code == 404
    assert log_in_for(client, FATIMA) == "/mijn/"
    assert "Lang verhaal" not in bron_van(client.get(pad))


def test_logging_in_for_somebody_reads_their_name_and_is_in_their_trail(client: Client, bron):
    """A register is asked for it. Who logs in for themselves leaves a line of their own, about nobody else."""
    log_in(client, bsn=JEROEN)
    log_in_for(client, FATIMA)
    regels = AuditRegel.objects.filter(actie="sessie.ingelogd").order_by("pk")
    assert [een.object_ref for een in regels] == ["", partij_ref(inwoner(FATIMA).key)]
    zin = "Iemand die is gemachtigd heeft ingelogd, en zag toen de naam van de persoon of het bedrijf"
    assert zin in tekst_van(client_van(inwoner(FATIMA)).get("/mijn/gegevens/inzage/"))


def test_logging_in_for_a_business_is_in_the_trail_of_the_business_or_branch(client: Client, bron):
    actor = onderneming(vestigingsnummer="000038509504")
    assert actor.partij is not None
    log_in(client, kvk=actor.partij.nummer, vestigingsnummer=actor.partij.vestigingsnummer)
    assert AuditRegel.objects.get(actie="sessie.ingelogd").object_ref == partij_ref(actor.partij.profiel_key)


def test_logging_out_ends_both_capacities(bron):
    zelf, voor = client_van(inwoner(JEROEN)), client_van(gemachtigde())
    zelf.post("/uitloggen/")
    assert voor.get("/mijn/").status_code == 302


def test_the_demo_has_somebody_who_is_authorised_and_a_bewindvoerder(client: Client):
    with in_process_provider():
        for middel, naam in (("digid", "DigiD Machtigen namens Fatima"), ("eherkenning", "Bewindvoerder")):
            adres = client.get(f"/inloggen/{middel}/")["Location"].removeprefix("http://testserver")
            assert naam in bron_van(client.get(adres))
