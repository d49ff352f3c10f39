"""How far it is, in words."""

from dataclasses import dataclass

from eloket.documenten.formaten import schrijf_omvang
from eloket.export.types import ExportInzage
from eloket.kernel.klok import schrijf_moment, schrijf_zaken


@dataclass(frozen=True, slots=True)
class Stand:
    """`tekst` says what is happening, `knop` is that of the download, "" while there is none."""

    is_klaar: bool
    tekst: str
    let_op: str
    knop: str
    bewaard_tot: str


def make_stand(export: ExportInzage) -> Stand:
    if export.klaar_op is not None and export.verloopt_op is not None:
        return Stand(
            is_klaar=True,
            tekst=f"Uw bestand staat klaar. Er zitten de gegevens in van {schrijf_moment(export.klaar_op)}.",
            let_op="",
            knop=f"Sla uw gegevens op (zip, ongeveer {schrijf_omvang(export.omvang)})",
            bewaard_tot=f"U kunt het opslaan tot {schrijf_moment(export.verloopt_op)}. Daarna verwijderen wij het.",
        )
    return Stand(
        is_klaar=False,
        tekst=f"U vroeg uw gegevens op {schrijf_moment(export.gevraagd_op)}. Wij zijn nog bezig.{_gedaan(export)}",
        let_op=(
            "Een deel van uw gegevens is nu niet op te halen. Wij proberen het nog een paar keer. Lukt het niet? "
            "Dan leest u in het bestand wat er ontbreekt."
            if export.is_vertraagd
            else ""
        ),
        knop="",
        bewaard_tot="",
    )


def _gedaan(export: ExportInzage) -> str:
    if not export.zaken:
        return ""
    return f" Wij hebben {export.gedaan} van uw {schrijf_zaken(export.zaken)} verzameld."
