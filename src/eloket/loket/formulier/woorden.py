"""A condition in words: beside a field, and on the map of a form."""

from datetime import date
from decimal import Decimal

from eloket.kernel.klok import schrijf_datum
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.getalvelden import BedragVeld
from eloket.loket.formulier.keuzevelden import JA_NEE, JaNeeVeld, KeuzesVeld, KeuzeVeld
from eloket.loket.formulier.samengesteld import GroepVeld, InhoudVeld, Veld
from eloket.loket.formulier.voorwaarden import WIE, En, Grens, Hoe, Niet, Of, Vergelijking, Voorwaarde
from eloket.loket.geld import schrijf_euro, schrijf_getal

_WIE = {
    "inwoner": "u een inwoner bent",
    "onderneming": "u een bedrijf bent",
    "anoniem": "u niet bent ingelogd",
}
_HOE = {
    Hoe.MINSTENS: "{} of meer is",
    Hoe.HOOGSTENS: "{} of minder is",
    Hoe.MEER_DAN: "meer dan {} is",
    Hoe.MINDER_DAN: "minder dan {} is",
}
_HOE_DATUM = {
    Hoe.MINSTENS: "{} of later is",
    Hoe.HOOGSTENS: "{} of eerder is",
    Hoe.MEER_DAN: "na {} is",
    Hoe.MINDER_DAN: "vóór {} is",
}


def describe(voorwaarde: Voorwaarde, definitie: Definitie) -> str:
    """What must be so, to stand after `als`: `het antwoord op ‘Wat plaatst u?’ ‘Tent’ is`."""
    if isinstance(voorwaarde, En):
        return " en ".join(_between(deel, definitie) for deel in voorwaarde.delen)
    if isinstance(voorwaarde, Of):
        return " of ".join(_between(deel, definitie) for deel in voorwaarde.delen)
    if isinstance(voorwaarde, Niet):
        return f"het niet zo is dat {describe(voorwaarde.deel, definitie)}"
    return _comparison(voorwaarde, definitie)


def _between(deel: Voorwaarde, definitie: Definitie) -> str:
    tekst = describe(deel, definitie)
    return f"({tekst})" if isinstance(deel, En | Of) else tekst


def _comparison(deel: Vergelijking, definitie: Definitie) -> str:
    if deel.veld == WIE:
        wie = deel.met if isinstance(deel.met, tuple) else (str(deel.met),)
        tekst = " of ".join(_WIE[een] for een in wie)
        return f"het niet zo is dat {tekst}" if deel.hoe is Hoe.IS_NIET else tekst
    veld = _find(definitie, deel.veld)
    label = "" if isinstance(veld, InhoudVeld) else veld.label
    if deel.hoe is Hoe.INGEVULD:
        return f"‘{label}’ {'is ingevuld' if deel.met else 'niet is ingevuld'}"
    antwoord = f"het antwoord op ‘{label}’"
    if deel.hoe in _HOE:
        woorden = _HOE_DATUM if isinstance(deel.met, date) else _HOE
        return f"{antwoord} {woorden[deel.hoe].format(_value(veld, deel.met))}"
    waarden = deel.met if isinstance(deel.met, tuple) else (deel.met,)
    namen = " of ".join(f"‘{_value(veld, een)}’" for een in waarden)
    return f"{antwoord} {'niet ' if deel.hoe is Hoe.IS_NIET else ''}{namen} is"


def _find(definitie: Definitie, naam: str) -> Veld:
    for _, veld in definitie.velden():
        if veld.id == naam:
            return veld
        if isinstance(veld, GroepVeld):
            for een in veld.velden:
                if een.id == naam:
                    return een
    raise KeyError(naam)


def _value(veld: Veld, waarde: Grens) -> str:
    if isinstance(veld, KeuzeVeld | KeuzesVeld):
        return veld.opties.get(str(waarde), str(waarde))
    if isinstance(veld, JaNeeVeld):
        return JA_NEE.get(str(waarde), str(waarde)).lower()
    if isinstance(waarde, date):
        return schrijf_datum(waarde)
    if isinstance(veld, BedragVeld) and isinstance(waarde, int | Decimal):
        return schrijf_euro(int(waarde * 100))
    return schrijf_getal(waarde) if isinstance(waarde, int | Decimal) else str(waarde)
