"""The afdelingen of the municipality: their code never changes, their name may."""

import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.db.models.deletion import ProtectedError

from eloket.identity.beheer import fingerprint, must_manage, note_beheer
from eloket.identity.errors import AfdelingInGebruik, BeheerGewijzigd, BeheerOngeldig
from eloket.identity.models import Afdeling
from eloket.identity.types import Actor
from eloket.kernel.errors import NietGevonden

MAX_NAAM = 80
_CODE = re.compile(r"[a-z0-9-]{1,40}")


@dataclass(frozen=True, slots=True)
class AfdelingInfo:
    code: str
    naam: str
    medewerkers: int = 0  # how many work there, active or not

    @property
    def merk(self) -> str:
        """What a form was made from."""
        return fingerprint(self.code, self.naam)


def list_afdelingen() -> tuple[AfdelingInfo, ...]:
    """By name. One query."""
    rijen = Afdeling.objects.annotate(aantal=Count("medewerkers")).order_by("naam", "code")
    return tuple(AfdelingInfo(rij.code, rij.naam, rij.aantal) for rij in rijen)


def get_afdeling(code: str) -> AfdelingInfo:
    """Raises NietGevonden."""
    rij = Afdeling.objects.annotate(aantal=Count("medewerkers")).filter(code=code).first()
    if rij is None:
        raise NietGevonden
    return AfdelingInfo(rij.code, rij.naam, rij.aantal)


def keep_afdeling(actor: Actor | None, *, code: str, naam: str, merk: str | None = None) -> None:
    """Add the afdeling, or give it another name. `merk` is of what the form was made from ('' for a new one).

    Raises BeheerOngeldig, BeheerGewijzigd.
    """
    must_manage(actor)
    fouten = {}
    if not _CODE.fullmatch(code):
        fouten["code"] = "Gebruik kleine letters, cijfers en streepjes. Hoogstens 40 tekens."
    if not naam.strip() or len(naam) > MAX_NAAM:
        fouten["naam"] = f"Vul de naam in. Gebruik hoogstens {MAX_NAAM} tekens."
    if fouten:
        raise BeheerOngeldig(fouten)
    with transaction.atomic():
        rij = Afdeling.objects.select_for_update().filter(code=code).first()
        if rij is not None and rij.naam == naam.strip():
            return
        if rij is not None and merk == "":
            raise BeheerOngeldig({"code": "Deze code is al in gebruik. Kies een andere code."})
        if merk is not None and merk != (fingerprint(rij.code, rij.naam) if rij else ""):
            raise BeheerGewijzigd
        Afdeling.objects.update_or_create(code=code, defaults={"naam": naam.strip()})
        note_beheer(
            actor, "afdeling.hernoemd" if rij else "afdeling.toegevoegd", f"afdeling:{code}", velden="naam"
        )


def delete_afdeling(actor: Actor, *, code: str) -> None:
    """Raises AfdelingInGebruik while members, zaaktypen or zaken use it. Already gone is fine: a double click."""
    must_manage(actor)
    with transaction.atomic():
        rij = Afdeling.objects.select_for_update().filter(code=code).first()
        if rij is None:
            return
        if rij.medewerkers.exists():
            raise AfdelingInGebruik
        try:
            rij.delete()
        except ProtectedError as error:
            raise AfdelingInGebruik from error
        note_beheer(actor, "afdeling.verwijderd", f"afdeling:{code}")
