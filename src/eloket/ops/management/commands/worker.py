"""`eloket worker`: sends what waits in the outbox, scans what waits for it, reminds and tidies up."""

import logging
import os
import signal
import socket
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error as DatabaseFout
from django.db import close_old_connections, connection

from eloket.archief import uitvoeren
from eloket.audit import opruimen, verzegelen
from eloket.berichten import concepten
from eloket.documenten import service as documenten
from eloket.export import opruimen as exports
from eloket.export.maken import Maker
from eloket.identity import sessie
from eloket.identity.fouten import DATABASE_FOUTEN
from eloket.identity.limieten import teller
from eloket.inzage.opvallend import bepalen
from eloket.kernel.duur import Duur
from eloket.kernel.klok import nu
from eloket.loket import bewaartijd, bewijzen
from eloket.machtigingen import service as machtigingen
from eloket.notifications import ander_kanaal, herinneren, partij
from eloket.notifications.bezorgen import klokherstel
from eloket.notifications.bezorgen.ronde import Bezorger
from eloket.notifications.brieven import adressen
from eloket.notifications.brieven.ronde import make_brieven
from eloket.notifications.retour.ronde import Ophaler
from eloket.ops.bewaking import Bewaking, is_due
from eloket.ops.csp import tellen as csp
from eloket.ops.opvallend import read_drempels
from eloket.profile import contactpersonen
from eloket.zaken import aanwezigheid, noodtoegang, vernietigen
from eloket.zaken import service as zaken

log = logging.getLogger(__name__)
ONDERHOUD_ELKE = timedelta(minutes=10)
SCAN_ELKE = timedelta(minutes=1)
ADRESSEN_ELKE = timedelta(seconds=10)
ZEGEL_ELKE = timedelta(seconds=30)  # so that nothing waits longer than a minute
_KORT, _LANG, _STORING = 1.0, 2.0, 5.0  # seconds: just idle, idle for longer, database away


class Worker:
    """One loop: deliver, tidy up, wait. `stop` ends it after the mail at hand; `kill -9` at any moment loses nothing.

    Several workers may run beside each other, on one machine or on many.
    """

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        naam = f"{socket.gethostname()[:40]}:{os.getpid()}:{os.urandom(4).hex()}"
        self._bezorger = Bezorger(naam, stop.is_set)
        self._maker = Maker(naam, stop.is_set)
        self._bewaking = Bewaking()
        self._ophaler = Ophaler(settings.ELOKET.retour_imap_url)
        self._onderhoud_op: datetime | None = None
        self._scan_op: datetime | None = None
        self._zegel_op: datetime | None = None
        self._adressen_op: datetime | None = None

    def run(self) -> None:
        """Until `stop` is set. A database that goes away is waited for."""
        pauze = _KORT
        is_weg = False
        while not self._stop.is_set():
            close_old_connections()  # here and not in a round, which may be part of the transaction of its caller
            try:
                heeft_gewerkt = self.run_once()
            except DatabaseFout as error:
                if not is_weg:
                    log.warning("de database antwoordt niet, de worker wacht: %s", type(error).__name__)
                is_weg, pauze = True, _STORING
                connection.close()
            else:
                if is_weg:
                    log.warning("de database antwoordt weer")
                is_weg = False
                pauze = 0.0 if heeft_gewerkt else _LANG if pauze else _KORT
            self._stop.wait(pauze)

    def run_once(self) -> bool:
        """One round; True when there was something to send, and so may be more. Raises django.db.Error."""
        now = nu()
        is_meer = self._bewaking.do_round(now)
        heeft_gewerkt = self._bezorger.run_round(now)
        heeft_gewerkt |= self._ophaler.run_round(now)
        if bewezen := bewijzen.add_bewijzen(now):  # somebody may be looking at their zaak already
            log.info("bewijzen: %s", bewezen)
        heeft_gewerkt |= self._maker.run_round(now)
        self._scan(now)
        self._seal(now)
        self._find_adressen(now)
        if is_due(self._onderhoud_op, ONDERHOUD_ELKE, now):
            self._onderhoud_op = now
            self._tidy_up(now)
        return heeft_gewerkt or is_meer

    def _scan(self, now: datetime) -> None:
        """What the virus scanner has not seen yet; every minute, because somebody may be waiting for it."""
        if not is_due(self._scan_op, SCAN_ELKE, now):
            return
        self._scan_op = now
        if gescand := documenten.scan_wachtend(now):
            log.info("gescand: %s bestanden", gescand)

    def _seal(self, now: datetime) -> None:
        """What is proof and was not sealed yet; again at once while there is more than one round can do."""
        if not is_due(self._zegel_op, ZEGEL_ELKE, now):
            return
        try:
            ronde = verzegelen.seal_waiting(now)
        except DATABASE_FOUTEN:
            raise
        except Exception as error:  # noqa: BLE001 - the mail goes on; what waits is told by `controleer-bewijs`
            log.error("verzegelen mislukt: %s", type(error).__name__)  # noqa: TRY400
            self._zegel_op = now
        else:
            self._zegel_op = now if ronde.is_bij else None

    def _find_adressen(self, now: datetime) -> None:
        """Of letters; every ten seconds, because somebody may stand at the printer who put them back."""
        if not is_due(self._adressen_op, ADRESSEN_ELKE, now):
            return
        self._adressen_op = now
        try:
            if gevonden := adressen.find_adressen(now):
                log.info("adressen van brieven: %s", gevonden)
        except DATABASE_FOUTEN:
            raise
        except Exception as error:  # noqa: BLE001 - the mail goes on; the letters wait, and the page says so
            log.error("adressen zoeken mislukt: %s", type(error).__name__)  # noqa: TRY400

    def _tidy_up(self, now: datetime) -> None:
        """Every round of upkeep, each by itself: one that fails never stops the others, nor the mail."""
        for onderdeel, doe in _ONDERHOUD.items():
            if self._stop.is_set():
                return
            try:
                uitkomst = doe(now)
            except DATABASE_FOUTEN:
                raise  # nothing else would work either: `run` waits for it
            except Exception as error:  # noqa: BLE001 - whatever it is, the rest goes on; again in ten minutes
                # The message may hold a path or a name: only the kind of error is told.
                log.error("onderhoud mislukt: %s %s", onderdeel, type(error).__name__)  # noqa: TRY400
            else:
                log.info("onderhoud: %s %s", onderdeel, uitkomst)


