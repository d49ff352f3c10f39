"""The fake register and ready contact details, for tests in every room."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from eloket.identity.types import Actor
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import nu
from eloket.profile.errors import PersoonNietGevonden
from eloket.profile.models import Profiel
from eloket.profile.rij import lock_or_make
from eloket.profile.types import Onderneming, Persoon

JEROEN = Persoon(
    voornamen="Jeroen Pieter",
    voorvoegsel="van",
    achternaam="Drouwen",
    geboortedatum=date(1979, 4, 1),
    straat_huisnummer="Lindelaan 12",
    postcode="1234 AB",
    woonplaats="Voorbeeld",
)
KORENAAR = Onderneming(
    handelsnaam="Bakkerij De Korenaar B.V.",
    kvk_nummer="69599084",
    vestigingsnummer="",
    vestiging_naam="",
    straat_huisnummer="Molenstraat 3",
    postcode="1234 CD",
    woonplaats="Voorbeeld",
)
KORENAAR_MARKT = Onderneming(
    handelsnaam="Bakkerij De Korenaar B.V.",
    kvk_nummer="69599084",
    vestigingsnummer="000038509504",
    vestiging_naam="De Korenaar Markt",
    straat_huisnummer="Markt 1",
    postcode="1234 EF",
    woonplaats="Voorbeeld",
)


def give_contact(actor: Actor, adres: str, *, wil_mail: bool = True, **velden: Any) -> Profiel:
    """A confirmed address of this resident or contactpersoon, as if they had opened the link in our mail."""
    with transaction.atomic():
        rij = lock_or_make(actor)
        for naam, waarde in {
            "email": adres,
            "email_bevestigd_op": nu(),
            "wil_mail": wil_mail,
            **velden,
        }.items():
            setattr(rij, naam, waarde)
        rij.save()
    return rij


class FakePersonenBron:
    """Knows what it was given; `is_onbereikbaar` makes every call fail."""

    def __init__(
        self,
        personen: Mapping[str, Persoon] | None = None,
        ondernemingen: tuple[Onderneming, ...] | None = None,
    ) -> None:
        self.personen = dict({"999990019": JEROEN} if personen is None else personen)
        rijen = (KORENAAR, KORENAAR_MARKT) if ondernemingen is None else ondernemingen
        self.ondernemingen = {(rij.kvk_nummer, rij.vestigingsnummer): rij for rij in rijen}
        self.is_onbereikbaar = False

    def get_persoon(self, bsn: str) -> Persoon:
        self._must_answer()
        try:
            return self.personen[bsn]
        except KeyError:
            raise PersoonNietGevonden from None

    def get_onderneming(self, kvk_nummer: str, vestigingsnummer: str = "") -> Onderneming:
        self._must_answer()
        try:
            return self.ondernemingen[kvk_nummer, vestigingsnummer]
        except KeyError:
            raise PersoonNietGevonden from None

    def _must_answer(self) -> None:
        if self.is_onbereikbaar:
            raise BronOnbereikbaar("het register")
