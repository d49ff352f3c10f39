"""Everybody who sends something here, and what its receipt says of who sent it for whom."""

from dataclasses import replace

from eloket.identity.testing import gemachtigde, inwoner, onderneming
from eloket.identity.types import Actor, Machtiging

ZELF = inwoner()
BEWIND = replace(gemachtigde(), machtiging=Machtiging.BEWIND, eigen_naam="De Brug")
BEDRIJF, VESTIGING = onderneming(), onderneming(vestigingsnummer="000038509504")
VOOR_EEN_ANDER: dict[str, tuple[Actor, str]] = {
    "gemachtigde": (gemachtigde(), "Jeroen van Drouwen namens Fatima el Idrissi"),
    "bewindvoerder": (BEWIND, "De Brug namens Fatima el Idrissi"),
    # eHerkenning may send no name of who acts: then as what they act.
    "zonder eigen naam": (replace(BEWIND, eigen_naam=""), "Bewindvoerder namens Fatima el Idrissi"),
    "onderneming": (BEDRIJF, "Contactpersoon namens Bakkerij De Korenaar B.V."),
    "vestiging": (
        VESTIGING,
        "Contactpersoon namens Bakkerij De Korenaar B.V., alleen voor vestiging 000038509504",
    ),
}


def numbers_of(actor: Actor) -> tuple[str, ...]:
    """By which somebody could be known who should not be: of the party, of who acts, and the pseudonym."""
    partij = actor.partij
    assert partij is not None
    return (partij.nummer, partij.key, actor.key, "999990019", "999990020", "pseudoniem")