def _tidy_files(now: datetime) -> str:
    opgeruimd = documenten.ruim_op(now)
    return f"{opgeruimd.bestanden} bestanden, {opgeruimd.tijdelijk} tijdelijk"


def _tidy_audit(now: datetime) -> int:
    return opruimen.remove_expired(Duur.parse(settings.ELOKET.logboek_termijn), now)


def _fill_terms(_now: datetime) -> int:
    return vernietigen.fill_archief(500)


def _find_unusual(now: datetime) -> int:
    """Once a day there is something to count; in all other rounds one query."""
    return bepalen.run_round(now, read_drempels())


# What is done every ten minutes, and what the number in the log counts.
_ONDERHOUD: dict[str, Callable[[datetime], object]] = {
    "bestanden opgeruimd": _tidy_files,
    "documenten gescand": documenten.scan_wachtend,
    "sessies opgeruimd": sessie.purge_sessies,
    "tellers opgeruimd": teller.purge,
    "csp-meldingen opgeruimd": csp.purge,
    "contactpersonen opgeruimd": contactpersonen.ruim_op,
    "formulieren opgeruimd": bewaartijd.ruim_op,
    "exports opgeruimd": exports.ruim_op,
    "herinneringen aan formulieren": bewaartijd.remind_concepten,
    "concepten van berichten opgeruimd": concepten.ruim_op,
    "machtigingen opgeruimd": machtigingen.ruim_op,
    "aanwezigheid opgeruimd": aanwezigheid.ruim_op,
    "logboek opgeruimd": _tidy_audit,
    "bewaartermijnen bepaald": _fill_terms,
    "zaken vernietigd": uitvoeren.destroy_approved,
    "noodtoegang opgeruimd": noodtoegang.ruim_op,
    "meldingen van een vorige versie aangevuld": partij.fill_partij,
    "herinneringen": zaken.remind_taken,
    "herinneringen aan wat ongelezen is": herinneren.remind_ongelezen,
    "e-mail na een klok die fout stond": klokherstel.repair_clock,
    "brieven aan wie niets opent": ander_kanaal.write_who_opens_nothing,
    "brieven": make_brieven,
    "opvallend inzien": _find_unusual,
    "opvallend inzien opgeruimd": bepalen.purge,
}


def run_until_stopped(stop: threading.Event) -> None:
    """Run a worker in this thread. For the command, and for who starts it beside a web server."""
    log.info("worker gestart")
    Worker(stop).run()
    log.info("worker gestopt")


class Command(BaseCommand):
    help = "Verstuurt e-mails die klaarstaan en ruimt op. Stoppen met Ctrl-C of SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--eenmaal", action="store_true", help="verstuur wat nu klaarstaat en stop dan")

    def handle(self, *_args: Any, eenmaal: bool, **_options: Any) -> None:
        stop = threading.Event()

        def on_signal(_number: int, _frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, on_signal)
        signal.signal(signal.SIGINT, on_signal)
        if not eenmaal:
            run_until_stopped(stop)
            return
        worker = Worker(stop)
        while not stop.is_set() and worker.run_once():
            pass
