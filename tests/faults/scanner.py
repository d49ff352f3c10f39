"""A scanner for tests that is away until it is told what to say."""

from collections.abc import Iterable

from eloket.documenten import service
from eloket.documenten.scanner import ScannerOnbereikbaar
from eloket.documenten.types import Controle


class Scanner:
    """Away until it has an `uitslag`."""

    uitslag: Controle | None = None

    def scan(self, brokken: Iterable[bytes], *, hooguit: float | None = None) -> Controle:
        if self.uitslag is None:
            raise ScannerOnbereikbaar
        for _ in brokken:
            pass
        return self.uitslag


def find_something() -> None:
    """From now on the scanner is there, and finds malware in everything."""
    scanner = Scanner()
    scanner.uitslag = Controle.BESMET
    service.configure_scanner(scanner)
