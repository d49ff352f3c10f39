"""What a form leaves in the audit trail: beginning, keeping and throwing away are writes of personal data, and so is
what the worker does with it when its time is over.

Sending is noted by the zaak that comes of it. Nobody reads a form but who fills it in; that they
looked at it is noted by the page (portal.aantekenen).
"""

from datetime import datetime

from eloket.audit import service as audit
from eloket.identity.types import Actor, partij_ref
from eloket.kernel.klok import datum_van
from eloket.loket.models import Concept
from eloket.loket.types import Formulier
from eloket.loket.vullen import mark_of


def note(actor: Actor, actie: str, rij: Concept) -> None:
    """That this actor did this with the form, in the trail of the zaak that it answers a request of or became; else of
    the party that it is for, and of who did not log in, of the form. In the caller's transaction."""
    partij_key = actor.partij.profiel_key if actor.partij else ""
    _record(actor.hoedanigheid, actor.key, actie, rij, partij_key, **actor.sporen)


def note_by_system(actie: str, rij: Concept) -> None:
    """That nobody did this with the form, but a rule; about the same as `note`, and in the trail of a zaak with whose
    form it is: a zaak may have several parties. In the caller's transaction."""
    is_in_zaak = bool(rij.aanvulling_ref or rij.zaak_ref)
    sporen = {"betrokkene": rij.profiel_key} if is_in_zaak and rij.profiel_key else {}
    _record(audit.SYSTEEM, "", actie, rij, rij.profiel_key, **sporen)


def _record(
    actor_soort: str, actor_key: str, actie: str, rij: Concept, partij_key: str, **sporen: str
) -> None:
    zaak_ref = rij.aanvulling_ref or rij.zaak_ref
    audit.record(
        actor_soort=actor_soort,
        actor_key=actor_key,
        actie=actie,
        object_ref=zaak_ref or (partij_ref(partij_key) if partij_key else f"formulier-{rij.formulier}"),
        formulier=rij.formulier,
        concept=str(rij.pk),
        **({"taak": rij.aanvulling_taak} if rij.aanvulling_taak else {}),
        **sporen,
    )


def note_register(actor: Actor, rij: Concept, formulier: Formulier) -> None:
    """That the registers said something in this form that they did not say before: also on a later page, when they were
    away at the beginning or say something else by now. The same again is no line: every page asks them. In the caller's
    transaction, which holds the row."""
    merk = mark_of(formulier.definitie, formulier.omgeving.vast) if formulier.is_nagevraagd else ""
    if not merk or merk == rij.register_merk:
        return
    note(actor, "register.gelezen", rij)
    rij.register_merk = merk
    rij.save(update_fields=["register_merk"])


def is_first_today(rij: Concept, moment: datetime) -> bool:
    """Whether nothing was kept in this form since it was begun, or on this day (in Amsterdam).

    A form is kept with every step, and its owner is the only one who can: one line per form and day says that they
    wrote in it, and hides nothing that others did.
    """
    return rij.revisie == 1 or datum_van(rij.gewijzigd_op) != datum_van(moment)
