"""One pass over a form: what is shown, what was answered, and what is wrong, from what was typed.

What was typed is the one truth that is kept; everything else follows from it, each time anew. A field that is hidden
has no answer, whatever was typed there before.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from eloket.loket.formulier.basis import Invoer, Omgeving, VeldFout, VeldInvoer
from eloket.loket.formulier.definitie import Definitie, Stap
from eloket.loket.formulier.samengesteld import BestandVeld, EnkelVeld, GroepVeld, InhoudVeld, Veld
from eloket.loket.formulier.voorwaarden import WIE, Antwoorden, Voorwaarde, Waarde, comparisons, evaluate


@dataclass(frozen=True, slots=True)
class VeldStand:
    """A field as it stands. `naam` is the first part of the names of its inputs (`kinderen-0-naam` in a group).

    `fout` is empty when it is right; `fout_sub` names the input that it is about. `rijen` are the entries of a group.
    """

    veld: Veld
    naam: str
    is_zichtbaar: bool
    waarde: Waarde | None = field(default=None, repr=False)
    fout: str = ""
    fout_sub: str = ""
    is_vast: bool = False  # known from a register: shown, not asked
    rijen: tuple[tuple["VeldStand", ...], ...] = ()

    @property
    def tekst(self) -> str:
        """The answer as people read it; '' without one."""
        if self.waarde is None or isinstance(self.veld, InhoudVeld):
            return ""
        return self.veld.toon(self.waarde)


@dataclass(frozen=True, slots=True)
class StapStand:
    """A step as it stands. `is_gestopt`: a text in it says that the person cannot go on."""

    stap: Stap
    is_zichtbaar: bool
    velden: tuple[VeldStand, ...] = ()

    @property
    def fouten(self) -> tuple[tuple[str, str], ...]:
        """(id of the input, text) of every mistake, in the order of the page."""
        return tuple(_mistakes(self.velden))

    @property
    def is_gestopt(self) -> bool:
        return any(
            isinstance(een.veld, InhoudVeld) and een.veld.toon == "stop" and een.is_zichtbaar
            for een in self.velden
        )

    @property
    def is_goed(self) -> bool:
        return not self.is_gestopt and not self.fouten


@dataclass(frozen=True)
class Doorloop:
    """The whole form as it stands: every step in order, hidden ones too, and the answers that count."""

    definitie: Definitie
    stappen: tuple[StapStand, ...]
    antwoorden: Antwoorden = field(repr=False)

    @cached_property
    def zichtbaar(self) -> tuple[StapStand, ...]:
        return tuple(een for een in self.stappen if een.is_zichtbaar)

    def get(self, stap_id: str) -> StapStand | None:
        """The step, when it is shown."""
        return next((een for een in self.zichtbaar if een.stap.id == stap_id), None)

    def volgende(self, bezocht: frozenset[str]) -> StapStand | None:
        """The first step that still has to be done; None when all are. `bezocht` are the ids of steps that were sent
        in: one without any required field is not done before somebody saw it."""
        return next((een for een in self.zichtbaar if een.stap.id not in bezocht or not een.is_goed), None)

    @property
    def onderwerp(self) -> str:
        """The subject of the zaak: the template with the answers in it."""
        zaak = self.definitie.zaak
        if zaak is None:
            return self.definitie.titel
        teksten = {stand.veld.id: stand.tekst for stap in self.zichtbaar for stand in stap.velden}
        # In one pass: an answer that looks like a placeholder is an answer.
        tekst = PLAATSHOUDER.sub(lambda plek: teksten.get(plek[1], ""), zaak.onderwerp)
        tekst = " ".join(tekst.replace("()", "").split()).strip(" :,-")
        return tekst if len(tekst) <= _ONDERWERP_MAX else f"{tekst[: _ONDERWERP_MAX - 1].rstrip()}…"

    @property
    def zaaktype(self) -> str:
        """Of `anders` the first whose condition holds, else the zaaktype itself."""
        zaak = self.definitie.zaak
        assert zaak is not None  # of a check nobody asks
        return next(
            (een.zaaktype for een in zaak.anders if evaluate(een.als, self.antwoorden)), zaak.zaaktype
        )


PLAATSHOUDER = re.compile(r"\{([^{}]*)\}")
_ONDERWERP_MAX = 120  # of the subject of the zaak: a tile and a line in the work list must hold it


def doorloop(definitie: Definitie, invoer: Invoer, omgeving: Omgeving) -> Doorloop:
    """Work out the form for this input. Never raises: what cannot be understood is a mistake of its field."""
    antwoorden: dict[str, Waarde] = {WIE: omgeving.wie.value}
    stappen = tuple(_stap(stap, invoer, omgeving, antwoorden) for stap in definitie.stappen)
    return Doorloop(definitie=definitie, stappen=stappen, antwoorden=antwoorden)


def _stap(stap: Stap, invoer: Invoer, omgeving: Omgeving, antwoorden: dict[str, Waarde]) -> StapStand:
    if not evaluate(stap.voorwaarde, antwoorden):
        return StapStand(stap=stap, is_zichtbaar=False)
    velden = tuple(_veld(veld, veld.id, invoer, omgeving, antwoorden) for veld in stap.velden)
    return StapStand(stap=stap, is_zichtbaar=True, velden=velden)


def _veld(
    veld: Veld, naam: str, invoer: Invoer, omgeving: Omgeving, antwoorden: dict[str, Waarde]
) -> VeldStand:
    """The field; its answer is added to `antwoorden`."""
    if not evaluate(veld.voorwaarde, antwoorden):
        return VeldStand(veld=veld, naam=naam, is_zichtbaar=False)
    if isinstance(veld, InhoudVeld):
        return VeldStand(veld=veld, naam=naam, is_zichtbaar=True)
    if isinstance(veld, GroepVeld):
        return _groep(veld, invoer, omgeving, antwoorden)
    vast = omgeving.vast.get(veld.id) if veld.alleen_lezen else None
    try:
        waarde = veld.lees(VeldInvoer(naam, vast or invoer), omgeving, antwoorden)
    except VeldFout as error:
        return VeldStand(veld, naam, is_zichtbaar=True, fout=error.tekst, fout_sub=error.sub)
    if waarde is None:
        fout = veld.leeg_tekst if veld.verplicht else ""
        subs = veld.namen(naam)
        sub = "" if subs[0] == naam else subs[0].removeprefix(f"{naam}-")
        return VeldStand(veld, naam, is_zichtbaar=True, fout=fout, fout_sub=sub if fout else "")
    antwoorden[veld.id] = waarde
    return VeldStand(veld, naam, is_zichtbaar=True, waarde=waarde, is_vast=vast is not None)


def _groep(groep: GroepVeld, invoer: Invoer, omgeving: Omgeving, antwoorden: dict[str, Waarde]) -> VeldStand:
    rijen = []
    for nummer in range(groep.aantal(invoer)):
        eigen = dict(antwoorden)  # what is answered in one entry says nothing in the next
        rijen.append(
            tuple(
                _veld(veld, f"{groep.id}-{nummer}-{veld.id}", invoer, omgeving, eigen)
                for veld in groep.velden
            )
        )
    fout = groep.leeg_tekst if groep.verplicht and not rijen else ""
    waarde = tuple(", ".join(een.tekst for een in rij if een.tekst) for rij in rijen) or None
    if waarde is not None:
        antwoorden[groep.id] = waarde
    return VeldStand(groep, groep.id, is_zichtbaar=True, waarde=waarde, fout=fout, rijen=tuple(rijen))


def _mistakes(velden: tuple[VeldStand, ...]) -> Iterator[tuple[str, str]]:
    for stand in velden:
        if stand.fout:
            yield f"{stand.naam}-{stand.fout_sub}" if stand.fout_sub else stand.naam, stand.fout
        for nummer, rij in enumerate(stand.rijen, start=1):
            for plek, tekst in _mistakes(rij):  # the same question stands in every entry
                yield plek, f"{_entry_name(stand.veld, nummer)}: {tekst[:1].lower()}{tekst[1:]}"


def _entry_name(groep: Veld, nummer: int) -> str:
    een = groep.een if isinstance(groep, GroepVeld) else ""
    return f"{een[:1].upper()}{een[1:]} {nummer}"


@dataclass(frozen=True, slots=True)
class Antwoord:
    """A question and its answer, as the review, the PDF and the zaak show them."""

    vraag: str
    antwoord: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AntwoordBlok:
    """The answers of one step."""

    stap_id: str
    titel: str
    regels: tuple[Antwoord, ...]


def list_antwoorden(loop: Doorloop, *, zonder: str = "") -> tuple[AntwoordBlok, ...]:
    """What was answered, per step that is shown, but for the field `zonder`. A question that was left open is in it,
    with an empty answer."""
    return tuple(
        AntwoordBlok(
            stap.stap.id,
            stap.stap.titel,
            tuple(_answers(tuple(stand for stand in stap.velden if stand.veld.id != zonder))),
        )
        for stap in loop.zichtbaar
    )


def _answers(velden: tuple[VeldStand, ...], voor: str = "") -> Iterator[Antwoord]:
    for stand in velden:
        veld = stand.veld
        if not stand.is_zichtbaar or isinstance(veld, InhoudVeld):
            continue
        if isinstance(veld, GroepVeld):
            for nummer, rij in enumerate(stand.rijen, start=1):
                yield from _answers(rij, f"{_entry_name(veld, nummer)}: ")
            if not stand.rijen:
                yield Antwoord(veld.label, "")
        else:
            yield Antwoord(f"{voor}{veld.label}", stand.tekst)


def may_appear(stand: VeldStand, hier: Collection[str]) -> bool:
    """Whether the field is on the page of a step with the fields `hier`: it is shown, or an answer on the same page can
    bring it up."""
    return stand.is_zichtbaar or depends_here(stand.veld.voorwaarde, hier)


def depends_here(voorwaarde: Voorwaarde | None, hier: Collection[str]) -> bool:
    """Whether the condition compares one of the fields `hier`."""
    return any(deel.veld in hier for deel in comparisons(voorwaarde))


def inputs_of(stap: StapStand, invoer: Invoer) -> frozenset[str]:
    """The names of the inputs that the page of this step may send: all others are not ours, and are dropped. What is
    only for reading has none."""
    vast = {stand.veld.id for stand in stap.velden if stand.is_vast}
    namen: set[str] = set()
    for stand in _with_hidden(stap, invoer):
        if stand.veld.id in vast:
            continue
        if isinstance(stand.veld, GroepVeld):
            namen.add(f"{stand.veld.id}-aantal")
        elif not isinstance(stand.veld, InhoudVeld | BestandVeld):
            namen.update(stand.veld.namen(stand.naam))
    return frozenset(namen)


def _with_hidden(stap: StapStand, invoer: Invoer) -> Iterator[VeldStand]:
    for veld in stap.stap.velden:
        yield VeldStand(veld, veld.id, is_zichtbaar=True)
        if isinstance(veld, GroepVeld):
            for nummer in range(veld.aantal(invoer)):
                for een in veld.velden:
                    yield VeldStand(een, f"{veld.id}-{nummer}-{een.id}", is_zichtbaar=True)


def fields_of(velden: tuple[VeldStand, ...], soort: type[EnkelVeld]) -> Iterator[VeldStand]:
    """The fields of this kind that are shown, those in groups too."""
    for stand in velden:
        if stand.is_zichtbaar and isinstance(stand.veld, soort):
            yield stand
        for rij in stand.rijen:
            yield from fields_of(rij, soort)
