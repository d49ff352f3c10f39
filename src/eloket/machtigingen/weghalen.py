"""A zaak that is destroyed takes along the authorisations that were for it alone."""

from eloket.machtigingen.models import MachtigingRegel


def remove_of_zaak(zaak_ref: str) -> int:
    """However far each of them came, in the caller's transaction; returns how many. Raises ValueError for an empty
    reference: that is all zaken of the giver."""
    if not zaak_ref:
        raise ValueError("een machtiging voor alle zaken gaat niet weg met een zaak")
    return MachtigingRegel.objects.filter(zaak_ref=zaak_ref).delete()[0]
