"""The whole dossier of a zaak, for one actor: what they may see, and nothing else.

For a resident or business: the documents that their page shows with all versions of them, their own conversations,
questions and answers, receipts, letters on paper, the proof of what was sent to them, and the timeline as they read
it. For a civil servant the same of everybody in the zaak, and every version of every document. Internal notes and the
history are in nobody's dossier: a file like this is handed on, and what was written for colleagues would go along.
"""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from eloket.afschriften import index
from eloket.afschriften.errors import DossierOnvolledig
from eloket.afschriften.inpakken import measure
from eloket.afschriften.namen import map_van, naam_van_document
from eloket.afschriften.stukken import (
    Voor,
    make_brieven,
    make_gesprekken,
    make_ontvangstbewijzen,
    make_stuk,
    make_verzendbewijzen,
)
from eloket.afschriften.types import Dossier, Stuk, Weggelaten
from eloket.documenten.errors import DocumentIsBesmet, DocumentNietGevonden, DocumentWacht, InhoudOntbreekt
from eloket.documenten.queries import list_alle_versies, list_voor_aanvrager, open_document
from eloket.documenten.types import Controle, DocumentInzage
from eloket.identity.types import Actor
from eloket.notifications.openen import mark_opened
from eloket.zaken.access import get_zaak_for
from eloket.zaken.betrokkenen import is_document_of
from eloket.zaken.queries import list_gebeurtenissen, list_taken_van_zaak
from eloket.zaken.service import record_view
from eloket.zaken.types import Zaak, ZaakRef

logger = logging.getLogger(__name__)
_PDF, _ALTIJD = 25 * 1024, 5  # about how large one is, and how many there are without documents
_BESMET = "In dit bestand zit een virus. Niemand kan het openen."
_WACHT = "Wij controleerden dit bestand nog op virussen toen het dossier gemaakt werd."


def make_dossier(actor: Actor, ref: ZaakRef, *, gemeente: str, moment: datetime) -> Dossier:
    """Collect the dossier and note that this actor took it, and each of its documents, along. Its content is read when
    it is sent (inpakken.stream_dossier).

    Raises ZaakNietGevonden, DossierOnvolledig, BronOnbereikbaar.
    """
    zaak = get_zaak_for(actor, ref)
    voor = Voor(zaak, actor.partij, gemeente, moment)
    documenten = _list_documenten(actor, ref)
    binnen, gehouden = _divide(documenten)
    stukken = [
        *(
            _document(nummer, een, is_van_ander=_is_van_ander(actor, zaak, een))
            for nummer, een in enumerate(binnen, start=1)
        ),
        *make_gesprekken(voor),
        *make_ontvangstbewijzen(voor),
        *make_brieven(voor),
        *make_verzendbewijzen(voor, documenten),
    ]
    inhoud = index.make_index(
        index.Opgave(
            zaak=zaak,
            voor=actor.naam,
            gemeente=gemeente,
            moment=moment,
            gebeurtenissen=list_gebeurtenissen(zaak, partij=actor.partij),
            taken=list_taken_van_zaak(ref, partij=actor.partij),
            stukken=tuple(stukken),
            weggelaten=(*gehouden, *_never_in_it(actor)),
        )
    )
    map_ = map_van(zaak.identificatie)
    alles = tuple(
        replace(een, naam=f"{map_}/{een.naam}")
        for een in (make_stuk("index.pdf", "Index", inhoud, moment), *stukken)
    )
    _note(actor, ref, binnen)
    return Dossier(zaak=zaak, stukken=alles, omvang=measure(alles))


def estimate(documenten: Iterable[DocumentInzage]) -> int:
    """About how many bytes the dossier with these documents has, with the pdf files that are made for it."""
    omvang = [een.omvang for een in documenten if een.is_beschikbaar]
    return sum(omvang) + _PDF * (_ALTIJD + len(omvang))


def _list_documenten(actor: Actor, ref: ZaakRef) -> list[DocumentInzage]:
    """All versions that this actor may see, in the order in which they came."""
    gevonden = list_alle_versies(str(ref)) if actor.is_medewerker else list_voor_aanvrager(str(ref))
    return sorted(gevonden, key=lambda een: (een.ontvangen_op, een.id))


def _divide(documenten: Iterable[DocumentInzage]) -> tuple[list[DocumentInzage], tuple[Weggelaten, ...]]:
    """(what may be handed out, what the scanner holds or found something in)."""
    binnen, buiten = [], []
    for een in documenten:
        if een.is_beschikbaar:
            binnen.append(een)
        else:
            buiten.append(Weggelaten(een.titel, _BESMET if een.controle is Controle.BESMET else _WACHT))
    return binnen, tuple(buiten)


def _is_van_ander(actor: Actor, zaak: Zaak, document: DocumentInzage) -> bool:
    """Whether another resident sent it than this one; for staff none of them is another."""
    partij = actor.partij
    return partij is not None and document.is_van_aanvrager and not is_document_of(partij, zaak, document)


def _document(nummer: int, document: DocumentInzage, *, is_van_ander: bool) -> Stuk:
    try:
        inhoud = open_document(document.id)
    except (InhoudOntbreekt, DocumentNietGevonden, DocumentIsBesmet, DocumentWacht) as fout:
        logger.error("fout %s document %s: %s", DossierOnvolledig.code, document.id, fout.code)  # noqa: TRY400
        raise DossierOnvolledig from fout
    return Stuk(
        naam=f"documenten/{naam_van_document(nummer, document)}",
        titel=document.titel,
        omvang=document.omvang,
        sha256=document.sha256,
        moment=document.ontvangen_op,
        brokken=inhoud.brokken,
        regels=index.describe(document, is_van_ander=is_van_ander),
    )


def _never_in_it(actor: Actor) -> tuple[Weggelaten, ...]:
    if not actor.is_medewerker:
        return ()
    waarom = "Dit is alleen voor medewerkers, en staat in de werkplek. Een dossier wordt soms doorgestuurd."
    return (Weggelaten("Interne notities en historie", waarom),)


def _note(actor: Actor, ref: ZaakRef, documenten: Iterable[DocumentInzage]) -> None:
    """Before the first byte, as with a single document: who broke off the download may have read a part of it. For the
    party itself the documents are opened by it; messages stay new until their page is."""
    ids = [een.id for een in documenten]
    with transaction.atomic():
        record_view(actor, ref, "dossier.opgeslagen")
        for document_id in ids:
            record_view(actor, ref, "document.opgeslagen", document_id=document_id)
        if actor.partij is not None:
            mark_opened(actor.partij, ref, ids)
