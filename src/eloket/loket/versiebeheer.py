"""The forms and their versions as a functional manager sees them. Reads; what is done with them stands in beheer.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from eloket.identity.beheer import fingerprint, must_manage
from eloket.identity.types import Actor
from eloket.loket.errors import FormulierNietGevonden
from eloket.loket.formulier.lezen import FormulierOnleesbaar, parse_once
from eloket.loket.models import Concept, FormulierVersie
from eloket.loket.types import Versie, VersieStand
from eloket.loket.versies import versie_of


@dataclass(frozen=True, slots=True)
class VersieRegel:
    """A version without what it says. `bezig` is how many drafts stand on it; `merk` differs as soon as what can be
    done with it does."""

    versie: int
    stand: VersieStand
    gemaakt_op: datetime
    gemaakt_door_key: str
    gepubliceerd_op: datetime | None
    gepubliceerd_door_key: str
    bezig: int
    merk: str


@dataclass(frozen=True, slots=True)
class FormulierRegel:
    """A form with its versions, the newest first."""

    slug: str
    titel: str
    versies: tuple[VersieRegel, ...]

    @property
    def gepubliceerd(self) -> VersieRegel | None:
        return next((een for een in self.versies if een.stand is VersieStand.GEPUBLICEERD), None)

    @property
    def wachtend(self) -> tuple[VersieRegel, ...]:
        """What waits for a second pair of eyes."""
        return tuple(een for een in self.versies if een.stand is VersieStand.CONCEPT)

    def get(self, versie: int) -> VersieRegel:
        """Raises FormulierNietGevonden."""
        for een in self.versies:
            if een.versie == versie:
                return een
        raise FormulierNietGevonden


def merk_of(rij: FormulierVersie, rijen: Iterable[FormulierVersie]) -> str:
    """Of this version and of the one that is published now: what somebody decides about."""
    nu = [(een.versie, een.sha) for een in rijen if een.stand == VersieStand.GEPUBLICEERD]
    return fingerprint(rij.versie, rij.sha, str(rij.stand), nu)


def list_formulieren(actor: Actor) -> tuple[FormulierRegel, ...]:
    """Every form, by title. Three queries."""
    must_manage(actor)
    return _read(FormulierVersie.objects.all())


def get_formulier(actor: Actor, slug: str) -> FormulierRegel:
    """Three queries. Raises FormulierNietGevonden."""
    must_manage(actor)
    gevonden = _read(FormulierVersie.objects.filter(slug=slug))
    if not gevonden:
        raise FormulierNietGevonden
    return gevonden[0]


def get_versie(actor: Actor, slug: str, versie: int) -> Versie:
    """What a version says, whatever its state. Raises FormulierNietGevonden, FormulierOnleesbaar."""
    return versie_of(_get_row(actor, slug, versie))


def get_tekst(actor: Actor, slug: str, versie: int) -> str:
    """The text of a version, also when it cannot be read any more. Raises FormulierNietGevonden."""
    return _get_row(actor, slug, versie).inhoud


def _get_row(actor: Actor, slug: str, versie: int) -> FormulierVersie:
    must_manage(actor)
    rij = FormulierVersie.objects.filter(slug=slug, versie=versie).first()
    if rij is None:
        raise FormulierNietGevonden
    return rij


def _read(rijen: QuerySet[FormulierVersie]) -> tuple[FormulierRegel, ...]:
    per_slug: dict[str, list[FormulierVersie]] = {}
    for rij in rijen.defer("inhoud").order_by("slug", "-versie"):
        per_slug.setdefault(rij.slug, []).append(rij)
    bezig = {
        (slug, versie): aantal
        for slug, versie, aantal in Concept.objects.filter(formulier__in=per_slug, verstuurd_op=None)
        .values_list("formulier", "versie")
        .annotate(aantal=Count("pk"))
    }
    titels = _titles(per_slug)
    regels = (
        FormulierRegel(slug, titels[slug], tuple(_regel(een, alle, bezig) for een in alle))
        for slug, alle in per_slug.items()
    )
    return tuple(sorted(regels, key=lambda een: een.titel.casefold()))


def _titles(per_slug: dict[str, list[FormulierVersie]]) -> dict[str, str]:
    """Of the published version, else of the newest; the name of the form when that cannot be read any more."""
    gekozen = [
        next((een for een in alle if een.stand == VersieStand.GEPUBLICEERD), alle[0])
        for alle in per_slug.values()
    ]
    titels = {}
    rijen = FormulierVersie.objects.filter(pk__in=[een.pk for een in gekozen])
    for slug, sha, inhoud in rijen.values_list("slug", "sha", "inhoud"):
        try:
            titels[slug] = parse_once(sha, inhoud).titel
        except FormulierOnleesbaar:
            titels[slug] = slug
    return titels


def _regel(
    rij: FormulierVersie, alle: list[FormulierVersie], bezig: dict[tuple[str, int], int]
) -> VersieRegel:
    return VersieRegel(
        versie=rij.versie,
        stand=VersieStand(rij.stand),
        gemaakt_op=rij.gemaakt_op,
        gemaakt_door_key=rij.gemaakt_door_key,
        gepubliceerd_op=rij.gepubliceerd_op,
        gepubliceerd_door_key=rij.gepubliceerd_door_key,
        bezig=bezig.get((rij.slug, rij.versie), 0),
        merk=merk_of(rij, alle),
    )
