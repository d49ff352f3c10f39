"""The text of a sealed row can be emptied on purpose, and the check still sees every other change."""

import pytest
from django.db import Error as DatabaseFout
from django.db import IntegrityError, connection, transaction

from eloket.audit import verzegelen
from eloket.audit.bevindingen import BewijsKloptNiet
from eloket.audit.controle import controleer
from eloket.audit.models import Wissing
from eloket.audit.opruimen import remove_oldest
from eloket.audit.wissen import NogNietVerzegeld, wipe_text
from eloket.kernel.herversleutelen import list_tabellen, rewrite
from eloket.kernel.klok import nu
from eloket.notifications.models import Ontvangstbewijs
from tests.bewaking import zonder_bewaking

pytestmark = pytest.mark.django_db
GEHEIM = "Bezwaar van mevrouw De Vries"


@pytest.fixture
def pks() -> list[int]:
    """Three receipts in one seal."""
    pks = [add(nummer) for nummer in range(3)]
    verzegelen.seal_batch(Ontvangstbewijs, nu())
    return pks


def add(nummer: int) -> int:
    return Ontvangstbewijs.objects.create(
        kenmerk=f"K{nummer}", soort="bericht", onderwerp_id=str(nummer), kanaal="portaal", ontvangen_op=nu(),
        wat=GEHEIM,
    ).pk  # fmt: skip


def found() -> list[tuple[str, int | None]]:
    return [(een.soort.name, een.regel) for een in controleer(Ontvangstbewijs).bevindingen]


def wipe(*ids: int) -> int:
    return wipe_text(Ontvangstbewijs, ids, reden="vernietigd", now=nu())


def test_the_text_is_gone_and_the_chain_holds(pks):
    assert wipe(pks[1]) == 1
    assert Ontvangstbewijs.objects.get(pk=pks[1]).wat == ""
    assert Ontvangstbewijs.objects.get(pk=pks[0]).wat == GEHEIM
    uitslag = controleer(Ontvangstbewijs)
    assert (uitslag.regels, uitslag.gewist, uitslag.bevindingen) == (3, 1, [])


def test_twice_is_once(pks):
    assert [wipe(pks[1]), wipe(pks[1])] == [1, 0]
    assert Wissing.objects.count() == 1


def test_what_has_no_seal_yet_is_not_emptied_and_neither_is_the_rest(pks):
    vers = add(9)
    with pytest.raises(NogNietVerzegeld):
        wipe(pks[0], vers)
    assert Ontvangstbewijs.objects.filter(wat="").count() == 0
    assert not Wissing.objects.exists()


def test_another_change_of_an_emptied_row_is_seen(pks):
    wipe(pks[1])
    with zonder_bewaking():
        Ontvangstbewijs.objects.filter(pk=pks[1]).update(kenmerk="ANDERS")
    assert found() == [("REGEL_GEWIJZIGD", pks[1])]


@pytest.mark.parametrize(
    ("opdracht", "soort"),
    [
        ("UPDATE notifications_ontvangstbewijs SET kenmerk = 'ANDERS' WHERE id = %s", "REGEL_GEWIJZIGD"),
        ("UPDATE notifications_ontvangstbewijs SET ontvangen_op = '2020-01-01 00:00:00' WHERE id = %s",
         "REGEL_GEWIJZIGD"),
        ("UPDATE notifications_ontvangstbewijs SET wat = 'geen geheimschrift' WHERE id = %s", "REGEL_ONLEESBAAR"),
        ("UPDATE audit_zegel SET kolommen = 'id' WHERE %s > 0", "ZEGEL_GEWIJZIGD"),
        ("DELETE FROM audit_zegel WHERE %s > 0", "ZEGEL_VERDWENEN"),
    ],
)  # fmt: skip
def test_what_was_changed_before_is_not_signed_for_by_emptying_it(pks, opdracht: str, soort: str):
    with zonder_bewaking(), connection.cursor() as cursor:
        cursor.execute(opdracht, [pks[1]])
    with pytest.raises(BewijsKloptNiet) as gevonden:
        wipe(*pks)
    assert gevonden.value.bevinding.soort.name == soort
    assert not Wissing.objects.exists()
    assert Ontvangstbewijs.objects.get(pk=pks[0]).wat == GEHEIM  # all or nothing


def test_a_row_that_cannot_be_read_is_named_and_hides_no_other(pks):
    with zonder_bewaking(), connection.cursor() as cursor:
        cursor.execute("UPDATE notifications_ontvangstbewijs SET wat = 'x' WHERE id = %s", [pks[1]])
        cursor.execute("UPDATE notifications_ontvangstbewijs SET kenmerk = 'x' WHERE id = %s", [pks[2]])
    assert found() == [("REGEL_ONLEESBAAR", pks[1]), ("REGEL_GEWIJZIGD", pks[2])]
    with pytest.raises(BewijsKloptNiet):
        remove_oldest(Ontvangstbewijs, voor=nu(), reden="proef", now=nu())
    assert controleer(Ontvangstbewijs).regels == 3


def test_a_row_that_no_seal_knows_is_not_emptied(pks):
    with zonder_bewaking():
        Ontvangstbewijs.objects.filter(pk=add(9)).update(zegel=1)
    with pytest.raises(BewijsKloptNiet, match="ertussen gezet"):
        wipe(Ontvangstbewijs.objects.order_by("-pk")[0].pk)


def test_text_that_was_emptied_by_hand_is_seen(pks):
    """The guards let new ciphertext in, for a new secret: the seal sees that it says something else."""
    Ontvangstbewijs.objects.filter(pk=pks[1]).update(wat="")
    assert found() == [("REGEL_GEWIJZIGD", pks[1])]


def test_text_that_was_put_back_in_is_seen(pks):
    wipe(pks[1])
    Ontvangstbewijs.objects.filter(pk=pks[1]).update(wat="Iets anders")
    assert found() == [("REGEL_GEWIJZIGD", pks[1])]


def test_a_wiping_written_by_hand_excuses_nothing(pks):
    Ontvangstbewijs.objects.filter(pk=pks[1]).update(wat="")
    Wissing.objects.create(
        keten="notifications_ontvangstbewijs", regel=pks[1], zegel=1, afdruk=b"x" * 32, moment=nu(), reden="x",
        hash="a" * 64, sleutel="b" * 16,
    )  # fmt: skip
    assert found() == [("WISSING_VERVALST", pks[1]), ("REGEL_GEWIJZIGD", pks[1])]


def test_a_wiping_never_changes_and_goes_only_with_its_seal(pks):
    wipe(pks[1])
    for daad in (Wissing.objects.all().delete, lambda: Wissing.objects.update(reden="y")):
        with pytest.raises((IntegrityError, DatabaseFout)), transaction.atomic():
            daad()
    assert remove_oldest(Ontvangstbewijs, voor=nu(), reden="proef", now=nu()) == 3
    assert not Wissing.objects.exists()
    assert found() == []


def test_a_new_secret_leaves_an_emptied_row_as_it_is(pks):
    wipe(pks[1])
    tabel = next(een for een in list_tabellen() if een.naam == "notifications_ontvangstbewijs")
    assert rewrite(tabel).onleesbaar == 0
    assert found() == []
