"""The demo: the people, zaken and dates that the design pictures show, whatever day it is loaded."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from eloket.audit.models import AuditRegel
from eloket.berichten.models import Bericht
from eloket.berichten.queries import count_ongelezen
from eloket.documenten.controle import controleer
from eloket.documenten.service import configured_bron
from eloket.identity.access import get_medewerker_by_subject
from eloket.identity.beheer import list_alle
from eloket.identity.testing import inwoner, medewerker
from eloket.identity.types import Actor, Partij, Recht
from eloket.kernel.klok import op_moment
from eloket.kernel.nummers import Bsn, KvkNummer, Vestigingsnummer
from eloket.ops.demo.laden import load_demo
from eloket.ops.demo.mensen import FATIMA, JEROEN, KORENAAR, KORENAAR_MARKT, MEDEWERKERS, SANNE
from eloket.ops.demo.nummers import number_on
from eloket.ops.demo.personas import andere_inwoners, demo_personas
from eloket.profile.bron import personen_bron
from eloket.zaken.access import get_zaak_for
from eloket.zaken.models import GebeurtenisRegel, NotitieRegel, Taak
from eloket.zaken.queries import list_open_taken, list_werkvoorraad, list_zaken
from eloket.zaken.sjablonen import list_sjablonen
from eloket.zaken.types import ZaakFilter
from eloket.zaken.werk import SjabloonSoort, WerkFilter

PLAATJE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def load(moment: datetime = PLAATJE) -> None:
    with op_moment(moment):
        load_demo(andere_inwoners(), lambda _regel: None)


def staff() -> list[Actor]:
    actors = []
    for demo in MEDEWERKERS:
        info = get_medewerker_by_subject(demo.subject)
        assert info is not None
        actors.append(medewerker(info.id, info.afdelingen, info.naam, info.subject))
    return actors


@pytest.mark.django_db
def test_everything_as_on_the_pictures() -> None:
    load()
    with op_moment(PLAATJE):
        check_jeroen()
        check_others()
        check_werkplek()
    check_the_work()
    check_times()
    assert not controleer(volledig=True).document_zonder_inhoud


def check_jeroen() -> None:
    partij = Partij.inwoner(JEROEN)
    overzicht = list_zaken(partij, ZaakFilter())
    assert (overzicht.lopend, overzicht.afgerond) == (6, 14)
    gezien = [(z.identificatie, z.startdatum.isoformat(), z.omschrijving) for z in overzicht.zaken]
    assert gezien == [
        ("Z-2026-004213", "2026-11-03", "Parkeervergunning voor bewoners"),
        ("Z-2026-003987", "2026-10-21", "Subsidie geluidsisolatie"),
        ("Z-2026-003871", "2026-10-09", "Melding openbare ruimte: kapotte straatverlichting Lindelaan"),
        ("Z-2026-003640", "2026-09-28", "Bezwaar tegen de WOZ-waarde"),
        ("Z-2026-003512", "2026-09-14", "Gehandicaptenparkeerkaart"),
        ("Z-2026-003377", "2026-09-01", "Bijzondere bijstand"),
    ]
    (taak,) = list_open_taken(inwoner(JEROEN))
    assert (taak.zaak_identificatie, taak.dagen_over) == ("Z-2026-004213", 5)
    assert taak.deadline == date(2026, 11, 28)
    assert count_ongelezen(partij) == 2
    documenten = configured_bron().list_documenten(str(overzicht.zaken[0].ref))
    assert [(d.titel.split()[0], d.formaat.code) for d in documenten] == [
        ("Verzoek", "pdf"),
        ("Ontvangstbevestiging", "pdf"),
        ("Huurovereenkomst", "jpg"),
    ]
    bezwaar = configured_bron().list_documenten(str(overzicht.zaken[3].ref))
    assert "Ontvangstbevestiging bezwaar tegen de WOZ-waarde" in {d.titel for d in bezwaar}


def check_others() -> None:
    fatima = list_zaken(Partij.inwoner(FATIMA), ZaakFilter())
    assert (fatima.lopend, fatima.afgerond) == (1, 0)
    sanne = list_zaken(Partij.inwoner(SANNE), ZaakFilter())
    assert (sanne.lopend, sanne.afgerond) == (0, 0)
    assert list_zaken(Partij.onderneming(KORENAAR), ZaakFilter()).lopend == 2
    assert list_zaken(Partij.onderneming(KORENAAR, KORENAAR_MARKT), ZaakFilter()).lopend == 1


def check_werkplek() -> None:
    items = [
        item
        for actor in staff()
        for item in list_werkvoorraad(actor, WerkFilter(afdelingen=actor.afdelingen, limit=200)).items
    ]
    assert len(items) >= 60
    assert any(item.behandelaar_id for item in items)
    assert any(item.behandelaar_id is None for item in items)
    assert any(item.nieuw_bericht for item in items)
    assert any(item.nieuw_document for item in items)
    ref = list_zaken(Partij.inwoner(FATIMA), ZaakFilter()).zaken[0].ref
    consulent = next(actor for actor in staff() if "werk-en-inkomen" in actor.afdelingen)
    opschorting = get_zaak_for(consulent, ref).opschorting
    assert opschorting is not None
    assert "UWV" in opschorting.reden


def check_the_work() -> None:
    """What the werkplek can do is there to be seen: rights, notes, judged documents, a zaak that went elsewhere."""
    rechten = {een.naam: een.rechten for een in list_alle()}
    assert rechten["Mila Jansen"] == set(Recht)
    assert rechten["Youssef Amrani"] == {Recht.BEHANDELEN}
    assert list_sjablonen(SjabloonSoort.STATUS, zaaktype="PARKEERVERGUNNING")
    assert set(Taak.objects.exclude(oordeel="").values_list("oordeel", flat=True)) == {
        "goedgekeurd",
        "afgekeurd",
    }
    assert Taak.objects.filter(vervuld_op=None).exclude(vervolg_van=None).exists()
    assert NotitieRegel.objects.count() >= 2
    assert AuditRegel.objects.filter(actie="zaak.overgedragen").exists()
    assert AuditRegel.objects.filter(actie="document.geaccepteerd").exists()


def check_times() -> None:
    """Nothing of the past carries today's date, and nothing lies in the future."""
    for momenten in (
        AuditRegel.objects.values_list("moment", flat=True),
        GebeurtenisRegel.objects.values_list("moment", flat=True),
        Bericht.objects.values_list("verzonden_op", flat=True),
    ):
        assert momenten
        assert max(momenten) <= PLAATJE
        assert min(momenten) < PLAATJE - timedelta(days=10)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("dag", [date(2027, 1, 2), date(2027, 2, 28), date(2028, 2, 29), date(2026, 7, 15)])
