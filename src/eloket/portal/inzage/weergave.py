"""What the page shows: a part per day, a line per act, in texts and links."""

from dataclasses import dataclass, field, replace
from itertools import groupby

from eloket.inzage.eigen import InzageRegel, Keuze
from eloket.kernel.klok import schrijf_datum, schrijf_tijd
from eloket.portal import paden
from eloket.zaken.types import ZaakRef

ZELF, LIJSTEN = "zelf", "lijsten"  # the values of `ook` in the address


@dataclass(frozen=True, slots=True)
class KeuzeTekst:
    """What is shown now, with what each link leads to; `bladeren` is the address of a page without its number."""

    zelf: str
    zelf_href: str
    zelf_link: str
    lijsten: str
    lijsten_href: str
    lijsten_link: str
    bladeren: str


@dataclass(frozen=True, slots=True)
class Regel:
    """`hoe_vaak` says when: a time, or how often and between which times."""

    wie: str
    wat: str
    document: str = field(repr=False)
    hoe_vaak: str
    zaak: str = field(repr=False)
    zaak_href: str
    zaaknummer: str


@dataclass(frozen=True, slots=True)
class Dag:
    iso: str
    titel: str
    regels: tuple[Regel, ...]


def make_dagen(regels: tuple[InzageRegel, ...], *, with_zaak: bool) -> tuple[Dag, ...]:
    """The lines as they come, a part for each day. `with_zaak`: each line names its zaak."""
    return tuple(
        Dag(dag.isoformat(), schrijf_datum(dag), tuple(_regel(een, with_zaak) for een in van_die_dag))
        for dag, van_die_dag in groupby(regels, key=lambda een: een.dag)
    )


def write_keuze(keuze: Keuze, *, is_zaak: bool) -> KeuzeTekst:
    """Each choice stays as it is when the other is made."""
    wat = "deze zaak" if is_zaak else "uw zaken"
    stond = "stond" if is_zaak else "stonden"
    return KeuzeTekst(
        zelf="U ziet ook wat u zelf deed." if keuze.ook_zelf else "U ziet alleen wat anderen deden.",
        zelf_href=_href(replace(keuze, ook_zelf=not keuze.ook_zelf)),
        zelf_link="Toon alleen wat anderen deden" if keuze.ook_zelf else "Toon ook wat u zelf deed",
        lijsten=f"U ziet ook op welke lijsten van medewerkers {wat} {stond}."
        if keuze.ook_lijsten
        else f"Medewerkers werken met lijsten van zaken. Op welke lijsten {wat} {stond}, ziet u hier nu niet.",
        lijsten_href=_href(replace(keuze, ook_lijsten=not keuze.ook_lijsten)),
        lijsten_link="Toon de lijsten niet"
        if keuze.ook_lijsten
        else f"Toon ook op welke lijsten {wat} {stond}",
        bladeren=f"{_href(keuze)}{'&' if keuze != Keuze() else ''}p=",
    )


def _href(keuze: Keuze) -> str:
    ook = [waarde for waarde, aan in ((ZELF, keuze.ook_zelf), (LIJSTEN, keuze.ook_lijsten)) if aan]
    return "?" + "&".join(f"ook={waarde}" for waarde in ook)


def write_leeg(keuze: Keuze, *, is_zaak: bool, is_alles: bool, alleen_lijsten: bool) -> str:
    """Why there is nothing, and never more than is known. `is_alles`: everything could be asked. `alleen_lijsten`:
    there is something that is not shown, and it is a list."""
    wat = "deze zaak" if is_zaak else "uw gegevens"
    if alleen_lijsten:
        gezien = "Deze zaak stond" if is_zaak else "Uw zaken stonden"
        op_lijst = f"{gezien} wel op een lijst van een medewerker."
        if not is_alles:
            return f"{op_lijst} Verder staat er nog niets in de gegevens die wij konden bekijken."
        if keuze.ook_zelf:
            return f"{op_lijst} Verder is er nog niets gedaan met {wat}."
        return f"{op_lijst} Verder heeft niemand anders {wat} bekeken."
    if not is_alles:
        return "In de gegevens die wij konden bekijken, staat nog niets."
    if keuze.ook_zelf:
        return f"Er is nog niets gedaan met {wat}."
    return f"Niemand anders heeft {wat} bekeken."


def _regel(een: InzageRegel, with_zaak: bool) -> Regel:
    heeft_zaak = with_zaak and bool(een.zaak_ref)
    return Regel(
        wie=een.wie,
        wat=een.wat,
        document=een.document,
        hoe_vaak=_hoe_vaak(een),
        zaak=een.zaak if heeft_zaak else "",
        zaak_href=paden.zaak(ZaakRef.parse(een.zaak_ref)) if heeft_zaak else "",
        zaaknummer=een.zaaknummer if heeft_zaak else "",
    )


def _hoe_vaak(een: InzageRegel) -> str:
    eerst, laatst = schrijf_tijd(een.eerste), schrijf_tijd(een.laatste)
    if een.aantal == 1:
        return f"Om {laatst} uur"
    if eerst == laatst:
        return f"{een.aantal} keer, om {laatst} uur"
    return f"{een.aantal} keer, tussen {eerst} en {laatst} uur"
