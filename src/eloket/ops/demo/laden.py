"""Plays the script of the demo through the real services, each line at its own moment in the past."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction

from eloket.identity.models import Afdeling, Medewerker
from eloket.identity.types import Actor
from eloket.kernel.klok import op_moment, vandaag
from eloket.ops.demo import inzien, mensen, vernietigen
from eloket.ops.demo.anderen import zaken_van_anderen
from eloket.ops.demo.draaiboek import DemoZaak, at
from eloket.ops.demo.nummers import number_on
from eloket.ops.demo.ports import DemoBron
from eloket.ops.demo.spelen import Speler
from eloket.ops.demo.zaken import AFGEROND_JEROEN, LOPEND_JEROEN, OVERIG
from eloket.zaken.bronnen import bron_voor_nieuwe_zaken
from eloket.zaken.sjablonen import load_meegeleverd

Voortgang = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Regel:
    """Something to do at a moment; `volgorde` decides between lines of the same moment."""

    moment: datetime
    volgorde: int
    doe: Callable[[], None]


def is_leeg() -> bool:
    """Whether nothing stands in the database yet that demo data could be confused with."""
    return not (Medewerker.objects.exists() or Afdeling.objects.exists())


def load_demo(bsns: tuple[str, ...], voortgang: Voortgang) -> int:
    """Fill an empty database, all or nothing, and say how many zaken there are now. `bsns`: the other residents.

    `voortgang` gets a line of text now and then. Raises TypeError when new zaken do not go to the embedded register.
    """
    bron = bron_voor_nieuwe_zaken()
    if not isinstance(bron, DemoBron):
        raise TypeError("de demo laadt alleen in het eigen zakenregister")
    anderen = zaken_van_anderen(bsns)
    zaken = (*AFGEROND_JEROEN, *LOPEND_JEROEN, *OVERIG, *anderen)
    oud = vernietigen.VERNIETIGD
    with transaction.atomic():
        bron.import_zaaktypen()
        load_meegeleverd()
        medewerkers = mensen.make_medewerkers()
        speler = Speler(bron=bron, medewerkers=medewerkers, peildag=vandaag())
        script = (*_regels((*zaken, *oud), speler), *_lists(medewerkers, speler.peildag))
        regels = sorted(script, key=lambda regel: (regel.moment, regel.volgorde))
        for nummer, regel in enumerate(regels, start=1):
            with op_moment(regel.moment):
                regel.doe()
            if nummer % 100 == 0 or nummer == len(regels):
                voortgang(f"  {nummer} van {len(regels)} gebeurtenissen")
        inzien.play(speler, medewerkers[inzien.WIE], anderen)
    return len(zaken)


def _regels(zaken: tuple[DemoZaak, ...], speler: Speler) -> Iterator[_Regel]:
    vast = {speler.peildag + timedelta(days=zaak.start): zaak.nummer for zaak in zaken if zaak.nummer}
    for plek, zaak in enumerate(zaken):
        begin = at(zaak.start, 9, plek % 60, peildag=speler.peildag)
        yield _Regel(begin, plek, partial(speler.start, zaak, _number(zaak, begin.date(), vast)))
        if zaak.brief:
            yield _Regel(begin + timedelta(minutes=30), plek, partial(speler.confirm, zaak))
        for lijn in zaak.lijn:
            if not speler.is_with_start(zaak, lijn):
                moment = speler.moment_of(lijn, plek)
                yield _Regel(moment, plek, partial(speler.play, zaak, lijn))
    # Fatima helps Jeroen with his parking permit, which waits for a document of him.
    moment = at(-6, 20, 15, peildag=speler.peildag)
    yield _Regel(moment, len(zaken), partial(speler.authorise, LOPEND_JEROEN[0], mensen.FATIMA))


def _lists(medewerkers: dict[str, Actor], peildag: date) -> Iterator[_Regel]:
    """Of zaken to destroy; the zaken of the first one are gone afterwards, and not counted."""
    oud, nieuw = partial(vernietigen.carry_out_old, medewerkers), partial(vernietigen.offer_new, medewerkers)
    yield _Regel(at(vernietigen.DAG_OUD, 14, 0, peildag=peildag), 0, oud)
    yield _Regel(at(vernietigen.DAG_NIEUW, 14, 0, peildag=peildag), 0, nieuw)


def _number(zaak: DemoZaak, dag: date, vast: dict[date, int]) -> int:
    return zaak.nummer or number_on(dag, vast)
