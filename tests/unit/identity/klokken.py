"""Time for tests: `ga_verder` moves the one clock that all our code reads."""

from datetime import datetime, timedelta

import pytest

from eloket.kernel import klok


class Klok:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.nu = klok.nu()
        monkeypatch.setattr(klok, "nu", self.lees)

    def lees(self) -> datetime:
        return self.nu

    def ga_verder(self, **duur: float) -> None:
        self.nu += timedelta(**duur)
