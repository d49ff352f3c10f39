"""A list to take along: as a file for a spreadsheet, and, when it was carried out, as a statement of destruction.

Neither names anybody: no subject, no applicant, no reason that a colleague typed.
"""

import csv
import io
from datetime import datetime

from eloket.archief.types import LijstInzage, RegelInzage, RegelStand
from eloket.design_system.pdf import render_pdf
from eloket.kernel.klok import schrijf_datum, schrijf_moment
from eloket.kernel.rekenblad import no_formula

_KOPPEN = (
    "zaaknummer", "zaaktype", "resultaat", "afgerond op", "vernietigen vanaf", "wat ermee gebeurde", "vernietigd op",
)  # fmt: skip
TITEL = "Verklaring van vernietiging"
_INLEIDING = (
    "Wij hebben deze zaken vernietigd, omdat hun bewaartermijn voorbij was. Van elke zaak is alles weg: de gegevens,"
    " documenten, berichten, vragen, meldingen en brieven, ook de bestanden zelf."
)


def make_csv(lijst: LijstInzage) -> bytes:
    """As a Dutch spreadsheet opens it."""
    tekst = io.StringIO()
    schrijver = csv.writer(tekst, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(_KOPPEN)
    schrijver.writerows(_cells(regel) for regel in lijst.regels)
    return ("\ufeff" + tekst.getvalue()).encode()


def _cells(regel: RegelInzage) -> tuple[str, ...]:
    return tuple(
        map(
            no_formula,
            (
                regel.zaaknummer,
                regel.zaaktype,
                regel.resultaat,
                regel.einddatum.isoformat(),
                regel.archiefactiedatum.isoformat(),
                describe(regel),
                regel.vernietigd_op.isoformat(timespec="seconds") if regel.vernietigd_op else "",
            ),
        )
    )


def describe(regel: RegelInzage) -> str:
    """What became of it, and why not when it was not destroyed."""
    return f"{regel.stand.tekst}. {regel.beletsel.tekst}" if regel.beletsel else regel.stand.tekst


def list_vernietigd(lijst: LijstInzage) -> tuple[RegelInzage, ...]:
    """What the statement of destruction tells of."""
    return tuple(regel for regel in lijst.regels if regel.stand is RegelStand.VERNIETIGD)


def make_verklaring(
    lijst: LijstInzage, *, gemeente: str, maker: str, goedkeurder: str, moment: datetime
) -> bytes:
    """The statement of destruction (Archiefbesluit 1995, article 8): what was destroyed, on what ground, how, when and
    by whom, as PDF/A. `maker` and `goedkeurder` are functions, not names.
    """
    weg = list_vernietigd(lijst)
    gegevens = {
        "gemeente": gemeente,
        "inleiding": _INLEIDING,
        "regels": [
            ("Lijst", lijst.samenvatting.titel),
            ("Opgesteld door", f"{maker}, op {schrijf_moment(lijst.samenvatting.gemaakt_op)}"),
            ("Goedgekeurd door", f"{goedkeurder}, op {schrijf_moment(lijst.besloten_op or moment)}"),
            ("Uitgevoerd op", schrijf_moment(lijst.klaar_op or moment)),
            ("Grondslag", "de bewaartermijn van het zaaktype, volgens de selectielijst"),
            ("Wijze", "gewist uit de database en de opslag van E-loket"),
            ("Aantal vernietigde zaken", str(len(weg))),
        ],
        "zaken": [
            (regel.zaaknummer, regel.zaaktype, schrijf_datum(regel.einddatum), _dag(regel)) for regel in weg
        ],
    }
    return render_pdf("vernietiging", gegevens, titel=TITEL, moment=moment, is_archief=True)


def _dag(regel: RegelInzage) -> str:
    return schrijf_moment(regel.vernietigd_op) if regel.vernietigd_op else ""
