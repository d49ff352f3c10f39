"""Takes files in: inspects them, stores the good ones and says of the others how to mend it. Cleans up what was left.

The order makes every crash harmless: first the row (committed), then the bytes, then, in the transaction of the change,
the document. Whatever the moment of the crash, every blob has a row and every document has its bytes; a row that no
document came to refer to is removed with its bytes by `ruim_op` after an hour.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from eloket.documenten import formaten, opslag, upload, weigeringen
from eloket.documenten.events import DocumentBesmet
from eloket.documenten.formaten import MAX_AANTAL
from eloket.documenten.inspectie import herken, waarom_niet
from eloket.documenten.models import Bestand, Document
from eloket.documenten.namen import schoon
from eloket.documenten.pdfkeuring import Keuring, keur
from eloket.documenten.ports import DocumentBron
from eloket.documenten.scanner import Scanner, ScannerOnbereikbaar
from eloket.documenten.types import (
    Aangeboden,
    Beoordeling,
    Controle,
    DocumentInzage,
    Geweigerd,
    Herkomst,
    Klaar,
    Toevoeging,
)
from eloket.documenten.weigeringen import Reden
from eloket.kernel import events

log = logging.getLogger(__name__)
BEWAARTIJD = timedelta(hours=1)
AANTAL_PER_RONDE = 20
_bronnen: list[DocumentBron] = []
_scanners: list[Scanner] = []


@dataclass(frozen=True, slots=True)
class Opgeruimd:
    """How much `ruim_op` removed."""

    bestanden: int
    tijdelijk: int


def configure(bron: DocumentBron) -> None:
    """Say where documents live; called once, by config.wiring."""
    _bronnen[:] = [bron]


def configure_scanner(scanner: Scanner | None) -> None:
    """Say who looks for viruses; None: nobody does."""
    _scanners[:] = [scanner] if scanner else []


def configured_bron() -> DocumentBron:
    if not _bronnen:
        raise RuntimeError("documenten.service.configure was not called")
    return _bronnen[0]


def prepare(aangeboden: tuple[Aangeboden, ...], *, zaak_ref: str, moment: datetime) -> Toevoeging:
    """Inspect and store what was offered. The good ones are held for an hour: link them with `add_document`.

    Call it outside a transaction: hashing and storing large files may take seconds, and the rows that it writes must
    be committed before the bytes. An empty `zaak_ref` (there is no zaak yet) skips the check on what stands there.
    May raise BronOnbereikbaar. Every temporary file is gone afterwards.
    """
    try:
        aanwezig = _aanwezig(zaak_ref)
        gezien: dict[str, str] = {}
        wacht = _Wachtrij()
        goed: list[Klaar] = []
        geweigerd: list[Geweigerd] = []
        for plek, bestand in enumerate(aangeboden):
            uitkomst = _weiger_vooraf(bestand, plek, gezien, aanwezig) or _neem_aan(bestand, moment, wacht)
            if isinstance(uitkomst, Klaar):
                gezien[bestand.sha256] = bestand.naam
                goed.append(uitkomst)
            else:
                geweigerd.append(uitkomst)
    finally:
        for bestand in aangeboden:
            upload.verwijder(bestand)
    return Toevoeging(goed=tuple(goed), geweigerd=tuple(geweigerd))


def add_document(
    *,
    zaak_ref: str,
    bestand: Klaar,
    herkomst: Herkomst,
    auteur_key: str,
    auteur_naam: str,
    moment: datetime,
    taak_id: str = "",
    vervangt: str = "",
) -> DocumentInzage:
    """Link a prepared file to the zaak, in the caller's transaction.

    Raises DocumentBestaatAl (in a savepoint: the transaction goes on), BestandVerlopen, BronOnbereikbaar.
    """
    return configured_bron().add_document(
        zaak_ref=zaak_ref,
        bestand=bestand,
        herkomst=herkomst,
        auteur_key=auteur_key,
        auteur_naam=auteur_naam,
        moment=moment,
        taak_id=taak_id,
        vervangt=vervangt,
    )


def judge_document(
    document_id: str,
    *,
    beoordeling: Beoordeling,
    reden: str = "",
    documenttype: str = "",
    vertrouwelijkheid: str = "",
    moment: datetime,
) -> DocumentInzage:
    """See ports.DocumentBron.judge_document; in the caller's transaction."""
    return configured_bron().judge_document(
        document_id,
        beoordeling=beoordeling,
        reden=reden,
        documenttype=documenttype,
        vertrouwelijkheid=vertrouwelijkheid,
        moment=moment,
    )


def move_document(document_id: str, *, zaak_ref: str) -> DocumentInzage:
    """See ports.DocumentBron.move_document; in the caller's transaction."""
    return configured_bron().move_document(document_id, zaak_ref=zaak_ref)


def scan_wachtend(now: datetime) -> int:
    """Scan what was taken in while the scanner was away; returns how many were scanned. For the worker.

    Stops at the first failure: what was not scanned stays held.
    """
    if not _scanners:
        return 0
    wachtend = Bestand.objects.filter(controle=Controle.WACHT).order_by("aangeraakt")
    gedaan = 0
    for pk, sha256 in list(wachtend.values_list("pk", "sha256")[:AANTAL_PER_RONDE]):
        try:
            controle = _scanners[0].scan(opslag.open_inhoud(sha256).brokken)
        except (ScannerOnbereikbaar, OSError) as error:
            log.warning("scan uitgesteld: %s", type(error).__name__)
            break
        _note_scan(pk, sha256, controle, now)
        gedaan += 1
    return gedaan


