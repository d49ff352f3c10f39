"""From which address a request came, and counting: exactly, together, and without a trace of who it was."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.test import RequestFactory

from eloket.identity.limieten.adres import address_of
from eloket.identity.limieten.teller import count, purge
from eloket.identity.limieten.types import Limiet, Maat
from eloket.identity.models import Limietteller

NU = datetime(2026, 11, 3, 12, 1, tzinfo=UTC)
PROEF = Limiet("proef")
DRIE = Maat(3, 600)


@pytest.mark.parametrize(
    ("proxies", "kop", "adres"),
    [
        (0, "203.0.113.9", "192.0.2.1"),  # no proxy: what a visitor writes there says nothing
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),  # the first was made up
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (2, "10.0.0.1, 203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, "203.0.113.9", ""),  # one of ours did not speak
        (1, "", ""),
        (1, "onbekend", ""),
        (1, "203.0.113.9, ", ""),
        (1, "2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        (1, "[2001:db8:1:2:bbbb::9]:443", "2001:db8:1:2::/64"),
        (1, "2001:db8:1:3::1", "2001:db8:1:3::/64"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_the_address_is_what_our_own_proxies_say(settings, proxies, kop, adres):
    anders = {"behind_proxy": proxies > 0, "proxies": max(1, proxies)}
    settings.ELOKET = settings.ELOKET.model_copy(update=anders)
    verzoek = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=kop)
    assert address_of(verzoek) == adres


@pytest.mark.django_db
def test_so_many_pass_and_then_one_waits_for_the_next_window():
    assert [count(PROEF, "persoon", "a", DRIE, NU) for _ in range(5)] == [0, 0, 0, 540, 540]
    assert count(PROEF, "persoon", "a", DRIE, NU + timedelta(seconds=539)) == 1
    assert count(PROEF, "persoon", "a", DRIE, NU + timedelta(seconds=540)) == 0


@pytest.mark.django_db
def test_others_and_other_things_are_counted_by_themselves():
    for _ in range(4):
        count(PROEF, "persoon", "a", DRIE, NU)
    assert count(PROEF, "persoon", "b", DRIE, NU) == 0
    assert count(PROEF, "adres", "a", DRIE, NU) == 0
    assert count(Limiet("anders"), "persoon", "a", DRIE, NU) == 0


@pytest.mark.django_db
def test_what_is_kept_names_nobody_and_goes():
    count(PROEF, "adres", "203.0.113.9", DRIE, NU)
    rij = Limietteller.objects.get()
    assert set(rij.sleutel) <= set("0123456789abcdef")
    assert len(rij.sleutel) == 64
    assert rij.verloopt == datetime(2026, 11, 3, 12, 10, tzinfo=UTC)
    assert purge(NU) == 0
    assert purge(NU + timedelta(minutes=10)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_twenty_at_once_exactly_so_many_pass():
    samen = threading.Barrier(20)

    def one(_: int) -> int:
        try:
            samen.wait(20)
            return count(PROEF, "persoon", "a", DRIE, NU)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as draden:
        uitkomsten = list(draden.map(one, range(20)))
    assert sorted(uitkomsten) == [0, 0, 0, *[540] * 17]
