"""The versions of the forms: which one is published, and what each says. Published ones are read by every visitor."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.db import transaction

from eloket.kernel.klok import nu, vandaag
from eloket.kernel.yamlbestand import BestandOngeldig
from eloket.loket.errors import FormulierNietGevonden
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.lezen import (
    FormulierOngeldig,
    FormulierOnleesbaar,
    parse_once,
    read_definitie,
    sha_of,
)
from eloket.loket.models import FormulierVersie
from eloket.loket.types import Versie, VersieStand

log = logging.getLogger(__name__)
MEEGELEVERD = Path(__file__).parent / "formulieren"


def get_gepubliceerd(slug: str) -> Versie:
    """The version that a visitor begins with. One query. Raises FormulierNietGevonden, FormulierOnleesbaar."""
    rij = FormulierVersie.objects.filter(slug=slug, stand=VersieStand.GEPUBLICEERD).first()
    if rij is None:
        raise FormulierNietGevonden
    return versie_of(rij)


@dataclass(frozen=True, slots=True)
class Gepubliceerd:
    """What is published: by the name of its form, and the names of those that this release cannot read."""

    versies: Mapping[str, Versie]
    onleesbaar: frozenset[str] = frozenset()


def list_gepubliceerd() -> Gepubliceerd:
    """Every published version. One query. One that cannot be read is named and logged: it keeps nobody from the
    others."""
    versies, onleesbaar = {}, set()
    for rij in FormulierVersie.objects.filter(stand=VersieStand.GEPUBLICEERD):
        try:
            versies[rij.slug] = versie_of(rij)
        except FormulierOnleesbaar:
            log.error("formulier %s, versie %s: niet te lezen", rij.slug, rij.versie)  # noqa: TRY400 - names what to do
            onleesbaar.add(rij.slug)
    return Gepubliceerd(versies, frozenset(onleesbaar))


def is_gepubliceerd(slug: str) -> bool:
    return FormulierVersie.objects.filter(slug=slug, stand=VersieStand.GEPUBLICEERD).exists()


def definitie_of(slug: str, versie: int) -> Definitie:
    """What a version says. A version never changes, so it is asked once per process. Raises FormulierNietGevonden,
    FormulierOnleesbaar."""
    return _definitie(slug, versie)


@lru_cache(maxsize=256)
def _definitie(slug: str, versie: int) -> Definitie:
    rij = FormulierVersie.objects.filter(slug=slug, versie=versie).values_list("sha", "inhoud").first()
    if rij is None:
        raise FormulierNietGevonden
    return parse_once(*rij)


def versie_of(rij: FormulierVersie) -> Versie:
    return Versie(
        slug=rij.slug,
        versie=rij.versie,
        sha=rij.sha,
        stand=VersieStand(rij.stand),
        tekst=rij.inhoud,
        definitie=parse_once(rij.sha, rij.inhoud),
        gemaakt_op=rij.gemaakt_op,
        gemaakt_door_key=rij.gemaakt_door_key,
        gepubliceerd_op=rij.gepubliceerd_op,
        gepubliceerd_door_key=rij.gepubliceerd_door_key,
    )


def lock_versies(slug: str) -> list[FormulierVersie]:
    """Every version of the form, oldest first, held until the transaction ends."""
    return list(FormulierVersie.objects.select_for_update().filter(slug=slug).order_by("versie"))


def replace_gepubliceerd(slug: str) -> None:
    """The version that is published makes room for another. The caller holds the versions."""
    FormulierVersie.objects.filter(slug=slug, stand=VersieStand.GEPUBLICEERD).update(
        stand=VersieStand.VERVANGEN
    )


def read_meegeleverd(folder: Path = MEEGELEVERD) -> dict[str, bytes]:
    """The forms that come with the product, checked and proven. Raises FormulierOngeldig with every mistake at once."""
    gelezen: dict[str, bytes] = {}
    fouten: list[str] = []
    for pad in sorted(folder.glob("*.yaml")):
        inhoud = pad.read_bytes()
        try:
            read_definitie(pad.name, inhoud, vandaag())
        except BestandOngeldig as error:
            fouten += error.fouten
        gelezen[pad.stem] = inhoud
    if fouten:
        raise FormulierOngeldig(tuple(fouten))
    return gelezen


def load_meegeleverd(folder: Path = MEEGELEVERD) -> int:
    """Publish the forms that come with the product and are new or changed; says how many. For `eloket prepare`.

    A form of which a civil servant published or withdrew a version is theirs: it is left alone.
    """
    return sum(_load(slug, inhoud) for slug, inhoud in read_meegeleverd(folder).items())


def _load(slug: str, inhoud: bytes) -> bool:
    tekst, sha = inhoud.decode(), sha_of(inhoud)
    with transaction.atomic():
        rijen = lock_versies(slug)
        if any(rij.gemaakt_door_key or rij.gepubliceerd_door_key or rij.sha == sha for rij in rijen):
            return False
        if any(rij.stand == VersieStand.INGETROKKEN for rij in rijen):
            return False
        replace_gepubliceerd(slug)
        FormulierVersie.objects.create(
            slug=slug,
            versie=rijen[-1].versie + 1 if rijen else 1,
            sha=sha,
            inhoud=tekst,
            stand=VersieStand.GEPUBLICEERD,
            gemaakt_op=nu(),
            gepubliceerd_op=nu(),
        )
    return True
