"""When messages were sent and read, without what they say: for the proof that may stand in a letter or a list."""

from dataclasses import dataclass, field
from datetime import datetime

from eloket.berichten.access import van
from eloket.berichten.models import Bericht
from eloket.identity.types import Partij
from eloket.zaken.types import ZaakRef


@dataclass(frozen=True, slots=True)
class Verzonden:
    """One message. `keys` are the profile keys of the resident's side; `gelezen_op` is of the other side, and empty
    again when that side marked it as unread."""

    id: str
    onderwerp: str = field(repr=False)
    is_van_gemeente: bool
    verzonden_op: datetime
    gelezen_op: datetime | None
    keys: frozenset[str]


def list_verzonden(ref: ZaakRef, *, partij: Partij | None) -> tuple[Verzonden, ...]:
    """The messages of a zaak, oldest first; only the party's own side, or (None, for staff) all. One query.

    The caller has passed zaken.access.
    """
    rijen = Bericht.objects.filter(zaak_ref=str(ref), **(van(partij) if partij else {}))
    velden = ("id", "gesprek__onderwerp", "is_van_gemeente", "verzonden_op", "gelezen_op")
    return tuple(
        Verzonden(str(pk), onderwerp, is_van, verzonden_op, gelezen_op, frozenset({key, vestiging} - {""}))
        for pk, onderwerp, is_van, verzonden_op, gelezen_op, key, vestiging in rijen.order_by(
            "verzonden_op", "id"
        ).values_list(*velden, "betrokkene_key", "vestiging_key")
    )
