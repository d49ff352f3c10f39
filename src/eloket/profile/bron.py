"""The configured register of persons and businesses. Filled once by config/wiring.py."""

from eloket.profile.ports import PersonenBron

_bronnen: list[PersonenBron] = []


def configure(bron: PersonenBron) -> None:
    """Say who answers for the registers."""
    _bronnen[:] = [bron]


def personen_bron() -> PersonenBron:
    if not _bronnen:
        raise RuntimeError("profile.service.configure was not called")
    return _bronnen[0]
