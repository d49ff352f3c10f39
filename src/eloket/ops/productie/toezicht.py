"""Whether somebody guards: judges signals and noodtoegang, sees proof that was changed, approves destruction.

All of it works without anybody: nothing breaks, and nobody looks (C.06, C.07, BIO 12.4).
"""

from collections.abc import Iterator

from eloket.audit.alarm import is_raised
from eloket.identity.middelen import list_middelen
from eloket.identity.models import Medewerker
from eloket.identity.types import Recht
from eloket.kernel import klok
from eloket.ops.opvallend import read_drempels
from eloket.ops.productie.types import Regel, fout, let_op, ok
from eloket.zaken import bronnen
from eloket.zaken.vernietigen import list_elders


def check_toezicht() -> Iterator[Regel]:
    yield _who_looks()
    yield _is_counted()
    yield _was_changed()
    yield _who_destroys()


def _who_looks() -> Regel:
    code, norm = "toezicht", "C.07, BIO 12.4.1"
    aantal = _with(Recht.INZIEN)
    if aantal > 1:
        return ok(
            code, norm, f"Het recht Inzien hebben er {aantal}: zij kijken naar signalen en noodtoegang."
        )
    herstel = _how_to_give(Recht.INZIEN)
    if aantal:
        return let_op(
            code,
            norm,
            "Eén medewerker heeft het recht Inzien: over die medewerker zelf kijkt niemand mee.",
            herstel,
        )
    return fout(
        code,
        norm,
        "Niemand heeft het recht Inzien: niemand ziet signalen, of beoordeelt noodtoegang.",
        herstel,
    )


def _is_counted() -> Regel:
    code, norm = "opvallend", "C.07, BIO 12.4.1"
    if any(read_drempels().vanaf.values()):
        return ok(code, norm, "E-loket telt elke dag wie opvallend veel inziet.")
    return let_op(
        code,
        norm,
        "Alle ELOKET_OPVALLEND_* staan op 0: opvallend inzien geeft nooit een signaal.",
        "Laat ten minste één ervan weg, of geef een getal boven 0.",
    )


def _was_changed() -> Regel:
    code, norm = "bewijs", "C.06, BIO 12.4.2"
    if is_raised(klok.nu()):
        return fout(
            code,
            norm,
            "De worker vond bewijs dat is veranderd, en ruimde het daarom niet op.",
            "Draai: eloket controleer-bewijs. Kijk in docs/operations.md wat u nu kunt doen.",
        )
    return ok(code, norm, "De worker vond de laatste dagen geen bewijs dat is veranderd.")


def _who_destroys() -> Regel:
    """Who made a list cannot approve it, so one person alone destroys nothing."""
    code, norm = "vernietigen", "BIO 18.1.3"
    if len(list_elders()) == len(bronnen.alle()):
        return ok(code, norm, "Zaken worden in een ander systeem vernietigd.")
    if (aantal := _with(Recht.VERNIETIGEN)) > 1:
        return ok(code, norm, f"Het recht Vernietigen hebben er {aantal}.")
    return let_op(
        code,
        norm,
        "Niemand kan een vernietigingslijst goedkeuren: dat doet een ander dan wie de lijst maakte.",
        _how_to_give(Recht.VERNIETIGEN),
    )


def _how_to_give(recht: Recht) -> str:
    """Where a municipality gives a right to two people: groups overrule what is given by hand."""
    if any(middel.groepen for middel in list_middelen()):
        return (
            f"Geef in ELOKET_MIDDELEN_BESTAND een groep met ten minste twee mensen het recht {recht.value}. Het telt "
            "zodra zij een keer hebben ingelogd."
        )
    return (
        f"Geef twee mensen het recht {recht.tekst}: in de werkplek bij Beheer, Medewerkers. Of op de server, voor wie "
        f"nieuw is: eloket medewerker SUBJECT NAAM --recht {recht.value}. Bij wie er al is, vervangt die opdracht de "
        "rechten en afdelingen: noem ze dan allemaal."
    )


def _with(recht: Recht) -> int:
    rechten = Medewerker.objects.filter(is_actief=True).values_list("rechten", flat=True)
    return sum(recht in een for een in rechten)
