"""Takes files in: inspects them, stores the good ones and says of the others how to mend it. Cleans up what was left.

The order makes every crash harmless: first the row (committed), then the bytes, then, in the transaction of the change,
the document. Whatever the moment of the crash, every blob has a row and every document has its bytes; a row that no
document came to refer to is removed with its bytes by `ruim_op` after an hour.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from eloket.documenten import opslag, upload
from eloket.documenten.aanname import Aanname
from eloket.documenten.events import DocumentBesmet
from eloket.documenten.models import Bestand, Document, Vasthouding
from eloket.documenten.ports import DocumentBron
from eloket.documenten.scannen import configure_scanner, remove_besmet, scan_wachtend
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
from eloket.kernel import events

__all__ = (
    "BEWAARTIJD",
    "Opgeruimd",
    "add_document",
    "configure",
    "configure_scanner",
    "configured_bron",
    "judge_document",
    "move_document",
    "offer_again",
    "prepare",
    "ruim_op",
    "scan_wachtend",
)

BEWAARTIJD = timedelta(hours=1)
_BESMET_NAKIJKEN = timedelta(days=7)
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


def prepare(
    aangeboden: tuple[Aangeboden, ...], *, zaak_ref: str, moment: datetime, verwijder_locatie: bool = False
) -> Toevoeging:
    """Inspect and store what was offered. The good ones are held for an hour: link them with `add_document`.

    Call it outside a transaction: hashing, scanning and storing large files may take seconds, and the rows that it
    writes must be committed before the bytes. An empty `zaak_ref` (there is no zaak yet) skips the check on what stands
    there. `verwijder_locatie` takes out where a photo was made, before it is hashed. May raise BronOnbereikbaar. Every
    temporary file is gone afterwards.
    """
    try:
        aanname = Aanname(_aanwezig(zaak_ref), moment, verwijder_locatie=verwijder_locatie)
        uitkomsten = [aanname.neem_aan(bestand) for bestand in aangeboden]
    finally:
        for bestand in aangeboden:
            upload.verwijder(bestand)
    return Toevoeging(
        goed=tuple(uitkomst for uitkomst in uitkomsten if isinstance(uitkomst, Klaar)),
        geweigerd=tuple(uitkomst for uitkomst in uitkomsten if isinstance(uitkomst, Geweigerd)),
    )


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
    betrokkene_key: str = "",
    vestiging_key: str = "",
) -> DocumentInzage:
    """Link a prepared file to the zaak, in the caller's transaction.

    What the scanner called unsafe since it was prepared is linked too, closed to everybody, and told at once.
    Raises DocumentBestaatAl (in a savepoint: the transaction goes on), DocumentVervangen, BestandVerlopen,
    BronOnbereikbaar.
    """
    document = configured_bron().add_document(
        zaak_ref=zaak_ref,
        bestand=bestand,
        herkomst=herkomst,
        auteur_key=auteur_key,
        auteur_naam=auteur_naam,
        moment=moment,
        taak_id=taak_id,
        vervangt=vervangt,
        betrokkene_key=betrokkene_key,
        vestiging_key=vestiging_key,
    )
    if document.controle is Controle.BESMET:
        events.publish(DocumentBesmet(zaak_ref=zaak_ref, document_id=document.id))
    return document


def judge_document(
    document_id: str,
    *,
    zaak_ref: str,
    beoordeling: Beoordeling,
    reden: str = "",
    documenttype: str = "",
    vertrouwelijkheid: str = "",
    moment: datetime,
) -> DocumentInzage:
    """See ports.DocumentBron.judge_document; in the caller's transaction."""
    return configured_bron().judge_document(
        document_id,
        zaak_ref=zaak_ref,
        beoordeling=beoordeling,
        reden=reden,
        documenttype=documenttype,
        vertrouwelijkheid=vertrouwelijkheid,
        moment=moment,
    )


def move_document(document_id: str, *, van: str, naar: str) -> DocumentInzage:
    """See ports.DocumentBron.move_document; in the caller's transaction."""
    return configured_bron().move_document(document_id, van=van, naar=naar)


def offer_again(document_id: str, *, zaak_ref: str, bestand: Klaar, taak_id: str) -> DocumentInzage:
    """See ports.DocumentBron.offer_again; in the caller's transaction."""
    return configured_bron().offer_again(document_id, zaak_ref=zaak_ref, bestand=bestand, taak_id=taak_id)


def ruim_op(now: datetime) -> Opgeruimd:
    """Remove what no document came to refer to within an hour, and temporary files as old as that.

    Safe beside running uploads: a file that is prepared again in the meantime stays. Bytes of infected files that were
    left behind go too. Raises OSError.
    """
    remove_besmet(now - _BESMET_NAKIJKEN)
    grens = now - BEWAARTIJD
    los = Bestand.objects.filter(documenten__isnull=True, vasthoudingen__isnull=True)
    oud = los.filter(aangeraakt__lt=grens).values_list("pk", flat=True)
    bestanden = sum(_ruim_bestand_op(pk, grens) for pk in list(oud))
    return Opgeruimd(bestanden=bestanden, tijdelijk=upload.ruim_tijdelijke_op(grens))


def _aanwezig(zaak_ref: str) -> dict[str, datetime]:
    if not zaak_ref:
        return {}
    return {
        document.sha256: document.ontvangen_op for document in configured_bron().list_documenten(zaak_ref)
    }


def _ruim_bestand_op(pk: int, grens: datetime) -> bool:
    with transaction.atomic():
        # Two statements: only what is read after the lock was got sees a document that was linked just before.
        bestand = Bestand.objects.select_for_update().filter(pk=pk, aangeraakt__lt=grens).first()
        if bestand is None or any(
            soort.objects.filter(bestand_id=pk).exists() for soort in (Document, Vasthouding)
        ):
            return False
        opslag.delete(bestand.sha256)
        bestand.delete()
        return True
