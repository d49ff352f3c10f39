"""A taak as a page shows it."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from eloket.kernel.klok import schrijf_dagen, schrijf_datum, schrijf_moment
from eloket.portal import paden
from eloket.portal.loket import paden as loket
from eloket.zaken.types import TaakInzage, TaakSoort, TaakStand

DRINGEND = 7  # days: from here on the deadline is red


@dataclass(frozen=True, slots=True)
class TaakRegel:
    """`termijn` is the deadline in words, `iso` the same as a date; `gedaan_op` is "" while it is open.

    `stand` says in words what became of it, `stand_soort` is the variant of its badge. `agenda` is where its last day
    can be had for a calendar, "" when that day is past. `knop` is "" when the reader cannot do it. `langer` says why
    there is more time than was asked for first, '' when there is not.
    """

    id: str
    titel: str
    toelichting: str
    termijn: str
    iso: str
    is_dringend: bool
    gedaan_op: str
    zaak_titel: str
    zaak_nummer: str
    zaak_href: str
    href: str
    agenda: str
    knop: str
    is_document: bool
    stand: str
    stand_soort: str
    afkeurreden: str
    antwoord: str
    langer: str


_BESCHERMD = "Log in met een hoger niveau om te lezen wat wij u vragen."


def make_taken(
    taken: Iterable[TaakInzage], *, niet_zelf: Container[TaakSoort] = frozenset()
) -> list[TaakRegel]:
    """The taken in the same order, ready to be shown. Of the kinds in `niet_zelf` the reader can do nothing."""
    return [
        replace(regel, knop="") if taak.soort in niet_zelf else regel
        for taak, regel in ((taak, _make_taak(taak)) for taak in taken)
    ]


def write_termijn(taak: TaakInzage) -> str:
    """`Nog 5 dagen, vóór 28 november 2026`; the day before the deadline is the last one."""
    datum = schrijf_datum(taak.deadline)
    if taak.dagen_te_laat:
        return f"{schrijf_dagen(taak.dagen_te_laat)} te laat, het moest vóór {datum}"
    if taak.dagen_over == 1:
        return "Vandaag is de laatste dag"
    return f"Nog {schrijf_dagen(taak.dagen_over)}, vóór {datum}"


_STAND = {
    TaakStand.GEVRAAGD: ("Gevraagd", "warning"),
    TaakStand.ONTVANGEN: ("Ontvangen", "active"),
    TaakStand.GOEDGEKEURD: ("Goedgekeurd", "success"),
    TaakStand.AFGEKEURD: ("Afgekeurd", "danger"),
}


_KNOP = {
    TaakSoort.DOCUMENT: "Document toevoegen",
    TaakSoort.ANTWOORD: "Vraag beantwoorden",
    TaakSoort.FORMULIER: "Formulier invullen",
}


def _href(taak: TaakInzage) -> str:
    """Where it is done."""
    if taak.soort is TaakSoort.ANTWOORD:
        return paden.vraag(taak.ref, taak.id)
    if taak.soort is TaakSoort.FORMULIER:
        return loket.vraag(taak.ref, taak.id, taak.formulier)
    return f"{paden.voeg_toe(taak.ref, taak.id)}#toevoegen"


def _make_taak(taak: TaakInzage) -> TaakRegel:
    stand, stand_soort = _STAND[taak.stand]
    return TaakRegel(
        id=taak.id,
        titel=taak.titel,
        toelichting=_BESCHERMD if taak.is_beschermd else taak.toelichting,
        termijn=write_termijn(taak),
        iso=taak.deadline.isoformat(),
        is_dringend=taak.dagen_over <= DRINGEND,
        gedaan_op=schrijf_moment(taak.vervuld_op) if taak.vervuld_op else "",
        zaak_titel=taak.zaak_omschrijving,
        zaak_nummer=taak.zaak_identificatie,
        zaak_href=paden.zaak(taak.ref),
        href=_href(taak),
        agenda=paden.taak_agenda(taak.ref, taak.id) if taak.dagen_over >= 1 else "",
        knop=_KNOP[taak.soort],
        is_document=taak.soort is TaakSoort.DOCUMENT,
        stand=stand,
        stand_soort=stand_soort,
        afkeurreden=taak.afkeurreden,
        antwoord=taak.antwoord,
        langer=_langer(taak),
    )


def _langer(taak: TaakInzage) -> str:
    if not taak.verlengd_om or taak.vervuld_op:
        return ""
    return f"U heeft langer de tijd: tot en met {schrijf_datum(taak.laatste_dag)}. {taak.verlengd_om}"
