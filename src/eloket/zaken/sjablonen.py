"""Text templates: what a civil servant starts from when writing to a resident. Functional managers keep them."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from django.db import IntegrityError, transaction
from django.db.models import Q
from pydantic import BaseModel, ConfigDict, Field

from eloket.identity.beheer import fingerprint, must_manage, note_beheer
from eloket.identity.errors import BeheerGewijzigd, BeheerOngeldig
from eloket.identity.types import Actor
from eloket.kernel.errors import NietGevonden
from eloket.kernel.klok import schrijf_datum
from eloket.kernel.yamlbestand import read_yaml
from eloket.zaken.models import SjabloonRegel
from eloket.zaken.types import Zaak
from eloket.zaken.werk import Sjabloon, SjabloonSoort

MEEGELEVERD = Path(__file__).parent / "sjablonen.yaml"
MAX_TITEL, MAX_TEKST = 80, 2_000
# What a template may hold between braces, and what stands there afterwards.
PLAATSHOUDERS = {
    "zaaknummer": "het nummer van de zaak",
    "onderwerp": "waar de zaak over gaat",
    "aanvrager": "de naam van de aanvrager",
    "behandelaar": "de naam van wie de tekst schrijft",
    "afdeling": "de naam van de afdeling",
    "uiterlijke_datum": "de dag waarop er een besluit moet zijn",
}
_PLAATSHOUDER = re.compile(r"\{([^{}\n]*)\}")


class SjabloonDeel(BaseModel):
    """A template in a file."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    soort: SjabloonSoort
    titel: Annotated[str, Field(min_length=1, max_length=MAX_TITEL)]
    tekst: Annotated[str, Field(min_length=1, max_length=MAX_TEKST)]
    zaaktype: Annotated[str, Field(max_length=50)] = ""
    volgnummer: Annotated[int, Field(ge=0, le=20, strict=True)] = 0

    @property
    def sleutel(self) -> tuple[str, str, int, str]:
        """What tells one template from another."""
        return (self.soort.value, self.zaaktype, self.volgnummer, self.titel)


@dataclass(frozen=True, slots=True)
class SjabloonWens:
    """A template as a functional manager wants it."""

    soort: SjabloonSoort
    titel: str
    tekst: str
    zaaktype: str = ""
    volgnummer: int = 0


def merk_van(sjabloon: Sjabloon) -> str:
    """Differs as soon as anything of it differs: what a form was made from."""
    return fingerprint(
        sjabloon.soort.value, sjabloon.titel, sjabloon.tekst, sjabloon.zaaktype, sjabloon.volgnummer
    )


def list_sjablonen(soort: SjabloonSoort, *, zaaktype: str, volgnummer: int = 0) -> tuple[Sjabloon, ...]:
    """The templates to offer: first those of this zaaktype (and step), then the general ones. One query.

    Without `volgnummer` those of every step are in it.
    """
    rijen = SjabloonRegel.objects.filter(Q(zaaktype="") | Q(zaaktype=zaaktype), soort=soort.value)
    if volgnummer:
        rijen = rijen.filter(volgnummer__in=(0, volgnummer))
    return tuple(_sjabloon(rij) for rij in rijen.order_by("-zaaktype", "-volgnummer", "titel", "pk"))


def list_alle() -> tuple[Sjabloon, ...]:
    """Every template: general ones first, by kind, step and title."""
    rijen = SjabloonRegel.objects.order_by("zaaktype", "soort", "volgnummer", "titel", "pk")
    return tuple(_sjabloon(rij) for rij in rijen)


def get_sjabloon(sjabloon_id: str) -> Sjabloon:
    """Raises NietGevonden, also for what is no number."""
    if not (sjabloon_id.isascii() and sjabloon_id.isdigit() and len(sjabloon_id) < 10):
        raise NietGevonden
    rij = SjabloonRegel.objects.filter(pk=int(sjabloon_id)).first()
    if rij is None:
        raise NietGevonden
    return _sjabloon(rij)


def vul_in(tekst: str, zaak: Zaak, actor: Actor) -> str:
    """The text with what it says about this zaak. What is no placeholder stays as typed, and what is filled in is
    not read again: a name with braces in it stays a name."""
    waarden = {
        "zaaknummer": zaak.identificatie,
        "onderwerp": zaak.omschrijving,
        "aanvrager": zaak.initiator.naam if zaak.initiator else "",
        "behandelaar": actor.naam,
        "afdeling": zaak.afdeling_naam,
        "uiterlijke_datum": schrijf_datum(zaak.uiterlijke_einddatum) if zaak.uiterlijke_einddatum else "",
    }
    return _PLAATSHOUDER.sub(lambda gevonden: waarden.get(gevonden[1], gevonden[0]), tekst)


