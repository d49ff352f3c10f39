"""Versions of forms as people read them. Pure: no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from eloket.kernel.klok import schrijf_moment
from eloket.loket.types import VersieStand
from eloket.loket.versiebeheer import FormulierRegel, VersieRegel
from eloket.workbench.beheer.formulieren.acties_van import Actie, actions_for

STAND: Mapping[VersieStand, tuple[str, str]] = {
    VersieStand.CONCEPT: ("Wacht op een collega", "warning"),
    VersieStand.GEPUBLICEERD: ("Gepubliceerd", "success"),
    VersieStand.VERVANGEN: ("Vervangen", "neutral"),
    VersieStand.INGETROKKEN: ("Ingetrokken", "neutral"),
}
ZELF = "Komt mee met E-loket"


@dataclass(frozen=True, slots=True)
class VersieVak:
    """A version on the page of its form. `acties` are (words, address) of what this reader can do with it."""

    nummer: int
    stand: str
    soort: str
    gemaakt: str
    gepubliceerd: str
    bezig: str
    uitleg: str
    acties: tuple[tuple[Actie, str], ...]
    bekijk_href: str
    voorbeeld_href: str
    bestand_href: str
    verschil_href: str  # with the published one, else with the one before; '' without either


def make_versies(
    formulier: FormulierRegel, namen: Mapping[str, str], eigen_key: str
) -> tuple[VersieVak, ...]:
    """`namen` are of civil servants, by their key; `eigen_key` is of who reads this."""
    return tuple(_make(een, formulier, namen, eigen_key) for een in formulier.versies)


def _make(een: VersieRegel, formulier: FormulierRegel, namen: Mapping[str, str], eigen_key: str) -> VersieVak:
    tekst, soort = STAND[een.stand]
    args = [formulier.slug, str(een.versie)]
    mag_niet = een.stand is VersieStand.CONCEPT and een.gemaakt_door_key == eigen_key
    return VersieVak(
        nummer=een.versie,
        stand=tekst,
        soort=soort,
        gemaakt=_who(een.gemaakt_door_key, namen, "Gemaakt door", schrijf_moment(een.gemaakt_op)),
        gepubliceerd=_who(
            een.gepubliceerd_door_key, namen, "Gepubliceerd door", schrijf_moment(een.gepubliceerd_op)
        )
        if een.gepubliceerd_op
        else "",
        bezig=_busy(een.bezig),
        uitleg="U heeft deze versie zelf gemaakt. Vraag een collega om de versie te bekijken en te publiceren."
        if mag_niet
        else "",
        acties=tuple(
            (actie, reverse("werkplek-beheer-formulier-actie", args=[*args, actie.naam]))
            for actie in actions_for(een, eigen_key)
        ),
        bekijk_href=f"{reverse('werkplek-beheer-formulier', args=[formulier.slug])}?versie={een.versie}",
        voorbeeld_href=reverse("werkplek-beheer-formulier-voorbeeld", args=args),
        bestand_href=reverse("werkplek-beheer-formulier-bestand", args=args),
        verschil_href=_difference(een, formulier),
    )


def _who(key: str, namen: Mapping[str, str], wat: str, moment: str) -> str:
    if not key:
        return f"{ZELF}, {moment}" if wat.startswith("Gemaakt") else f"Gepubliceerd op {moment}"
    return f"{wat} {namen.get(key, 'iemand die hier niet meer werkt')}, {moment}"


def _busy(aantal: int) -> str:
    if not aantal:
        return ""
    return (
        "1 persoon vult deze versie nu in." if aantal == 1 else f"{aantal} mensen vullen deze versie nu in."
    )


def _difference(een: VersieRegel, formulier: FormulierRegel) -> str:
    nu = formulier.gepubliceerd
    ander = (
        nu if nu and nu is not een else next((v for v in formulier.versies if v.versie < een.versie), None)
    )
    if ander is None:
        return ""
    pad = reverse("werkplek-beheer-formulier-verschil", args=[formulier.slug])
    van, naar = (ander.versie, een.versie)
    return f"{pad}?van={van}&naar={naar}"
