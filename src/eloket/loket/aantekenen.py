"""What filling in a form leaves in the audit trail: beginning, keeping and throwing away are writes of personal data.

Sending is noted by the zaak that comes of it. Nobody reads a form but who fills it in; that who acts for another looked
at it is noted by the page (portal.aantekenen).
"""

from datetime import datetime

from eloket.audit import service as audit
from eloket.identity.types import Actor, partij_ref
from eloket.kernel.klok import datum_van
from eloket.loket.models import Concept


def note(actor: Actor, actie: str, rij: Concept) -> None:
    """That this actor did this with the form, in the trail of the party that it is for; of who did not log in, in that
    of the form. In the caller's transaction."""
    partij = actor.partij
    audit.record(
        actor_soort=actor.hoedanigheid,
        actor_key=actor.key,
        actie=actie,
        object_ref=partij_ref(partij.profiel_key) if partij else f"formulier-{rij.formulier}",
        formulier=rij.formulier,
        concept=str(rij.pk),
        **({"zaak": rij.aanvulling_ref} if rij.aanvulling_ref else {}),
        **actor.sporen,
    )


def is_first_today(rij: Concept, moment: datetime) -> bool:
    """Whether nothing was kept in this form since it was begun, or on this day (in Amsterdam).

    A form is kept with every step, and its owner is the only one who can: one line per form and day says that they
    wrote in it, and hides nothing that others did.
    """
    return rij.revisie == 1 or datum_van(rij.gewijzigd_op) != datum_van(moment)