def unknown_placeholders(tekst: str) -> tuple[str, ...]:
    """What stands between braces and means nothing, as typed."""
    return tuple(dict.fromkeys(naam for naam in _PLAATSHOUDER.findall(tekst) if naam not in PLAATSHOUDERS))


def check_sjabloon(wens: SjabloonWens) -> dict[str, str]:
    """What is wrong with it, per field; empty when it can be kept."""
    fouten = {}
    if not wens.titel or len(wens.titel) > MAX_TITEL:
        fouten["titel"] = f"Vul een titel in. Gebruik hoogstens {MAX_TITEL} tekens."
    if not wens.tekst or len(wens.tekst) > MAX_TEKST:
        fouten["tekst"] = "Vul de tekst in. Gebruik hoogstens 2.000 tekens."
    elif onbekend := unknown_placeholders(wens.tekst):
        namen = ", ".join(f"{{{naam}}}" for naam in onbekend)
        mag = ", ".join(f"{{{naam}}}" for naam in PLAATSHOUDERS)
        fouten["tekst"] = f"Dit kennen wij niet: {namen}. U kunt gebruiken: {mag}."
    if wens.volgnummer and (wens.soort is not SjabloonSoort.STATUS or not wens.zaaktype):
        fouten["volgnummer"] = "Een stap kiest u alleen bij een statustekst van één zaaktype."
    return fouten


def save_sjabloon(
    actor: Actor | None, wens: SjabloonWens, *, sjabloon_id: int = 0, merk: str | None = None
) -> Sjabloon:
    """Add a template, or change the one with this id. `merk` is of what the form was made from (`merk_van`).

    Raises BeheerOngeldig (per field; also for a second one with the same title), BeheerGewijzigd, NietGevonden.
    """
    must_manage(actor)
    if fouten := check_sjabloon(wens):
        raise BeheerOngeldig(fouten)
    with transaction.atomic():
        nieuw = _velden(wens)
        rij = (
            _locked(sjabloon_id)
            if sjabloon_id
            else SjabloonRegel.objects.filter(**nieuw).first() or SjabloonRegel()
        )
        velden = [naam for naam, waarde in nieuw.items() if getattr(rij, naam) != waarde]
        if rij.pk and not velden:
            return _sjabloon(rij)  # also the second click of a double click
        _must_be(rij, merk)
        for naam, waarde in nieuw.items():
            setattr(rij, naam, waarde)
        try:
            with transaction.atomic():
                rij.save()
        except IntegrityError as error:
            raise BeheerOngeldig(
                {"titel": "Er is al een sjabloon met deze titel. Kies een andere titel."}
            ) from error
        note_beheer(
            actor,
            "sjabloon.bewaard" if sjabloon_id else "sjabloon.toegevoegd",
            f"sjabloon:{rij.pk}",
            velden=", ".join(velden),
        )
        return _sjabloon(rij)


def delete_sjabloon(actor: Actor, sjabloon_id: int, *, merk: str) -> None:
    """Raises BeheerGewijzigd when it is not what the manager saw. Already gone is fine: a double click."""
    must_manage(actor)
    with transaction.atomic():
        try:
            rij = _locked(sjabloon_id)
        except NietGevonden:
            return
        _must_be(rij, merk)
        rij.delete()
        note_beheer(actor, "sjabloon.verwijderd", f"sjabloon:{sjabloon_id}")


def load_meegeleverd() -> int:
    """The templates that come with the product, into an environment that has none; how many were added.

    Never touches what is there: a functional manager changed it, or removed one with a reason.
    """
    with transaction.atomic():
        if SjabloonRegel.objects.exists():
            return 0
        delen = read_yaml(MEEGELEVERD, tuple[SjabloonDeel, ...])
        for deel in delen:
            save_sjabloon(None, SjabloonWens(**deel.model_dump()))
    return len(delen)


def _locked(sjabloon_id: int) -> SjabloonRegel:
    rij = SjabloonRegel.objects.select_for_update().filter(pk=sjabloon_id).first()
    if rij is None:
        raise NietGevonden
    return rij


def _must_be(rij: SjabloonRegel, merk: str | None) -> None:
    """Raises BeheerGewijzigd when it is not what the form was made from."""
    if rij.pk and merk is not None and merk != merk_van(_sjabloon(rij)):
        raise BeheerGewijzigd


def _velden(wens: SjabloonWens) -> dict[str, str | int]:
    return {
        "soort": wens.soort.value,
        "titel": wens.titel,
        "tekst": wens.tekst,
        "zaaktype": wens.zaaktype,
        "volgnummer": wens.volgnummer,
    }


def _sjabloon(rij: SjabloonRegel) -> Sjabloon:
    return Sjabloon(
        id=rij.pk,
        soort=SjabloonSoort(rij.soort),
        titel=rij.titel,
        tekst=rij.tekst,
        zaaktype=rij.zaaktype,
        volgnummer=rij.volgnummer,
    )
