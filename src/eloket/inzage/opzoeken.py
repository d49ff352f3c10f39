"""An officer looks somebody up in the audit trail, by a number that stays out of every address.

No register is asked: of who it is, the officer learns nothing that they did not type. The line that is left is about
the person, who reads it on their own page; its number is what the next page is called by.
"""

from django.db import transaction

from eloket.audit.zoeken import latest_id
from eloket.identity.types import Actor, Partij, Soort, partij_ref
from eloket.inzage.errors import ZoekvraagOngeldig
from eloket.inzage.spoor import GEZOCHT, note_sought, note_zaak_sought
from eloket.inzage.toezicht import must_inspect
from eloket.zaken.access import find_ref, get_aanvrager
from eloket.zaken.errors import ZaakNietGevonden

_GEEN_ZAAK = "Er is geen zaak met dit zaaknummer. Controleer het nummer."
_VAN_NIEMAND = "Deze zaak is gestart zonder in te loggen. Wij weten niet van wie de zaak is."


def look_up(actor: Actor, partij: Partij) -> int:
    """Note that the officer looks for this party, also when nothing is known of it; returns the line that names it.

    Raises NietGevonden for who lacks the right.
    """
    must_inspect(actor)
    return _note(actor, partij.profiel_key, partij.soort)


def look_up_applicant(actor: Actor, zaaknummer: str) -> int:
    """As `look_up`, of who started the zaak, which is read for it: that is noted about the zaak, also when nobody is
    known to have started it. Raises ZoekvraagOngeldig (field `zaaknummer`), BronOnbereikbaar."""
    must_inspect(actor)
    try:
        ref = find_ref(zaaknummer)
        aanvrager = get_aanvrager(ref)
    except ZaakNietGevonden:
        raise ZoekvraagOngeldig({"zaaknummer": _GEEN_ZAAK}) from None
    note_zaak_sought(actor, str(ref))
    if aanvrager is None:
        raise ZoekvraagOngeldig({"zaaknummer": _VAN_NIEMAND})
    soort = Soort.ONDERNEMING if aanvrager.is_onderneming else Soort.INWONER
    return _note(actor, aanvrager.vestiging_key or aanvrager.key, soort, str(ref))


def _note(actor: Actor, profiel_key: str, soort: Soort, zaak_ref: str = "") -> int:
    ref = partij_ref(profiel_key)
    with transaction.atomic():
        note_sought(actor, ref, soort, zaak_ref)
        return latest_id(actor_key=actor.key, actie=GEZOCHT, object_ref=ref)
