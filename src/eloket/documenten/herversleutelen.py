"""Brings every file in the storage under the newest secret: what was stored before there was encryption, and what
stands under an older secret.

A file is written anew beside the old one, with a data key of its own, checked against its hash on the way, and only
then put in its place; after that the old one goes. A crash at any point leaves the old one, or both: either can be
read, and the next round goes on. Safe beside web processes and other workers: what is being cleaned up or was found
infected meanwhile is not brought back.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from eloket.documenten import opslag, sleutels
from eloket.documenten.bron import hold_content
from eloket.documenten.errors import BestandVerlopen
from eloket.documenten.models import Bestand
from eloket.documenten.tijdelijk import Schrijver
from eloket.documenten.types import Controle
from eloket.documenten.upload import nieuw_pad
from eloket.documenten.versleuteling import BestandOnleesbaar

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ronde:
    """`gedaan` files were rewritten; of `mislukt` files the old one still stands: unreadable, changed, or of no row."""

    gedaan: int = 0
    mislukt: int = 0


def count_over() -> dict[str, int]:
    """How many files stand elsewhere than under the newest secret, by the name of their secret; `""`: not encrypted.

    Reads no file. Raises OSError.
    """
    nieuwste = sleutels.alle()[0].naam
    return {naam: aantal for naam, aantal in opslag.tel().items() if naam != nieuwste and aantal}


def rewrite_files(mag_door: Callable[[Ronde], bool]) -> Ronde:
    """Rewrite what is left, for as long as `mag_door` says so of what was done. Raises OSError.

    A file that fails is passed over: it never keeps the others waiting.
    """
    ronde = Ronde()
    for blob in opslag.blobs(behalve=sleutels.alle()[0].naam):
        if not mag_door(ronde):
            break
        if blob.sha256 is not None and _rewrite(blob.sha256):
            ronde = Ronde(ronde.gedaan + 1, ronde.mislukt)
        else:
            log.error("bestand niet herversleuteld: %s", blob.naam)
            ronde = Ronde(ronde.gedaan, ronde.mislukt + 1)
    return ronde


def _rewrite(sha256: str) -> bool:
    """Whether nothing of it stands under an older secret any more. Raises OSError when nothing can be written."""
    nieuwe, *oude = opslag.plekken(sha256)
    schrijver = None
    try:
        if not opslag.staat_op(nieuwe):
            schrijver = Schrijver(nieuw_pad())
            if not _copy(sha256, schrijver):
                return False
        return _place(sha256, schrijver, oude)
    finally:
        if schrijver is not None:
            schrijver.bestand.pad.unlink(missing_ok=True)


def _copy(sha256: str, schrijver: Schrijver) -> bool:
    """Whether what was read is what the name says."""
    gelezen = hashlib.sha256()
    try:
        try:
            for brok in opslag.open_inhoud(sha256).brokken:
                gelezen.update(brok)
                schrijver.schrijf(brok)
        finally:
            schrijver.rond_af()
    except (FileNotFoundError, BestandOnleesbaar):
        return False
    return gelezen.hexdigest() == sha256


def _place(sha256: str, schrijver: Schrijver | None, oude: list[opslag.Plek]) -> bool:
    """Under the lock that keeps the clean-up and the scanner out, so that what they remove stays removed."""
    try:
        with transaction.atomic():
            bestand = hold_content(sha256)
            if bestand.controle == Controle.BESMET:
                opslag.delete(sha256)
                return True
            if schrijver is not None:
                opslag.put(schrijver.bestand, sha256)
            elif not _is_heel(sha256, bestand):
                return False
            for plek in oude:
                opslag.delete_plek(plek)
    except BestandVerlopen:
        return not opslag.exists(sha256)  # cleaned up meanwhile
    return True


def _is_heel(sha256: str, bestand: Bestand) -> bool:
    """Whether the copy under the newest secret, which a crash left beside the old one, opens and is long enough."""
    try:
        return opslag.open_inhoud(sha256).omvang == bestand.omvang
    except BestandOnleesbaar:
        return False