def test_any_day_gives_the_same_people_and_numbers(dag: date) -> None:
    load(datetime(dag.year, dag.month, dag.day, 8, 0, tzinfo=UTC))
    overzicht = list_zaken(Partij.inwoner(JEROEN), ZaakFilter())
    assert (overzicht.lopend, overzicht.afgerond) == (6, 14)
    assert [zaak.identificatie[7:] for zaak in overzicht.zaken] == [
        "004213", "003987", "003871", "003640", "003512", "003377",
    ]  # fmt: skip
    assert overzicht.zaken[0].startdatum == dag - timedelta(days=20)
    assert Taak.objects.filter(vervuld_op=None).exists()
    assert not Taak.objects.filter(vervuld_op=None, deadline__lte=dag).exists()


@pytest.mark.django_db
def test_command_loads_once(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo")
    assert "85 zaken geladen" in capsys.readouterr().out
    berichten = Bericht.objects.count()
    call_command("demo")
    assert "blijven zoals ze zijn" in capsys.readouterr().out
    assert Bericht.objects.count() == berichten


@pytest.mark.django_db
@pytest.mark.parametrize("opdracht", [("demo",), ("seed", "--zaken", "10")])
def test_production_gets_no_invented_data(opdracht: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    class Productie:
        is_demo = False

    monkeypatch.setattr(settings, "ELOKET", Productie())
    with pytest.raises(CommandError, match="niet in productie"):
        call_command(*opdracht)


def test_every_persona_is_somebody() -> None:
    personas = demo_personas()
    assert len({(persona.middel, persona.sub) for persona in personas}) == len(personas)
    for persona in personas:
        if persona.middel == "digid":
            nummers = [waarde for naam, waarde in persona.claims.items() if naam != "name"]
            assert nummers
            assert all(personen_bron().get_persoon(Bsn(nummer).waarde).naam for nummer in nummers)
            assert not any(nummer in f"{persona}" for nummer in nummers)
        elif persona.middel == "eherkenning":
            kvk = KvkNummer(persona.claims["urn:etoegang:core:LegalSubjectID"]).waarde
            vestiging = persona.claims.get("urn:etoegang:1.9:ServiceRestriction:Vestigingsnr", "")
            nummer = Vestigingsnummer(vestiging).waarde if vestiging else ""
            assert personen_bron().get_onderneming(kvk, nummer).handelsnaam
        else:
            assert persona.claims["sub"] == persona.sub


def test_other_residents_are_many_and_valid() -> None:
    bsns = andere_inwoners()
    assert len(bsns) >= 30
    assert not {JEROEN, FATIMA, SANNE} & set(bsns)
    for bsn in bsns:
        assert Bsn(bsn).waarde.startswith("99999")
        assert personen_bron().get_persoon(bsn).achternaam


def test_numbers_grow_with_the_date_and_pass_the_fixed_ones() -> None:
    vast = {date(2026, 9, 1): 3377, date(2026, 11, 3): 4213}
    dagen = [date(2026, 1, 2) + timedelta(days=dag) for dag in range(360)]
    nummers = [number_on(dag, vast) for dag in dagen]
    assert nummers == sorted(nummers)
    assert number_on(date(2026, 11, 3), vast) == 4213
    assert number_on(date(2026, 8, 31), vast) < 3377 < number_on(date(2026, 9, 2), vast)
