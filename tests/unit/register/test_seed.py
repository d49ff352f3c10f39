"""The seed makes rows that the register itself could have made."""

from datetime import datetime

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count, Exists, F, Min, OuterRef, Q

from eloket.identity.types import Partij
from eloket.kernel.crypto import EncryptedTextField
from eloket.kernel.klok import nu
from eloket.kernel.nummers import Bsn
from eloket.sources.register.bron import RegisterBron
from eloket.sources.register.models import Rol, Status, Volgnummer, Zaak
from eloket.sources.register.seed.bevolking import seed_bsn
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import ZaakFilter

pytestmark = pytest.mark.django_db(transaction=True)
AANTAL = 600


@pytest.fixture
def gevuld() -> RegisterBron:
    bron = RegisterBron()
    bron.import_zaaktypen()
    bron.continue_numbering(nu().year, 41)
    bron.start_zaak(nieuwe_zaak(Partij.inwoner("999990019")), nu())
    call_command("seed", "--zaken", str(AANTAL), "--personen", "50", "--seed", "7")
    return bron


def test_rows_are_as_the_register_makes_them(gevuld: RegisterBron) -> None:
    zaken = Zaak.objects.all()
    assert zaken.count() == AANTAL + 1
    assert not zaken.filter(
        ~Exists(Rol.objects.filter(zaak=OuterRef("pk"), omschrijving_generiek="initiator"))
    )
    assert not zaken.exclude(afdeling=F("zaaktype__afdeling"))
    assert not zaken.exclude(statustype__zaaktype=F("zaaktype"))
    assert not zaken.filter(einddatum=None, statustype__is_eindstatus=True)
    assert not zaken.filter(einddatum__isnull=False, statustype__is_eindstatus=False)
    assert not zaken.filter(einddatum__lt=F("startdatum"))
    assert not zaken.filter(
        ~Exists(Status.objects.filter(zaak=OuterRef("pk"), statustype=OuterRef("statustype")))
    )
    assert not zaken.annotate(eerste=Min("statussen__datum_status_gezet")).exclude(
        eerste=F("registratiedatum")
    )
    assert not Status.objects.filter(datum_status_gezet__gt=nu())
    open_ = zaken.filter(einddatum=None).count()
    assert 0.1 < open_ / AANTAL < 0.3
    connection.check_constraints()


def test_whole_zaak_reads_back(gevuld: RegisterBron) -> None:
    partij = Partij.inwoner(seed_bsn(3))
    deel = gevuld.list_zaken(partij, ZaakFilter(is_open=False))
    assert deel.afgerond > 0
    zaak = gevuld.get_zaak(deel.zaken[0].ref.id)
    assert zaak.initiator is not None
    assert zaak.initiator.naam
    momenten: list[datetime] = [status.datum_status_gezet for status in zaak.statussen]
    assert momenten == sorted(momenten)
    assert zaak.omschrijving.casefold()[:5] in Zaak.objects.get(pk=zaak.ref.id).zoektekst
    assert Rol.objects.get(zaak__pk=zaak.ref.id).nummer == seed_bsn(3)


def test_what_is_stored_encrypted_can_be_read(gevuld: RegisterBron) -> None:
    """Every row of every table: the seed writes columns itself, and must follow when one becomes encrypted."""
    gelezen = set()
    for model in apps.get_models():
        if any(isinstance(veld, EncryptedTextField) for veld in model._meta.fields):
            gelezen |= {rij._meta.db_table for rij in model._default_manager.all()}
    assert gelezen >= {
        "register_zaak",
        "register_rol",
        "berichten_bericht",
        "zaken_taak",
        "documenten_document",
    }


def test_numbers_go_on_where_they_were(gevuld: RegisterBron) -> None:
    for jaar, laatste in Volgnummer.objects.values_list("jaar", "laatste"):
        hoogste = (
            Zaak.objects.filter(identificatie__startswith=f"Z-{jaar}-").order_by("-identificatie").first()
        )
        assert hoogste is not None
        assert hoogste.identificatie == f"Z-{jaar}-{laatste:06d}"
    volgende, _ = gevuld.start_zaak(nieuwe_zaak(Partij.inwoner("999990019")), nu())
    assert volgende.identificatie.endswith(f"{Volgnummer.objects.get(jaar=nu().year).laatste:06d}")


def test_index_is_back(gevuld: RegisterBron) -> None:
    with connection.cursor() as cursor:
        namen = connection.introspection.get_constraints(cursor, "register_rol")
    assert namen["rol_betrokkene"]["columns"] == ["betrokkene_key", "zaak_id"]


def test_some_have_very_many(gevuld: RegisterBron) -> None:
    groepen = Rol.objects.values("betrokkene_key").annotate(aantal=Count("id")).filter(Q(is_onderneming=True))
    assert groepen.exists()


def test_invented_numbers_pass_the_eleven_test_and_differ() -> None:
    nummers = [seed_bsn(nummer) for nummer in (*range(2_000), 899_999)]
    assert len(set(nummers)) == len(nummers)
    for nummer in nummers:
        Bsn(nummer)


@pytest.mark.parametrize("opties", [("--zaken", "0"), ("--zaken", "5", "--personen", "900001")])
def test_impossible_wishes_are_refused(opties: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("seed", *opties)