def _note_scan(pk: int, sha256: str, controle: Controle, now: datetime) -> None:
    with transaction.atomic():
        if not Bestand.objects.filter(pk=pk, controle=Controle.WACHT).update(
            controle=controle, gescand_op=now
        ):
            return  # another worker was first
        if controle is Controle.BESMET:
            log.warning("document besmet: bestand %s", pk)
            for document_id, zaak_ref in Document.objects.filter(bestand_id=pk).values_list("pk", "zaak_ref"):
                events.publish(DocumentBesmet(zaak_ref=zaak_ref, document_id=str(document_id)))
    if controle is Controle.BESMET:
        opslag.delete(sha256)


def ruim_op(now: datetime) -> Opgeruimd:
    """Remove what no document came to refer to within an hour, and temporary files as old as that.

    Safe beside running uploads: a file that is prepared again in the meantime stays.
    """
    grens = now - BEWAARTIJD
    oud = Bestand.objects.filter(aangeraakt__lt=grens, documenten__isnull=True).values_list("pk", flat=True)
    bestanden = sum(_ruim_bestand_op(pk, grens) for pk in list(oud))
    return Opgeruimd(bestanden=bestanden, tijdelijk=upload.ruim_tijdelijke_op(grens))


def _aanwezig(zaak_ref: str) -> dict[str, datetime]:
    if not zaak_ref:
        return {}
    return {
        document.sha256: document.ontvangen_op for document in configured_bron().list_documenten(zaak_ref)
    }


def _weiger_vooraf(
    bestand: Aangeboden, plek: int, gezien: dict[str, str], aanwezig: dict[str, datetime]
) -> Geweigerd | None:
    """What can be said without looking inside."""
    if bestand.is_te_veel or plek >= MAX_AANTAL:
        return weigeringen.weiger(bestand, Reden.TE_VEEL)
    if bestand.is_te_groot:
        return weigeringen.weiger(bestand, Reden.TE_GROOT)
    if bestand.is_mislukt or bestand.pad is None:
        return weigeringen.weiger(bestand, Reden.MISLUKT)
    if bestand.omvang == 0:
        return weigeringen.weiger(bestand, Reden.LEEG)
    if bestand.sha256 in gezien:
        return weigeringen.weiger(bestand, Reden.DUBBEL, ander=gezien[bestand.sha256])
    if bestand.sha256 in aanwezig:
        return weigeringen.bestaat_al(bestand, aanwezig[bestand.sha256])
    return None


class _Wachtrij:
    """Of one post: after the scanner failed once, the other files of the post do not wait for it again."""

    def __init__(self) -> None:
        self._is_weg = False

    def scan(self, pad: Path) -> Controle:
        if not _scanners:
            return Controle.GEEN
        if self._is_weg:
            return Controle.WACHT
        try:
            return _scanners[0].scan(opslag.lees_vanaf(pad, 0))
        except ScannerOnbereikbaar as error:
            log.error("de virusscanner antwoordt niet: %s", type(error).__name__)  # noqa: TRY400 - only the kind
            self._is_weg = True
            return Controle.WACHT


def _neem_aan(bestand: Aangeboden, moment: datetime, wacht: _Wachtrij) -> Klaar | Geweigerd:
    assert bestand.pad is not None  # _weiger_vooraf saw to that
    try:
        formaat = herken(bestand.pad, bestand.omvang)
        if formaat is None:
            return weigeringen.weiger(bestand, waarom_niet(bestand.pad))
        controle = wacht.scan(bestand.pad)
        if controle is Controle.BESMET or _is_bekend_besmet(bestand.sha256, controle):
            log.warning("besmet bestand geweigerd")
            return weigeringen.weiger(bestand, Reden.BESMET)
        keuring = keur(bestand.pad) if formaat == formaten.PDF else Keuring()
        _houd_vast(bestand, moment, controle, keuring)
        opslag.put(bestand.pad, bestand.sha256)
    except OSError as error:
        log.error("document not stored: %s", type(error).__name__)  # noqa: TRY400 - a traceback holds the file name
        return weigeringen.weiger(bestand, Reden.MISLUKT)
    naam, titel = schoon(bestand.naam, formaat)
    return Klaar(naam=naam, titel=titel, formaat=formaat, omvang=bestand.omvang, sha256=bestand.sha256)


def _is_bekend_besmet(sha256: str, controle: Controle) -> bool:
    """While the scanner is away, what it said before counts."""
    if controle is not Controle.WACHT:
        return False
    return Bestand.objects.filter(sha256=sha256, controle=Controle.BESMET).exists()


def _houd_vast(bestand: Aangeboden, moment: datetime, controle: Controle, keuring: Keuring) -> None:
    """Make or refresh the row. It waits for a clean-up of the same row that is under way.

    A scan that was not done never takes the place of one that was.
    """
    rij = Bestand(
        sha256=bestand.sha256,
        omvang=bestand.omvang,
        aangeraakt=moment,
        controle=controle,
        gescand_op=moment if controle is Controle.SCHOON else None,
        paginas=keuring.paginas,
        kenmerken=" ".join(sorted(keuring.kenmerken)),
    )
    velden = ["aangeraakt", "paginas", "kenmerken"]
    with transaction.atomic():
        Bestand.objects.bulk_create(
            [rij],
            update_conflicts=True,
            unique_fields=["sha256"],
            update_fields=[*velden, "controle", "gescand_op"] if controle is Controle.SCHOON else velden,
        )


def _ruim_bestand_op(pk: int, grens: datetime) -> bool:
    with transaction.atomic():
        # Two statements: only what is read after the lock was got sees a document that was linked just before.
        bestand = Bestand.objects.select_for_update().filter(pk=pk, aangeraakt__lt=grens).first()
        if bestand is None or Document.objects.filter(bestand_id=pk).exists():
            return False
        opslag.delete(bestand.sha256)
        bestand.delete()
        return True
