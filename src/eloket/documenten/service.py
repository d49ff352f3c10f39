"""Takes files in: inspects them, stores the good ones and says of the others how to mend it. Cleans up what was left.

The order makes every crash harmless: first the row (committed), then the bytes, then, in the transaction of the change,
the document. Whatever the moment of the crash, every blob has a row and every document has its bytes; a row that no
document came to refer to is removed with its bytes by `ruim_op` after an hour.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from eloket.documenten import opslag, upload, weigeringen
from eloket.documenten.formaten import MAX_AANTAL
from eloket.documenten.inspectie import herken, waarom_niet
from eloket.documenten.models import Bestand, Document
from eloket.documenten.namen import schoon
from eloket.documenten.ports import DocumentBron
from eloket.documenten.types import (
    Aangeboden,
    DocumentInzage,
    Geweigerd,
    Herkomst,
    Klaar,
    Toevoeging,
)
from eloket.documenten.weigeringen import Reden

log = logging.getLogger(__name__)
BEWAARTIJD = timedelta(hours=1)
_bronnen: list[DocumentBron] = []


@dataclass(frozen=True, slots=True)
class Opgeruimd:
    """How much `ruim_op` removed."""

    bestanden: int
    tijdelijk: int


def configure(bron: DocumentBron) -> None:
    """Say where documents live; called once, by config.wiring."""
    _bronnen[:] = [bron]


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
        goed: list[Klaar] = []
        geweigerd: list[Geweigerd] = []
        for plek, bestand in enumerate(aangeboden):
            uitkomst = _weiger_vooraf(bestand, plek, gezien, aanwezig) or _neem_aan(bestand, moment)
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
    *, zaak_ref: str, bestand: Klaar, herkomst: Herkomst, auteur_key: str, auteur_naam: str, moment: datetime
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
    )


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


def _neem_aan(bestand: Aangeboden, moment: datetime) -> Klaar | Geweigerd:
    assert bestand.pad is not None  # _weiger_vooraf saw to that
    try:
        formaat = herken(bestand.pad, bestand.omvang)
        if formaat is None:
            return weigeringen.weiger(bestand, waarom_niet(bestand.pad))
        _houd_vast(bestand, moment)
        opslag.put(bestand.pad, bestand.sha256)
    except OSError as error:
        log.error("document not stored: %s", type(error).__name__)  # noqa: TRY400 - a traceback holds the file name
        return weigeringen.weiger(bestand, Reden.MISLUKT)
    naam, titel = schoon(bestand.naam, formaat)
    return Klaar(naam=naam, titel=titel, formaat=formaat, omvang=bestand.omvang, sha256=bestand.sha256)


def _houd_vast(bestand: Aangeboden, moment: datetime) -> None:
    """Make or refresh the row. It waits for a clean-up of the same row that is under way."""
    with transaction.atomic():
        Bestand.objects.bulk_create(
            [Bestand(sha256=bestand.sha256, omvang=bestand.omvang, aangeraakt=moment)],
            update_conflicts=True,
            unique_fields=["sha256"],
            update_fields=["aangeraakt"],
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
