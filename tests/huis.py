"""A house for tests of one room: actors, and fakes behind the ports of zaken and documenten."""

from collections.abc import Iterator
from contextlib import contextmanager

from eloket.documenten import service as documenten
from eloket.documenten import voorbeelden
from eloket.documenten.testing import FakeDocumentBron
from eloket.documenten.types import Aangeboden
from eloket.documenten.upload import bied_aan
from eloket.identity.types import Actor, Partij, Recht, Soort
from eloket.zaken import bronnen
from eloket.zaken.testing import FakeZaakBron

PDF = voorbeelden.pdf()


def inwoner(bsn: str = "999990019", naam: str = "J. van Drouwen") -> Actor:
    partij = Partij.inwoner(bsn)
    return Actor(Soort.INWONER, partij.key, naam, "digid", "midden", partij=partij)


def onderneming(kvk: str = "12345678", vestiging: str = "") -> Actor:
    partij = Partij.onderneming(kvk, vestiging)
    return Actor(
        Soort.ONDERNEMING, f"pseudoniem-{kvk}-{vestiging}", "Bakkerij", "eherkenning", "loa3", partij=partij
    )


def medewerker(*afdelingen: str, id: int = 1) -> Actor:
    return Actor(
        Soort.MEDEWERKER,
        f"medewerker-{id}",
        "A. Behandelaar",
        "medewerker",
        "",
        medewerker_id=id,
        afdelingen=frozenset(afdelingen or ("parkeren-en-mobiliteit",)),
        rechten=frozenset({Recht.BEHANDELEN}),
    )


def partij_van(actor: Actor) -> Partij:
    assert actor.partij is not None
    return actor.partij


def bestand(naam: str = "paspoort.pdf", inhoud: bytes = PDF) -> Aangeboden:
    """A file as the upload handler hands it over: in a temporary place that is taken away."""
    return bied_aan(naam, [inhoud])


@contextmanager
def met_nepbronnen(*extra: FakeZaakBron) -> Iterator[FakeZaakBron]:
    """Fakes behind the ports, for as long as the block lasts; the real ones are back afterwards."""
    bron, vorige_bronnen, vorige_documenten = FakeZaakBron(), bronnen.alle(), documenten.configured_bron()
    bronnen.configure(bron, *extra)
    documenten.configure(FakeDocumentBron())
    try:
        yield bron
    finally:
        bronnen.configure(*vorige_bronnen)
        documenten.configure(vorige_documenten)
