"""What is about one betrokkene of a zaak is read by that one: the others read what is about the zaak."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eloket.audit import service as audit
from eloket.audit.models import AuditRegel
from eloket.export.delen import inzage_van
from eloket.identity.testing import gemachtigde
from eloket.identity.types import Actor
from eloket.inzage import eigen
from eloket.inzage.woorden import words_of
from eloket.kernel.klok import nu, vandaag
from eloket.loket import service as loket
from eloket.loket.bewaartijd import ruim_op
from eloket.loket.versies import load_meegeleverd
from eloket.notifications.contact.service import on_adres_hersteld, open_herstel
from eloket.portal import paden
from eloket.profile.events import AdresHersteld
from eloket.zaken import service as zaken
from eloket.zaken.historie import VAN_EEN
from eloket.zaken.testing import FakeZaakBron
from eloket.zaken.types import Zaak
from tests.huis import inwoner, medewerker, met_nepbronnen, onderneming, partij_van
from tests.unit.loket.melding import GOED, MELDING, save
from tests.web.portaal import client_van, tekst_van, zaak_met

pytestmark = pytest.mark.django_db
JEROEN, BUUR = inwoner(), inwoner("999990020", "B. Buurman")
EEN, ANDER = onderneming(vestiging="000000000001"), onderneming(vestiging="000000000002")


@pytest.fixture
def bron() -> Iterator[FakeZaakBron]:
    load_meegeleverd()
    with met_nepbronnen() as bron:
        yield bron


@pytest.fixture
def zaak(bron: FakeZaakBron) -> Zaak:
    return zaak_met(bron, BUUR, EEN, ANDER, aanvrager=JEROEN)


def read(wie: Actor, zaak: Zaak) -> list[str]:
    """Each of what is about one betrokkene, on both pages, and in what they take along; the three say the same."""
    zinnen = {words_of(actie) for actie in VAN_EEN}
    onderwerp = eigen.one_zaak(wie, zaak.ref)
    regels = [str(een["wat"]) for een in inzage_van(wie, onderwerp, titels=())]
    assert eigen.count_regels(wie, onderwerp, eigen.ALLES) == len(regels)
    gelezen = sorted(wat for wat in regels if wat in zinnen)
    for pad in (paden.zaak_inzage(zaak.ref), paden.INZAGE):
        tekst = tekst_van(client_van(wie).get(f"{pad}?ook=zelf"))
        assert {zin for zin in zinnen if zin in tekst} == {zin for zin in zinnen if zin in " ".join(gelezen)}
    return gelezen


def said(*acties: str) -> list[str]:
    return sorted(words_of(actie) for actie in acties)


def begin_form(actor: Actor, zaak: Zaak) -> str:
    taak = zaken.ask_form(
        medewerker(),
        zaak.ref,
        titel="Waar?",
        toelichting="",
        deadline=vandaag() + timedelta(days=5),
        formulier=MELDING,
    )
    concept = loket.start_concept(actor, MELDING, sleutel="", aanvulling=(zaak.ref, taak))
    save(actor, concept, GOED)
    return concept.id


def test_a_form_that_was_not_sent_is_read_by_who_filled_it_in_and_by_nobody_else_of_the_zaak(zaak: Zaak):
    begin_form(JEROEN, zaak)
    assert ruim_op(nu() + timedelta(days=400)) == 1
    assert read(JEROEN, zaak) == said("formulier.begonnen", "formulier.bewaard", "formulier.verlopen")
    assert [read(wie, zaak) for wie in (BUUR, EEN, ANDER)] == [[], [], []]


def test_what_somebody_did_with_a_form_for_another_is_read_by_that_other(zaak: Zaak):
    helper = gemachtigde(bsn="999990019", door="999990044")
    loket.remove_concept(helper, begin_form(helper, zaak))
    assert read(JEROEN, zaak) == said("formulier.begonnen", "formulier.bewaard", "formulier.weggegooid")
    assert read(BUUR, zaak) == []


def test_whose_mail_comes_back_is_told_to_that_one(zaak: Zaak):
    for wie in (BUUR, EEN):
        key = partij_van(wie).profiel_key
        open_herstel(key, [str(zaak.ref)], nu())
        on_adres_hersteld(AdresHersteld(profiel_key=key, partij_key=key))
    for wie in (BUUR, EEN):
        assert read(wie, zaak) == said("contact.verloren", "contact.niet_meer_nodig")
    assert read(JEROEN, zaak) == read(ANDER, zaak) == []


def test_a_line_that_does_not_say_whose_it_is_is_told_to_nobody_but_at_the_party_to_that_party(zaak: Zaak):
    for actie in ("formulier.langer_bewaard", "machtiging.afgewezen"):
        for ref in (str(zaak.ref), f"partij-{partij_van(JEROEN).key}"):
            audit.record(actor_soort=audit.SYSTEEM, actor_key="", actie=actie, object_ref=ref)
    assert [read_in_zaak(wie, zaak) for wie in (JEROEN, BUUR)] == [[], []]
    tekst = tekst_van(client_van(JEROEN).get(paden.INZAGE))
    for actie in ("formulier.langer_bewaard", "machtiging.afgewezen"):
        assert tekst.count(words_of(actie)) == 1


def read_in_zaak(wie: Actor, zaak: Zaak) -> list[str]:
    regels = inzage_van(wie, eigen.one_zaak(wie, zaak.ref), titels=())
    return [str(een["wat"]) for een in regels if een["wat"] in {words_of(actie) for actie in VAN_EEN}]


def test_what_is_about_the_zaak_is_still_read_by_all(zaak: Zaak):
    zaken.record_view(medewerker(), zaak.ref)
    for wie in (JEROEN, BUUR, EEN):
        assert words_of("zaak.bekeken") in tekst_van(client_van(wie).get(paden.zaak_inzage(zaak.ref)))


def test_whose_it_is_is_asked_of_the_lines_of_the_zaak_and_not_of_the_trail(zaak: Zaak):
    audit.record_each(
        [f"partij-{n}" for n in range(20_000)],
        actor_soort=audit.SYSTEEM,
        actor_key=partij_van(JEROEN).key,
        actie="contact.verloren",
    )
    assert AuditRegel.objects.count() > 20_000
    onderwerp = eigen.one_zaak(JEROEN, zaak.ref)
    with CaptureQueriesContext(connection) as gedaan:
        eigen.count_regels(JEROEN, onderwerp, eigen.ALLES)
    (vraag,) = gedaan.captured_queries
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("ANALYZE audit_regel")
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{vraag['sql']}")
        plan = "\n".join(str(rij[-1]) for rij in cursor.fetchall())
    assert "audit_regel_object" in plan, plan
    assert "Seq Scan" not in plan, plan
