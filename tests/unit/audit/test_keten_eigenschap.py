"""Whatever one thing somebody changes in rows or seals, the check finds it, at the right place (property test)."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eloket.audit.models import AuditRegel, Zegel
from eloket.audit.verzegelen import seal_batch
from eloket.kernel.klok import nu
from tests.bewaking import zonder_bewaking
from tests.unit.audit.keten import add, check, found, seal

pytestmark = pytest.mark.django_db
REGELS, PER_ZEGEL = 11, 3
VRIJ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True, slots=True)
class Daad:
    """What somebody does: to a row or a seal, chosen by its place, with two numbers to vary it."""

    soort: str
    plek: int
    ander: int
    bit: int


DADEN = st.builds(
    Daad,
    st.sampled_from(
        ["regel anders", "regel weg", "regel erbij", "regels geruild", "zegel anders", "zegel weg", "zegel erbij",
         "zegels geruild"]
    ),
    st.integers(0, REGELS - 1),
    st.integers(0, REGELS - 1),
    st.integers(0, 10_000),
)  # fmt: skip


@pytest.fixture
def pks() -> list[int]:
    add(REGELS)
    seal(PER_ZEGEL)
    return list(AuditRegel.objects.order_by("pk").values_list("pk", flat=True))


def flip(tekst: str, bit: int) -> str:
    """The same text with one letter another."""
    plek = bit % max(len(tekst), 1)
    return tekst[:plek] + ("y" if tekst[plek : plek + 1] == "x" else "x") + tekst[plek + 1 :]


def change_regel(regel: AuditRegel, bit: int) -> None:
    velden = ("actor_soort", "actor_key", "actie", "object_ref", "moment", "kenmerken")
    veld = velden[bit % len(velden)]
    if veld == "moment":
        regel.moment += timedelta(microseconds=bit + 1)
    elif veld == "kenmerken":
        regel.kenmerken = {"nummer": bit + 1_000}
    else:
        setattr(regel, veld, flip(getattr(regel, veld), bit))
    regel.save()


def change_zegel(zegel: Zegel, bit: int) -> None:
    velden = ("moment", "aantal", "kolommen", "regels", "vorige_hash", "hash", "sleutel")
    veld = velden[bit % len(velden)]
    if veld == "moment":
        zegel.moment += timedelta(microseconds=bit + 1)
    elif veld == "aantal":
        zegel.aantal += bit + 1
    elif veld == "regels":
        regels = bytearray(zegel.regels)
        regels[bit % len(regels)] ^= 1
        zegel.regels = bytes(regels)
    elif veld == "kolommen":
        zegel.kolommen = zegel.kolommen.replace(",actie", "")
    else:
        setattr(zegel, veld, flip(getattr(zegel, veld), bit))
    zegel.save()


def do(daad: Daad, pks: list[int]) -> set[tuple[int, int | None]]:
    """Tamper; returns the places of which at least one must be named: (seal, row) or (seal, None)."""
    regel, ander = AuditRegel.objects.get(pk=pks[daad.plek]), AuditRegel.objects.get(pk=pks[daad.ander])
    zegel, ander_zegel = (Zegel.objects.get(volgnummer=een.zegel or 0) for een in (regel, ander))
    zegel.regels = bytes(zegel.regels)
    hier: set[tuple[int, int | None]] = {(zegel.volgnummer, None)}
    match daad.soort:
        case "regel anders":
            change_regel(regel, daad.bit)
            return {(zegel.volgnummer, regel.pk)}
        case "regel weg":
            AuditRegel.objects.filter(pk=regel.pk).delete()
            return {(zegel.volgnummer, regel.pk)}
        case "regel erbij":
            regel.pk = pks[-1] + 1 + daad.bit
            regel.save(force_insert=True)
            return {(zegel.volgnummer, regel.pk)}
        case "regels geruild":
            ander.pk, regel.pk = regel.pk, ander.pk
            regel.save()
            ander.save()
            return (
                {(zegel.volgnummer, ander.pk), (ander_zegel.volgnummer, regel.pk)}
                if regel.pk != ander.pk
                else set()
            )
        case "zegel anders":
            change_zegel(zegel, daad.bit)
            return hier
        case "zegel weg":
            zegel.delete()
            return {(regel.zegel or 0, None)}
        case "zegel erbij":
            zegel.pk, zegel.volgnummer = None, (-daad.bit if daad.bit % 2 else 5 + daad.bit)
            zegel.save(force_insert=True)
            nieuw: set[tuple[int, int | None]] = {(zegel.volgnummer, None)}
            return nieuw
        case _:
            if zegel.volgnummer == ander_zegel.volgnummer:
                return set()
            for van, naar in ((zegel, 99), (ander_zegel, zegel.volgnummer), (zegel, ander_zegel.volgnummer)):
                Zegel.objects.filter(pk=van.pk).update(volgnummer=naar)
            return hier


@given(DADEN)
@VRIJ
def test_one_change_is_found_where_it_was_made(pks, daad):
    with transaction.atomic():
        with zonder_bewaking():
            plekken = do(daad, pks)
        gevonden = {(zegel, regel) for _, zegel, regel in found()}
        transaction.set_rollback(True)
    assert plekken <= gevonden, (daad, gevonden)
    assert bool(gevonden) == bool(plekken)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4)), max_size=5))
@VRIJ
def test_a_chain_that_nobody_touched_holds(pks, rondes):
    with transaction.atomic():
        for aantal, per_zegel in rondes:
            add(aantal)
            seal(per_zegel)
        uitslag = check()
        transaction.set_rollback(True)
    assert (uitslag.bevindingen, uitslag.onverzegeld) == ([], 0)
    assert uitslag.regels == REGELS + sum(aantal for aantal, _ in rondes)


def test_a_seal_that_was_made_while_the_clock_was_back_is_one_like_others(pks):
    add(1)
    seal_batch(AuditRegel, nu() - timedelta(days=400))
    assert found() == []
