"""Fields as the page of a step shows them (templates in velden.html): for the visitor, and for who previews a form."""

import json
from dataclasses import dataclass, field
from typing import Any

from eloket.documenten.formaten import formaat_van, schrijf_omvang
from eloket.loket.adressen import GEVONDEN
from eloket.loket.formulier.basis import Bestand, Invoer, Omgeving, VeldBasis, VeldInvoer
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.doorloop import StapStand, VeldStand, depends_here, may_appear
from eloket.loket.formulier.keuzevelden import JA_NEE, KeuzesVeld, KeuzeVeld
from eloket.loket.formulier.samengesteld import AdresVeld, BestandVeld, GroepVeld, InhoudVeld
from eloket.loket.formulier.script import names_asked, plain, reading_rules
from eloket.loket.formulier.voorwaarden import Antwoorden, to_json
from eloket.loket.formulier.woorden import describe

LIJST_VANAF = 9  # from this many options on a list to open is quicker than radio buttons


@dataclass(frozen=True, slots=True)
class BestandRegel:
    """A file that stands ready."""

    id: str
    naam: str = field(repr=False)
    omvang: str


@dataclass(frozen=True, slots=True)
class VeldVak:
    """One field. `naam` is the id of its first input; `waarden` what stands in each input, by the last part of its name
    ('' the first). `als` is its condition for the script, `alleen_als` the same in words: '' when it is always there.
    `regels`: how the script reads it, '' when no condition of the page asks for it.

    `getypt`: a text field with its `type`, `inputmode`, `autocomplete` and `max`. `opties` are (code, label).
    """

    soort: str
    naam: str
    veld_id: str
    label: str = ""
    uitleg: str = ""
    is_optioneel: bool = False
    fout: str = ""
    fout_sub: str = ""
    waarden: dict[str, str] = field(default_factory=dict, repr=False)
    gekozen: tuple[str, ...] = field(default=(), repr=False)
    opties: tuple[tuple[str, str], ...] = ()
    type: str = "text"
    inputmode: str = ""
    autocomplete: str = ""
    max: int = 0
    eenheid: str = ""
    als: str = ""
    alleen_als: str = ""
    regels: str = field(default="", repr=False)
    # The answer, when it is known from a register and only to be read.
    vast: str = field(default="", repr=False)
    tekst: tuple[str, ...] = ()
    toon: str = ""
    is_gevonden: bool = False  # an address whose street and town were looked up
    bestanden: tuple[BestandRegel, ...] = ()
    accept: str = ""
    hoogstens: int = 0
    een: str = ""
    rijen: tuple[tuple["VeldVak", ...], ...] = ()
    may_erbij: bool = False
    may_eraf: bool = False


def make_vakken(
    definitie: Definitie, stap: StapStand, invoer: Invoer, omgeving: Omgeving, *, toon_fouten: bool
) -> tuple[VeldVak, ...]:
    """The fields of the step, in order. What an answer on the same page may bring up is there too, with the words that
    say when; what earlier steps rule out is not."""
    hier = {een.veld.id for een in stap.velden}
    maker = _Maker(definitie, invoer, omgeving, names_asked(stap.stap), toon_fouten=toon_fouten)
    return tuple(maker.make(stand, hier) for stand in stap.velden if may_appear(stand, hier))


