"""What the rooms above are told about outages."""

from dataclasses import dataclass

from eloket.beschikbaarheid.types import OnderbrekingInzage
from eloket.kernel.events import Event


@dataclass(frozen=True, slots=True)
class OnderbrekingVoorbij(Event):
    """Something that people need to send us anything has been out of order, long enough to matter, and is over.

    Published again when it turns out to have begun earlier or ended later: what listens only ever extends further.
    """

    onderbreking: OnderbrekingInzage
