"""When content is scanned: at the door if the scanner answers in time, and otherwise by the worker.

What the scanner has not seen is held (Controle.WACHT) and never handed out; what it calls unsafe is removed.
"""

import logging
import time
from datetime import datetime

from django.db import transaction
from django.db.models import F

from eloket.documenten import opslag
from eloket.documenten.events import BesmettingGevonden, DocumentBesmet
from eloket.documenten.models import Bestand, Document
from eloket.documenten.scanner import GeenUitslag, Scanner, ScannerOnbereikbaar
from eloket.documenten.tijdelijk import Leesbaar
from eloket.documenten.types import Controle
from eloket.kernel import events
from eloket.kernel.errors import EloketFout

log = logging.getLogger(__name__)
AAN_DE_DEUR = 15.0  # seconds that all files of one post together may wait for the scanner
MET_RUST = 30.0  # seconds in which posts do not ask again after the scanner did not answer
AANTAL_PER_RONDE = 500
# To hold all zaken of a file: each one more only when a document came into another zaak just then.
MEESTE_POGINGEN = 5
SECONDEN_PER_RONDE = 20.0  # then the worker has mail to send again


class _Stand:
    """Of this process: who scans, and until when it counts as away. A lost update costs one extra wait."""

    scanner: Scanner | None = None
    weg_tot: float = 0.0


def configure_scanner(scanner: Scanner | None) -> None:
    """Say who looks for viruses; None: nobody does."""
    _Stand.scanner, _Stand.weg_tot = scanner, 0.0


class DeurScan:
    """The scan of the files of one post. A scanner that hangs costs one wait, not one per file or per visitor."""

    def __init__(self) -> None:
        self._einde = time.monotonic() + AAN_DE_DEUR

    def scan(self, pad: Leesbaar) -> Controle:
        """GEEN without a scanner; WACHT when it does not say in time."""
        if _Stand.scanner is None:
            return Controle.GEEN
        over = self._einde - time.monotonic()
        if over <= 0 or time.monotonic() < _Stand.weg_tot:
            return Controle.WACHT
        try:
            return _Stand.scanner.scan(opslag.lees_vanaf(pad, 0), hooguit=over)
        except GeenUitslag:
            return Controle.WACHT
        except ScannerOnbereikbaar as error:
            log.error("de virusscanner antwoordt niet: %s", type(error).__name__)  # noqa: TRY400 - only the kind
            _Stand.weg_tot = time.monotonic() + MET_RUST
            return Controle.WACHT


def is_bekend_besmet(sha256: str) -> bool:
    """What the scanner said before counts while it is away."""
    return Bestand.objects.filter(sha256=sha256, controle=Controle.BESMET).exists()


def scan_wachtend(now: datetime) -> int:
    """Scan what was taken in while the scanner was away; returns how many were scanned. For the worker.

    A round ends after twenty seconds, or when the scanner does not answer. A file on which it gives no verdict goes to
    the end of the line, so that it never keeps the others waiting; what was not scanned stays held.
    """
    if _Stand.scanner is None:
        return 0
    wachtend = Bestand.objects.filter(controle=Controle.WACHT)
    rij = wachtend.order_by(F("gescand_op").asc(nulls_first=True), "aangeraakt").values_list("pk", "sha256")
    gedaan, einde = 0, time.monotonic() + SECONDEN_PER_RONDE
    for pk, sha256 in list(rij[:AANTAL_PER_RONDE]):
        if time.monotonic() > einde:
            break
        wachtend.filter(pk=pk).update(gescand_op=now)
        try:
            controle = _Stand.scanner.scan(opslag.open_inhoud(sha256).brokken)
            gedaan += _note_scan(pk, sha256, controle, now)
        except ScannerOnbereikbaar as error:
            log.warning("scan uitgesteld: %s", type(error).__name__)
            if isinstance(error, GeenUitslag):
                continue
            break
        except (OSError, EloketFout) as error:  # not stored yet, or nobody can be told now: the next round
            log.warning("scan uitgesteld: %s", type(error).__name__)
            continue
    return gedaan


def _note_scan(pk: int, sha256: str, controle: Controle, now: datetime) -> bool:
    """The verdict, and who must hear of it. Waits for a link or a move under way, so that nobody is missed. False when
    documents kept coming and going meanwhile: the next round."""
    for _ in range(MEESTE_POGINGEN):
        is_vast, is_genoteerd = _try_note(pk, controle, now)
        if is_vast:
            break
    else:
        return False
    # Never on a verdict that came second: the first may be that it is clean.
    if is_genoteerd and controle is Controle.BESMET:
        opslag.delete(sha256)
    return is_genoteerd


def _try_note(pk: int, controle: Controle, now: datetime) -> tuple[bool, bool]:
    """(whether it is settled, whether it was this verdict that was noted). First the zaken are held, then the content,
    then its documents: the order of everybody. So it is asked before where the documents stand; not settled, and
    nothing happened, when one came in another zaak before all was held."""
    is_besmet = controle is Controle.BESMET
    documenten = Document.objects.filter(bestand_id=pk)
    with transaction.atomic():
        vast = frozenset(documenten.values_list("zaak_ref", flat=True)) if is_besmet else frozenset()
        if vast:
            events.publish(BesmettingGevonden(tuple(sorted(vast))))
        if not Bestand.objects.select_for_update().filter(pk=pk, controle=Controle.WACHT).exists():
            return True, False  # another worker was first, or the file is gone
        Bestand.objects.filter(pk=pk).update(controle=controle, gescand_op=now)
        if not is_besmet:
            return True, True
        geraakt = list(documenten.select_for_update().order_by("pk").values_list("pk", "zaak_ref"))
        if not {zaak_ref for _, zaak_ref in geraakt} <= vast:
            transaction.set_rollback(True)
            return False, False
        log.warning("besmet bestand afgesloten: %s", pk)
        for document_id, zaak_ref in geraakt:
            events.publish(DocumentBesmet(zaak_ref=zaak_ref, document_id=str(document_id)))
    return True, True


def remove_besmet(sinds: datetime) -> None:
    """Remove bytes of what was found unsafe since then that a crash or the storage kept. Raises OSError."""
    besmet = Bestand.objects.filter(controle=Controle.BESMET, gescand_op__gte=sinds)
    for sha256 in list(besmet.values_list("sha256", flat=True)):
        opslag.delete(sha256)
