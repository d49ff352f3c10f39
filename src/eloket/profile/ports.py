"""The port for what the registers know: the embedded set, and later BRP and Handelsregister.

tests/contract/ holds every implementation to this text. Numbers go in as plain digits and never into a log line.
"""

from typing import Protocol

from eloket.profile.types import Onderneming, Persoon


class PersonenBron(Protocol):
    def get_persoon(self, bsn: str) -> Persoon:
        """Raises PersoonNietGevonden when the register does not know this BSN, BronOnbereikbaar when it fails."""

    def get_onderneming(self, kvk_nummer: str, vestigingsnummer: str = "") -> Onderneming:
        """The business, or (with a `vestigingsnummer`) that branch of it, with the branch's name and address.

        Raises PersoonNietGevonden, also for a branch of another business; BronOnbereikbaar when it fails.
        """
