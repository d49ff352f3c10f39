"""Noodtoegang that is asked for, ended and judged at the same moment, on a database with real concurrency."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection

from eloket.audit.models import AuditRegel
from eloket.identity.models import Medewerker
from eloket.identity.types import Recht
from eloket.zaken import noodtoegang
from eloket.zaken.errors import NoodtoegangAlBeoordeeld
from eloket.zaken.models import NoodtoegangBericht, NoodtoegangRegel
from eloket.zaken.service import take_zaak
from tests.web.werkplek import build_stadhuis

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
REDEN = "Mila is ziek en de aanvrager staat aan de balie."


def together(*werk: Callable[[], object]) -> list[BaseException]:
    fouten: list[BaseException] = []
    klaar = threading.Barrier(len(werk))

    def run(doe: Callable[[], object]) -> None:
        klaar.wait(30)
        try:
            doe()
        except BaseException as fout:  # noqa: BLE001 - told by the test
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=run, args=(een,)) for een in werk]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    return fouten


def test_of_many_clicks_at_once_one_noodtoegang_comes_and_one_judgement():
    huis = build_stadhuis()
    zaak = huis.start("Vergunning")
    take_zaak(huis.mila, zaak.ref, versie=zaak.versie)
    bo = replace(huis.bo, rechten=frozenset({Recht.NOODTOEGANG}))

    def ask() -> None:
        noodtoegang.open_zaak(bo, zaaknummer=zaak.identificatie, aanleiding="collega", reden=REDEN)

    assert together(*[ask] * 4) == []
    toegang = str(NoodtoegangRegel.objects.get().pk)
    assert NoodtoegangBericht.objects.count() == 1
    assert AuditRegel.objects.filter(actie="noodtoegang.geopend").count() == 1

    wachters = [
        replace(huis.mila, medewerker_id=Medewerker.objects.create(subject=f"w-{een}", naam="W").pk,
                rechten=frozenset({Recht.INZIEN}))
        for een in range(3)
    ]  # fmt: skip
    oordelen = [
        lambda wie=wie: noodtoegang.judge(wie, toegang, oordeel="niet_terecht", toelichting="Niet nodig.")
        for wie in wachters
    ]
    fouten = together(*oordelen, lambda: noodtoegang.end(bo, toegang))
    assert [type(een) for een in fouten] == [NoodtoegangAlBeoordeeld] * 2
    assert AuditRegel.objects.filter(actie="noodtoegang.beoordeeld").count() == 1
    assert AuditRegel.objects.filter(actie="noodtoegang.beeindigd").count() == 1