@dataclass(frozen=True, slots=True)
class _Maker:
    definitie: Definitie
    invoer: Invoer
    omgeving: Omgeving
    gevraagd: frozenset[str]
    toon_fouten: bool = field(kw_only=True)

    def make(self, stand: VeldStand, hier: set[str]) -> VeldVak:
        veld = stand.veld
        voorwaarde = veld.voorwaarde
        als = alleen_als = ""
        if voorwaarde is not None and depends_here(voorwaarde, hier):
            als, alleen_als = json.dumps(to_json(voorwaarde)), describe(voorwaarde, self.definitie)
        if isinstance(veld, InhoudVeld):
            return VeldVak(
                "inhoud",
                stand.naam,
                veld.id,
                tekst=veld.tekst,
                toon=veld.toon,
                als=als,
                alleen_als=alleen_als,
            )
        assert isinstance(veld, VeldBasis)
        eigen = VeldInvoer(stand.naam, self.omgeving.vast.get(veld.id) or self.invoer)
        return VeldVak(
            soort=veld.soort,
            naam=stand.naam,
            veld_id=veld.id,
            label=veld.label,
            uitleg=veld.uitleg,
            is_optioneel=not veld.verplicht,
            fout=stand.fout if self.toon_fouten else "",
            fout_sub=stand.fout_sub,
            waarden={sub: eigen.een(sub) for sub in ("", *veld.subs)},
            als=als,
            alleen_als=alleen_als,
            regels=json.dumps(reading_rules(stand, self.omgeving)) if veld.id in self.gevraagd else "",
            vast=stand.tekst if stand.is_vast else "",
            type=getattr(veld, "type", "text"),
            inputmode=getattr(veld, "inputmode", "") or _INPUTMODE.get(veld.soort, ""),
            autocomplete=getattr(veld, "autocomplete", "") or getattr(veld, "invul", ""),
            eenheid=getattr(veld, "eenheid", ""),
            **self._own(stand, eigen, hier),
        )

    def _own(self, stand: VeldStand, eigen: VeldInvoer, hier: set[str]) -> dict[str, Any]:
        """What only this kind of field has."""
        veld = stand.veld
        if isinstance(veld, KeuzeVeld | KeuzesVeld):
            is_lijst = isinstance(veld, KeuzeVeld) and len(veld.opties) >= LIJST_VANAF
            return {
                "gekozen": eigen.alle(),
                "opties": tuple(veld.opties.items()),
                "toon": "lijst" if is_lijst else "",
            }
        if veld.soort == "ja_nee":
            return {"gekozen": eigen.alle(), "opties": tuple(JA_NEE.items())}
        if isinstance(veld, AdresVeld):
            return {"is_gevonden": eigen.een(GEVONDEN) == "ja"}
        if isinstance(veld, BestandVeld):
            klaar = self.omgeving.bestanden.get(veld.id, ())
            return {
                "bestanden": tuple(map(_file, klaar)),
                "accept": _accept(veld),
                "hoogstens": veld.hoogstens,
                "may_erbij": len(klaar) < veld.hoogstens,
            }
        if isinstance(veld, GroepVeld):
            return self._group(stand, veld, hier)
        return {}

    def _group(self, stand: VeldStand, veld: GroepVeld, hier: set[str]) -> dict[str, Any]:
        binnen = hier | {een.id for een in veld.velden}
        rijen = stand.rijen if stand.is_zichtbaar else _waiting(veld, self.invoer)
        return {
            "een": veld.een,
            "rijen": tuple(
                tuple(self.make(een, binnen) for een in rij if may_appear(een, binnen)) for rij in rijen
            ),
            "may_erbij": len(rijen) < veld.max,
            "may_eraf": len(rijen) > veld.minstens,
        }


def _waiting(groep: GroepVeld, invoer: Invoer) -> tuple[tuple[VeldStand, ...], ...]:
    """The entries of a group that an answer on this page may bring up."""
    return tuple(
        tuple(VeldStand(een, f"{groep.id}-{nummer}-{een.id}", is_zichtbaar=True) for een in groep.velden)
        for nummer in range(groep.aantal(invoer))
    )


_INPUTMODE = {"getal": "decimal", "bedrag": "decimal"}


def _file(bestand: Bestand) -> BestandRegel:
    return BestandRegel(bestand.id, bestand.naam, schrijf_omvang(bestand.omvang))


def _accept(veld: BestandVeld) -> str:
    return ",".join(f".{een}" for code in veld.formaten for een in formaat_van(code).extensies)


def known_answers(stap: StapStand, antwoorden: Antwoorden) -> str:
    """For the script: the answers of earlier steps that conditions of this step compare with, as JSON."""
    elders = names_asked(stap.stap) - {stand.veld.id for stand in stap.velden}
    return json.dumps({naam: plain(antwoorden[naam]) for naam in sorted(elders) if naam in antwoorden})
