"""The proof: facts about notifications and mails, appended as they happen and never changed (Awb 2:10, Wmebv).

Every other account of them, a timeline, an afschrift or a report, is read from these rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from eloket.kernel.klok import nu
from eloket.notifications.models import BewijsRegel
from eloket.notifications.types import BewijsSoort


@dataclass(frozen=True, slots=True)
class Feit:
    """One row to append. `kenmerken` hold codes and counts, never what names somebody."""

    soort: BewijsSoort
    betrokkene_key: str
    zaak_ref: str = ""
    notificatie_id: int | None = None
    zending_id: UUID | None = None
    onderwerp_id: str = ""
    kenmerken: dict[str, str | int | bool] = field(default_factory=dict)


def note_all(feiten: Iterable[Feit], moment: datetime | None = None) -> None:
    """Append these, in the caller's transaction, at one moment."""
    wanneer = moment or nu()
    BewijsRegel.objects.bulk_create(
        BewijsRegel(
            moment=wanneer,
            soort=feit.soort,
            betrokkene_key=feit.betrokkene_key,
            zaak_ref=feit.zaak_ref,
            notificatie_id=feit.notificatie_id,
            zending_id=feit.zending_id,
            onderwerp_id=feit.onderwerp_id,
            kenmerken=feit.kenmerken,
        )
        for feit in feiten
    )


def note(soort: BewijsSoort, *, betrokkene_key: str, moment: datetime | None = None, **velden: Any) -> None:
    """Append one fact; `velden` are those of Feit."""
    note_all([Feit(soort, betrokkene_key, **velden)], moment)
