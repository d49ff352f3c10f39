"""What the parts of a form must have to do with each other: one name each, conditions on earlier fields only."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from eloket.loket.formulier.basis import Vooraf, Wie
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.getalvelden import BedragVeld, DatumVeld, GetalVeld
from eloket.loket.formulier.keuzevelden import JA_NEE, JaNeeVeld, KeuzesVeld, KeuzeVeld
from eloket.loket.formulier.samengesteld import (
    AdresVeld,
    BestandVeld,
    EnkelVeld,
    GroepVeld,
    InhoudVeld,
    PlaatsVeld,
    Veld,
)
from eloket.loket.formulier.tekstvelden import BsnVeld, EmailVeld, LangeTekstVeld, TekstVeld, TelefoonVeld
from eloket.loket.formulier.voorwaarden import SAMENSTELLERS, WIE, Hoe, Vergelijking, Voorwaarde, comparisons

Plek = tuple[int | str, ...]  # where in the file: ("stappen", 0, "velden", 2, "als")
_PLAATSHOUDER = re.compile(r"\{([^{}]*)\}")
_GERESERVEERD = frozenset({WIE, *SAMENSTELLERS, "knop", "terug", "revisie", "sleutel", "venster", "gezien"})
_VOORAF: dict[Vooraf, type] = {
    Vooraf.EMAIL: EmailVeld,
    Vooraf.TELEFOON: TelefoonVeld,
    Vooraf.NAAM: TekstVeld,
    Vooraf.GEBOORTEDATUM: DatumVeld,
    Vooraf.ADRES: AdresVeld,
    Vooraf.BSN: BsnVeld,
    Vooraf.HANDELSNAAM: TekstVeld,
    Vooraf.BEDRIJFSADRES: AdresVeld,
    Vooraf.KVK: TekstVeld,
    Vooraf.ZAAKNUMMER: TekstVeld,
}
_IN_CHECK = (KeuzeVeld, KeuzesVeld, JaNeeVeld, GetalVeld, BedragVeld, DatumVeld, InhoudVeld)


def check(definitie: Definitie) -> Iterator[tuple[Plek, str]]:
    """Every mistake that spans more than one field: where it stands, and the text."""
    bekend: dict[str, Veld] = {}
    gezien: set[str] = set()
    for nummer, stap in enumerate(definitie.stappen):
        plek: Plek = ("stappen", nummer)
        if stap.id in gezien:
            yield (*plek, "id"), "deze naam heeft een andere stap al"
        gezien.add(stap.id)
        yield from _check_condition((*plek, "als"), stap.voorwaarde, bekend)
        for volgnummer, veld in enumerate(stap.velden):
            yield from _check_veld((*plek, "velden", volgnummer), veld, bekend, definitie)
            bekend[veld.id] = veld
    yield from _check_end(definitie, bekend)


def _check_veld(
    plek: Plek, veld: Veld, bekend: dict[str, Veld], definitie: Definitie
) -> Iterator[tuple[Plek, str]]:
    if veld.id in bekend:
        yield (*plek, "id"), "deze naam heeft een ander veld al"
    if veld.id in _GERESERVEERD:
        yield (*plek, "id"), "deze naam gebruikt het programma zelf; kies een andere"
    yield from _check_condition((*plek, "als"), veld.voorwaarde, bekend)
    if definitie.is_check and not isinstance(veld, _IN_CHECK):
        yield (*plek, "soort"), "een check vraagt geen persoonlijke gegevens; deze soort kan daar niet"
    if not isinstance(veld, InhoudVeld):
        yield from _check_answerable(plek, veld, bekend)


def _check_answerable(
    plek: Plek, veld: EnkelVeld | PlaatsVeld | BestandVeld | GroepVeld, bekend: dict[str, Veld]
) -> Iterator[tuple[Plek, str]]:
    if veld.alleen_lezen and veld.vooraf is None:
        yield (*plek, "alleen_lezen"), "wat alleen te lezen is, wordt vooraf ingevuld: geef `vooraf`"
    if veld.vooraf is not None and not isinstance(veld, _VOORAF[veld.vooraf]):
        yield (*plek, "vooraf"), f"{veld.vooraf} past niet bij deze soort veld"
    if isinstance(veld, DatumVeld):
        for naam in veld.verwijst_naar:
            if not isinstance(bekend.get(naam), DatumVeld):
                yield plek, f"${naam} is geen datum die eerder in het formulier staat"
    if isinstance(veld, GroepVeld):
        yield from _check_group(plek, veld, bekend)


def _check_group(plek: Plek, groep: GroepVeld, bekend: dict[str, Veld]) -> Iterator[tuple[Plek, str]]:
    samen = dict(bekend)
    for nummer, veld in enumerate(groep.velden):
        hier: Plek = (*plek, "velden", nummer)
        if veld.id in samen or veld.id == groep.id:
            yield (*hier, "id"), "deze naam heeft een ander veld al"
        yield from _check_condition((*hier, "als"), veld.voorwaarde, samen)
        if veld.vooraf is not None:
            yield (*hier, "vooraf"), "in een groep kan niets vooraf ingevuld worden"
        samen[veld.id] = veld


def _check_condition(
    plek: Plek, voorwaarde: Voorwaarde | None, bekend: dict[str, Veld]
) -> Iterator[tuple[Plek, str]]:
    for deel in comparisons(voorwaarde):
        if deel.veld == WIE:
            tekst = _check_against_codes(deel, {een.value for een in Wie})
        elif deel.veld not in bekend:
            tekst = f"`{deel.veld}` staat niet eerder in het formulier"
        else:
            tekst = _check_types(deel, bekend[deel.veld])
        if tekst:
            yield plek, tekst


def _check_types(deel: Vergelijking, veld: Veld) -> str:
    """'' when the comparison fits the field."""
    if isinstance(veld, InhoudVeld):
        return f"`{deel.veld}` is tekst en heeft geen antwoord"
    if deel.hoe is Hoe.INGEVULD:
        return ""
    if isinstance(veld, KeuzeVeld):
        return _check_against_codes(deel, set(veld.opties))
    if isinstance(veld, JaNeeVeld):
        return _check_against_codes(deel, set(JA_NEE))
    if isinstance(veld, KeuzesVeld):
        if deel.hoe is not Hoe.BEVAT:
            return f"vergelijk `{deel.veld}` met `bevat`: er kunnen meer antwoorden gekozen zijn"
        return "" if deel.met in veld.opties else f"`{deel.met}` is geen antwoord van `{deel.veld}`"
    if isinstance(veld, GetalVeld | BedragVeld):
        goed = isinstance(deel.met, int | Decimal) and not isinstance(deel.met, bool)
        return _check_order(deel, is_goed=goed, wat="een getal")
    if isinstance(veld, DatumVeld):
        return _check_order(deel, is_goed=isinstance(deel.met, date), wat="een datum, als 2026-12-31")
    return f"bij `{deel.veld}` kan alleen `ingevuld: true` of `ingevuld: false`"


def _check_against_codes(deel: Vergelijking, codes: set[str]) -> str:
    if deel.hoe not in {Hoe.IS, Hoe.IS_NIET, Hoe.EEN_VAN}:
        return f"`{deel.hoe}` past niet bij `{deel.veld}`; kies uit: is, is_niet, een_van, ingevuld"
    waarden = deel.met if isinstance(deel.met, tuple) else (deel.met,)
    fout = next((een for een in waarden if een not in codes), None)
    return "" if fout is None else f"`{fout}` is geen antwoord van `{deel.veld}`"


def _check_order(deel: Vergelijking, *, is_goed: bool, wat: str) -> str:
    if deel.hoe in {Hoe.EEN_VAN, Hoe.BEVAT}:
        return f"`{deel.hoe}` past niet bij `{deel.veld}`"
    return "" if is_goed else f"vergelijk `{deel.veld}` met {wat}"


def _check_end(definitie: Definitie, bekend: dict[str, Veld]) -> Iterator[tuple[Plek, str]]:
    if definitie.zekerheid and "anoniem" in definitie.inloggen:
        yield ("zekerheid",), "wie niet inlogt heeft geen niveau: laat `zekerheid` of `anoniem` weg"
    if definitie.is_check:
        if definitie.zaak is not None or definitie.verklaringen:
            yield ("soort",), "een check maakt geen zaak: laat `zaak` en `verklaringen` weg"
        if not definitie.uitkomsten or definitie.uitkomsten[-1].als is not None:
            yield (
                ("uitkomsten",),
                "eindig met een uitkomst zonder `als`: wat er in alle andere gevallen staat",
            )
        for nummer, uitkomst in enumerate(definitie.uitkomsten):
            yield from _check_condition(("uitkomsten", nummer, "als"), uitkomst.als, bekend)
            if uitkomst.als is None and nummer < len(definitie.uitkomsten) - 1:
                yield ("uitkomsten", nummer), "na deze uitkomst komt geen andere meer aan de beurt"
    else:
        yield from _check_zaak(definitie, bekend)


def _check_zaak(definitie: Definitie, bekend: dict[str, Veld]) -> Iterator[tuple[Plek, str]]:
    if definitie.uitkomsten:
        yield ("uitkomsten",), "alleen een check heeft uitkomsten"
    if definitie.zaak is None:
        yield ("zaak",), "ontbreekt"
        return
    zaak = definitie.zaak
    for naam in _PLAATSHOUDER.findall(zaak.onderwerp):
        if naam not in bekend or isinstance(bekend[naam], InhoudVeld | GroepVeld | BestandVeld):
            yield ("zaak", "onderwerp"), f"`{naam}` is geen veld dat in het onderwerp kan staan"
    if zaak.toelichting and not isinstance(bekend.get(zaak.toelichting), LangeTekstVeld):
        yield ("zaak", "toelichting"), "kies een veld van de soort lange_tekst"
    for nummer, ander in enumerate(zaak.anders):
        yield from _check_condition(("zaak", "anders", nummer, "als"), ander.als, bekend)
