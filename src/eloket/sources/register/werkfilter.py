"""What narrows the work list, as pieces of SQL. Only fixed pieces of text are joined; every value is a parameter."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection

from eloket.kernel.klok import vandaag
from eloket.sources.register.models import Rang
from eloket.sources.register.zoeken import like_patterns, naam_sleutel
from eloket.zaken.werk import DICHTBIJ_DAGEN, TermijnKleur, WerkFilter
from eloket.zaken.zaaknummer import spellings

NEED_TO_KNOW = """AND (NOT z.is_afgeschermd OR EXISTS (
    SELECT 1 FROM register_toegang k WHERE k.zaak_id = z.id AND k.medewerker_id = %(medewerker)s
))"""
_ZAAKTYPEN = """SELECT t.id FROM register_zaaktype t WHERE t.identificatie IN ({namen})"""
_MET_BADGE = (
    " AND EXISTS (SELECT 1 FROM register_statustype s WHERE s.zaaktype_id = t.id AND s.badge = %(badge)s)"
)
_AFDELING = "z.afdeling_id = (SELECT a.id FROM identity_afdeling a WHERE a.code = {code})"
_AFDELINGEN = "z.afdeling_id IN (SELECT a.id FROM identity_afdeling a WHERE a.code IN ({codes}))"
# How a term stands, within each group of the work list: then the index gives exactly the lines that count.
_TERMIJN = {
    TermijnKleur.ROOD: {
        Rang.NIEUW: "z.opgeschort_sinds IS NULL AND z.uiterlijke_einddatum < %(vandaag)s",
        Rang.LOOPT: "z.uiterlijke_einddatum < %(vandaag)s",
    },
    TermijnKleur.ORANJE: {
        Rang.NIEUW: "z.opgeschort_sinds IS NULL AND z.uiterlijke_einddatum BETWEEN %(vandaag)s AND %(week)s",
        Rang.LOOPT: "z.uiterlijke_einddatum BETWEEN %(vandaag)s AND %(week)s",
    },
    TermijnKleur.GROEN: {
        Rang.NIEUW: "(z.opgeschort_sinds IS NOT NULL OR z.uiterlijke_einddatum > %(week)s)",
        Rang.LOOPT: "z.uiterlijke_einddatum > %(week)s",
        Rang.STIL: "TRUE",
    },
}
MEESTE_DELEN = 24  # of a UNION: beyond this, preparing them costs more than what they save


@dataclass(slots=True)
class Zoekvraag:
    """What every part has in common (`vast`), and what each part has of its own (`delen`): where it walks an index."""

    waarden: dict[str, Any]
    vast: list[str] = field(default_factory=list)
    delen: list[str] = field(default_factory=list)

    def parameters(self, naam: str, waarden: "list[Any]") -> list[str]:
        """The places of these values in the text."""
        self.waarden |= {f"{naam}{plek}": waarde for plek, waarde in enumerate(waarden)}
        return [f"%({naam}{plek})s" for plek in range(len(waarden))]


def narrow(filter: WerkFilter) -> Zoekvraag | None:
    """The question for this filter, without what is searched; None when nothing can answer it. One query when it
    names zaaktypen, else none.
    """
    vraag = Zoekvraag({"medewerker": filter.medewerker_id}, [NEED_TO_KNOW])
    if filter.is_open is not None:
        vraag.vast.append("AND z.einddatum IS NULL" if filter.is_open else "AND z.einddatum IS NOT NULL")
    if filter.behandelaar_id is not None:
        vraag.waarden["behandelaar"] = filter.behandelaar_id
        vraag.vast.append("AND z.behandelaar_id = %(behandelaar)s")
    elif filter.niet_toegewezen:
        vraag.vast.append("AND z.behandelaar_id IS NULL")
    if filter.badge is not None:
        vraag.waarden["badge"] = filter.badge.value
        vraag.vast.append("AND z.badge = %(badge)s")
    zaaktypen = _find_zaaktypen(filter)
    if filter.zaaktypen and not zaaktypen:
        return None
    _split(vraag, filter, zaaktypen)
    return vraag


def _find_zaaktypen(filter: WerkFilter) -> list[int]:
    """Every version of the zaaktypen that are asked for, and that have the badge that is asked for."""
    if not filter.zaaktypen:
        return []
    vraag = Zoekvraag({"badge": filter.badge.value if filter.badge else ""})
    namen = vraag.parameters("zaaktype", sorted(filter.zaaktypen))
    sql = _ZAAKTYPEN.format(namen=", ".join(namen)) + (_MET_BADGE if filter.badge else "")
    with connection.cursor() as cursor:
        cursor.execute(sql, vraag.waarden)
        return [rij[0] for rij in cursor.fetchall()]


def _split(vraag: Zoekvraag, filter: WerkFilter, zaaktypen: list[int]) -> None:
    """A part per afdeling, per zaaktype and per group: within each, an index has the lines in order."""
    codes = vraag.parameters("code", sorted(filter.afdelingen))
    soorten = vraag.parameters("zaaktype", zaaktypen)
    groepen = _groups(vraag, filter.termijn)
    if soorten and len(codes) * len(soorten) * len(groepen) > MEESTE_DELEN:
        vraag.vast.append(f"AND z.zaaktype_id IN ({', '.join(soorten)})")
        soorten = []
    vraag.delen = [
        " AND ".join(filter_ for filter_ in (_AFDELING.format(code=code), soort, groep) if filter_)
        for code in codes
        for soort in ([f"z.zaaktype_id = {plek}" for plek in soorten] or [""])
        for groep in groepen
    ]


def _groups(vraag: Zoekvraag, termijn: TermijnKleur | None) -> list[str]:
    if termijn is None:
        return [""]
    dag = vandaag()
    vraag.waarden |= {"vandaag": dag, "week": dag + timedelta(days=DICHTBIJ_DAGEN)}
    return [f"z.rang = {rang.value} AND {welke}" for rang, welke in _TERMIJN[termijn].items()]


def search_number(vraag: Zoekvraag, filter: WerkFilter) -> bool:
    """Narrow to a whole zaaknummer, found by its index; False when none was asked."""
    if not filter.nummer:
        return False
    plekken = vraag.parameters("nummer", list(spellings(filter.nummer)))
    vraag.vast.append(f"AND z.identificatie IN ({', '.join(plekken)})")
    return True


def search_text(vraag: Zoekvraag, zoek: str) -> None:
    """Narrow to what has every word of this in its subject or number: it looks at every line of the list until enough
    are found.
    """
    for plek in vraag.parameters("zoek", list(like_patterns(zoek))):
        vraag.vast.append(rf"AND z.zoektekst LIKE {plek} ESCAPE '\'")


def search_name(vraag: Zoekvraag, filter: WerkFilter) -> Zoekvraag:
    """The same question of who is called so. One part: it starts from the few rows of a name."""
    naam = Zoekvraag({**vraag.waarden, "naam": naam_sleutel(filter.zoek)}, list(vraag.vast))
    codes = naam.parameters("code", sorted(filter.afdelingen))
    welke = [_AFDELINGEN.format(codes=", ".join(codes))]
    if soorten := [f"%({plek})s" for plek in vraag.waarden if plek.startswith("zaaktype")]:
        welke.append(f"z.zaaktype_id IN ({', '.join(soorten)})")
    if filter.termijn is not None:
        groepen = _groups(naam, filter.termijn)
        welke.append(f"({' OR '.join(f'({groep})' for groep in groepen)})")
    naam.delen = [" AND ".join(welke)]
    return naam
