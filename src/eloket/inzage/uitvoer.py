"""The audit trail as a file: streamed, and closed with the head of the chain that its lines are sealed in.

The last lines say how many lines there are, the SHA-256 of everything before them, and the head. When lines of somebody
are not in it because they have too many zaken, a line before those says so: a file is read apart from the page. With
`eloket controleer-bewijs --vanaf-kop` that head shows later whether the trail is still the one of the file.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from itertools import islice

from eloket.audit.models import AuditRegel
from eloket.audit.verzegelen import get_kop
from eloket.audit.zoeken import GevondenRegel, stream
from eloket.identity.access import list_alle_namen, namen_per_key
from eloket.identity.types import Actor
from eloket.inzage.gericht import MEESTE_ZAKEN
from eloket.inzage.spoor import note_aimed
from eloket.inzage.toezicht import (
    Logregel,
    Zoekvraag,
    aim_of,
    must_inspect,
    record_inspection,
    to_regels,
    to_vraag,
    zaak_of,
)
from eloket.kernel.klok import AMSTERDAM
from eloket.kernel.rekenblad import no_formula

_KOPPEN = ("nummer", "moment", "wie", "wat", "code", "waarover", "zegel", "kenmerken")
_AFGEKAPT = (
    f"Van deze persoon zijn alleen de nieuwste {MEESTE_ZAKEN:_} zaken van elke bron meegenomen. "
    "Zoek oudere zaken op met hun zaaknummer."
).replace("_", ".")
_PER_BROK = 500


def export_log(actor: Actor, vraag: Zoekvraag) -> Iterator[bytes]:
    """The lines that the question gives, newest first, as a Dutch spreadsheet opens them. Noted before the first byte.

    Raises NietGevonden, ZoekvraagOngeldig, BronOnbereikbaar before it begins; after that only django.db.Error.
    """
    must_inspect(actor)
    gericht = aim_of(actor, vraag)
    zaak_ref = zaak_of(vraag)
    gevraagd = to_vraag(actor, vraag, gericht, zaak_ref)
    kop = get_kop(AuditRegel.keten())
    note_aimed(actor, gericht)
    record_inspection(actor, "audit.opgeslagen", vraag, zaak_ref)
    namen, medewerkers = namen_per_key(), dict(list_alle_namen())  # once, and not again for every few lines
    brokken = (to_regels(brok, namen, medewerkers) for brok in _batches(stream(gevraagd)))
    let_op = _AFGEKAPT if gericht and gericht.is_afgekapt else ""
    return _write(brokken, let_op=let_op, kop=str(kop) if kop.volgnummer else "nog niets verzegeld")


def _write(brokken: Iterable[tuple[Logregel, ...]], *, let_op: str, kop: str) -> Iterator[bytes]:
    som, aantal = hashlib.sha256(), 0
    begin = ("\ufeff" + _lines([_KOPPEN])).encode()
    som.update(begin)
    yield begin
    for brok in brokken:
        inhoud = _lines([_cells(regel) for regel in brok]).encode()
        som.update(inhoud)
        aantal += len(brok)
        yield inhoud
    if let_op:
        slot = _lines([("niet volledig", let_op)]).encode()
        som.update(slot)
        yield slot
    einde = [("regels", str(aantal)), ("sha256", som.hexdigest()), ("kop van de keten", kop)]
    yield _lines(einde).encode()


def _batches(regels: Iterator[GevondenRegel]) -> Iterator[tuple[GevondenRegel, ...]]:
    while brok := tuple(islice(regels, _PER_BROK)):
        yield brok


def _cells(regel: Logregel) -> tuple[str, ...]:
    return (
        str(regel.id),
        regel.moment.astimezone(AMSTERDAM).isoformat(timespec="seconds"),
        no_formula(regel.wie),
        no_formula(regel.wat),
        regel.actie,
        no_formula(regel.waarover),
        "" if regel.zegel is None else str(regel.zegel),
        no_formula("; ".join(map(str, regel.kenmerken))),
    )


def _lines(rijen: Iterable[tuple[str, ...]]) -> str:
    tekst = io.StringIO()
    csv.writer(tekst, delimiter=";", lineterminator="\r\n").writerows(rijen)
    return tekst.getvalue()
