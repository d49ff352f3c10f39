"""A chain to look at in tests: rows, sealed in small batches."""

from unittest.mock import patch

from eloket.audit import verzegelen
from eloket.audit.bevindingen import Uitslag
from eloket.audit.controle import controleer
from eloket.audit.kop import Kop
from eloket.audit.models import AuditRegel
from eloket.audit.service import record
from eloket.kernel.klok import nu


def add(aantal: int, actie: str = "zaak.bekeken") -> None:
    for nummer in range(aantal):
        record(
            actor_soort="inwoner", actor_key="a" * 64, actie=actie, object_ref=f"register-{nummer}", nummer=nummer
        )  # fmt: skip


def seal(per_zegel: int = 3) -> int:
    """Seal all that waits, in batches of this size."""
    totaal = 0
    with patch.object(verzegelen, "PER_ZEGEL", per_zegel):
        while aantal := verzegelen.seal_batch(AuditRegel, nu()):
            totaal += aantal
    return totaal


def check(*koppen: Kop) -> Uitslag:
    return controleer(AuditRegel, koppen)


def found(*koppen: Kop) -> list[tuple[str, int, int | None]]:
    """What is wrong and where: kind, seal, row."""
    return [(een.soort.name, een.zegel, een.regel) for een in check(*koppen).bevindingen]
