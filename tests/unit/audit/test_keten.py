"""What was sealed can be checked, and the check says where it was changed."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from eloket.audit import verzegelen
from eloket.audit.kop import Kop
from eloket.audit.models import AuditRegel, Opruiming, Zegel
from eloket.audit.opruimen import remove_oldest
from eloket.kernel import crypto
from eloket.kernel.crypto import Vault
from eloket.kernel.klok import nu
from tests.bewaking import zonder_bewaking
from tests.unit.audit.keten import add, check, found, seal

pytestmark = pytest.mark.django_db


def test_rows_are_sealed_in_batches_and_the_chain_holds():
    add(7)
    assert seal() == 7
    assert [zegel.aantal for zegel in Zegel.objects.order_by("volgnummer")] == [3, 3, 1]
    uitslag = check()
    assert (uitslag.zegels, uitslag.regels, uitslag.onverzegeld, uitslag.bevindingen) == (3, 7, 0, [])
    assert not AuditRegel.objects.filter(zegel=None).exists()


def test_what_is_not_sealed_yet_is_counted():
    add(4)
    seal()
    add(2)
    assert (check().onverzegeld, found()) == (2, [])


def test_a_row_that_commits_late_with_a_low_number_is_sealed_all_the_same():
    """Two writers at once: the higher number is committed and sealed first."""
    add(3)
    laat = AuditRegel.objects.order_by("pk").first()
    assert laat is not None
    with zonder_bewaking():
        AuditRegel.objects.filter(pk=laat.pk).delete()
    seal()
    laat.save(force_insert=True)
    assert seal() == 1
    assert (found(), check().onverzegeld) == ([], 0)


def test_nothing_to_seal_makes_no_seal():
    assert seal() == 0
    assert not Zegel.objects.exists()


def test_a_round_leaves_a_backlog_for_the_next(monkeypatch):
    monkeypatch.setattr(verzegelen, "PER_ZEGEL", 2)
    monkeypatch.setattr(verzegelen, "PER_RONDE", 3)
    add(8)
    assert verzegelen.seal_waiting(nu()) == verzegelen.Verzegeld(6, is_bij=False)
    assert verzegelen.seal_waiting(nu()) == verzegelen.Verzegeld(2, is_bij=True)


def test_the_head_goes_to_the_log(caplog):
    add(1)
    with caplog.at_level(logging.INFO, logger="eloket.audit"):
        seal()
    kop = check().kop
    assert kop is not None
    assert f"verzegeld: 1 regels, kop {kop}" in caplog.text
    assert Kop.parse(str(kop)) == kop


@pytest.mark.parametrize(
    "tekst", ["", "12:abc", "audit_regel:0:" + "a" * 64, "audit_regel:1:" + "A" * 64, "x:1:2:3"]
)
def test_what_is_no_head_is_refused(tekst):
    with pytest.raises(ValueError, match="geen kop"):
        Kop.parse(tekst, keten="audit_regel")


def test_values_that_databases_write_in_their_own_way_are_read_back_the_same():
    """Microseconds, the order of JSON keys, empty text beside nothing, and letters beyond ASCII."""
    for kenmerken in (
        {"z": 1, "a": [1.5, None, True]},
        {"é": "ü\U0001f600", "leeg": ""},
        {},
        {"a": {"c": 1, "b": 2}},
    ):
        for micro in (0, 1, 999_999, 120_000):
            AuditRegel.objects.create(
                moment=datetime(2026, 10, 25, 0, 30, 0, micro, tzinfo=UTC),
                actor_soort="", actor_key="", actie="é\n\"'\\", object_ref="", kenmerken=kenmerken,
            )  # fmt: skip
    seal()
    assert found() == []


def tamper(pk: int, **waarden: object) -> None:
    """Change this row as the owner of the database could."""
    with zonder_bewaking():
        AuditRegel.objects.filter(pk=pk).update(**waarden)


@pytest.fixture
def pks() -> list[int]:
    """Nine rows under three seals."""
    add(9)
    seal()
    return list(AuditRegel.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize(
    "verandering",
    [
        {"actie": "zaak.x"},
        {"kenmerken": {"nummer": 99}},
        {"kenmerken": {"nummer": True}},
        {"moment": datetime(2020, 1, 1, tzinfo=UTC)},
        {"actor_key": ""},
    ],
)
def test_a_row_that_was_changed_is_named(pks, verandering):
    tamper(pks[4], **verandering)
    assert found() == [("REGEL_GEWIJZIGD", 2, pks[4])]
    assert check().bevindingen[0].tekst == f"zegel 2, regel {pks[4]} is veranderd nadat hij verzegeld was"


def test_a_moment_that_moved_a_microsecond_is_seen(pks):
    regel = AuditRegel.objects.get(pk=pks[0])
    tamper(pks[0], moment=regel.moment + timedelta(microseconds=1))
    assert found() == [("REGEL_GEWIJZIGD", 1, pks[0])]


def test_a_row_that_was_removed_is_named(pks):
    with zonder_bewaking():
        AuditRegel.objects.filter(pk=pks[5]).delete()
    assert found() == [("REGEL_VERDWENEN", 2, pks[5])]


def test_a_row_that_was_put_in_is_named(pks):
    regel = AuditRegel.objects.get(pk=pks[0])
    regel.pk = pks[-1] + 1
    with zonder_bewaking():
        regel.save(force_insert=True)
    assert found() == [("REGEL_INGEVOEGD", 1, pks[-1] + 1)]


def test_a_row_that_was_loosened_or_hung_under_another_seal_is_named(pks):
    tamper(pks[0], zegel=None)
    assert found() == [("REGEL_ANDER_ZEGEL", 1, pks[0])]
    tamper(pks[0], zegel=2)
    assert found() == [("REGEL_ANDER_ZEGEL", 1, pks[0]), ("REGEL_INGEVOEGD", 2, pks[0])]


def test_a_seal_that_was_removed_is_named_with_the_rows_it_left(pks):
    with zonder_bewaking():
        Zegel.objects.filter(volgnummer=2).delete()
    assert found() == [("ZEGEL_VERDWENEN", 2, None), ("REGELS_ZONDER_ZEGEL", 2, None)]


def test_a_seal_that_was_removed_with_its_rows_is_named(pks):
    with zonder_bewaking():
        Zegel.objects.filter(volgnummer=2).delete()
        AuditRegel.objects.filter(zegel=2).delete()
    assert found() == [("ZEGEL_VERDWENEN", 2, None)]


def test_seals_that_changed_places_are_named(pks):
    with zonder_bewaking():
        for van, naar in ((1, 99), (2, 1), (99, 2)):
            Zegel.objects.filter(volgnummer=van).update(volgnummer=naar)
    assert {(soort, zegel) for soort, zegel, _ in found()} >= {("ZEGEL_GEWIJZIGD", 1), ("ZEGEL_GEWIJZIGD", 2)}
    assert not [een for een in found() if een[1] == 3]


def test_a_tail_that_was_cut_off_leaves_rows_behind(pks):
    with zonder_bewaking():
        Zegel.objects.filter(volgnummer=3).delete()
    assert found() == [("REGELS_ZONDER_ZEGEL", 3, None)]


def test_a_tail_that_was_cut_off_whole_is_seen_by_a_noted_head(pks):
    kop = check().kop
    assert kop is not None
    with zonder_bewaking():
        Zegel.objects.filter(volgnummer=3).delete()
        AuditRegel.objects.filter(zegel=3).delete()
    assert found() == []
    assert found(kop) == [("KOP_VERDWENEN", 3, None)]


def test_a_chain_that_was_made_anew_is_seen_by_a_noted_head(pks):
    kop = check().kop
    assert kop is not None
    with zonder_bewaking():
        Zegel.objects.all().delete()
        AuditRegel.objects.filter(pk=pks[0]).update(actie="zaak.x")
        AuditRegel.objects.update(zegel=None)
    seal()
    assert found() == []
    assert found(kop) == [("KOP_ANDERS", 3, None)]


def test_a_piece_that_was_made_anew_does_not_join(pks):
    """By who has the secret: each seal holds by itself, and not with the one before it."""
    with zonder_bewaking():
        oud = Zegel.objects.get(volgnummer=3)
        Zegel.objects.filter(volgnummer__gte=2).delete()
        AuditRegel.objects.filter(zegel=2).update(zegel=None, actie="zaak.x")
        seal()
        oud.save(force_insert=True)
    assert found() == [("ZEGEL_SLUIT_NIET_AAN", 3, None)]


def test_a_head_noted_earlier_is_still_in_the_chain(pks):
    kop = check().kop
    assert kop is not None
    add(2)
    seal()
    assert found(kop) == []


def test_who_has_another_secret_is_told_so(pks, monkeypatch):
    monkeypatch.setattr(crypto, "vault", lambda: Vault(secrets=("x" * 32,), hash_secret="y" * 32))
    monkeypatch.setattr("eloket.audit.vingerafdruk.vault", crypto.vault)
    monkeypatch.setattr("eloket.audit.controle.vault", crypto.vault)
    assert {soort for soort, _, _ in found()} == {"ANDERE_SLEUTEL"}


def test_who_owns_the_database_and_not_the_secret_cannot_make_the_chain_anew(pks, monkeypatch):
    """They know how it is made, and write the name of our key in what they make with one of their own."""
    vreemd = Vault(secrets=("x" * 32,), hash_secret="y" * 32)
    vreemd.zegel_sleutel = Zegel.objects.get(volgnummer=1).sleutel
    with zonder_bewaking(), monkeypatch.context() as patch:
        patch.setattr("eloket.audit.vingerafdruk.vault", lambda: vreemd)
        Zegel.objects.all().delete()
        AuditRegel.objects.filter(pk=pks[0]).update(actie="zaak.x")
        AuditRegel.objects.update(zegel=None)
        seal()
        assert found() == [], "by their own key it holds"
    assert {(soort, zegel) for soort, zegel, _ in found()} >= {("ZEGEL_GEWIJZIGD", n) for n in (1, 2, 3)}


def test_only_the_first_of_very_many_findings_are_kept(monkeypatch):
    monkeypatch.setattr("eloket.audit.bevindingen.MEESTE", 5)
    add(20)
    seal(7)
    with zonder_bewaking():
        AuditRegel.objects.update(actie="zaak.x")
    uitslag = check()
    assert (len(uitslag.bevindingen), uitslag.aantal_bevindingen) == (5, 20)


# --- The end of a retention period -------------------------------------------------------------------


def test_the_oldest_seals_go_with_their_rows_and_the_chain_still_holds(pks):
    grens = nu()
    kop = check().kop
    assert kop is not None
    add(2)
    seal()
    assert remove_oldest(AuditRegel, voor=grens, reden="selectielijst 1.1", now=nu()) == 9
    uitslag = check(kop)
    assert (uitslag.zegels, uitslag.regels, uitslag.opgeruimd_tot, uitslag.bevindingen) == (1, 2, 3, [])
    assert uitslag.te_oude_koppen == []  # the removal itself still tells what this head was
    assert remove_oldest(AuditRegel, voor=grens, reden="selectielijst 1.1", now=nu()) == 0


def test_a_chain_of_which_all_was_removed_goes_on_where_it_was(pks):
    remove_oldest(AuditRegel, voor=nu(), reden="proef", now=nu())
    assert not Zegel.objects.exists()
    add(1)
    seal()
    assert Zegel.objects.get().volgnummer == 4
    assert found() == []


def test_a_removal_that_was_killed_halfway_is_no_break_and_is_finished_later(pks, monkeypatch):
    def dies(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Zegel, "delete", dies)
        with pytest.raises(KeyboardInterrupt):
            remove_oldest(AuditRegel, voor=nu(), reden="proef", now=nu())
    assert (Zegel.objects.count(), AuditRegel.objects.count(), found()) == (
        3,
        9 + 1,
        [],
    )  # the line that says so
    assert remove_oldest(AuditRegel, voor=datetime(2020, 1, 1, tzinfo=UTC), reden="proef", now=nu()) == 9
    assert found() == []


def test_a_removal_written_by_hand_excuses_nothing(pks):
    Opruiming.objects.create(
        keten="audit_regel", tot=2, kop=Zegel.objects.get(volgnummer=2).hash, moment=nu(), reden="x", hash="b" * 64,
        sleutel=Zegel.objects.get(volgnummer=1).sleutel,
    )  # fmt: skip
    AuditRegel.objects.filter(zegel__lte=2).delete()
    Zegel.objects.filter(volgnummer__lte=2).delete()
    assert found() == [("OPRUIMING_VERVALST", 2, None), ("ZEGEL_VERDWENEN", 1, None)]


def test_a_removal_after_the_clock_went_back_takes_no_younger_seal_along():
    for dag in (1, 20, 2):
        add(1)
        verzegelen.seal_batch(AuditRegel, datetime(2026, 1, dag, tzinfo=UTC))
    assert remove_oldest(AuditRegel, voor=datetime(2026, 1, 10, tzinfo=UTC), reden="proef", now=nu()) == 1
    assert (Zegel.objects.count(), found()) == (2, [])
