"""Who looks for a person in the audit trail leaves a line about that person, who reads it on their own page; who looks
for a zaak one about the zaak.

Also who comes to the lines of that person by a line of the trail, and not by typing a number: clicking would otherwise
be looking without a trace.
"""

from django.conf import settings

from eloket.audit import service as audit
from eloket.audit.zoeken import has_line
from eloket.identity.limieten.tabel import PERSOON_ZOEKEN
from eloket.identity.limieten.teller import count
from eloket.identity.types import Actor, Soort
from eloket.inzage.errors import ZoekvraagOngeldig
from eloket.inzage.gericht import Gericht
from eloket.kernel.klok import begin_van, nu, vandaag

GEZOCHT = "audit.persoon_gezocht"  # as `note_sought` writes it


def note_zaak_sought(actor: Actor, zaak_ref: str) -> None:
    """That this officer looks for what was done with this zaak, or read it to find whose it is: once a day for each
    officer and zaak, whatever page they turn to. At most two queries."""
    actie = "audit.zaak_gezocht"
    if has_line(actor_key=actor.key, actie=actie, object_ref=zaak_ref, vanaf=begin_van(vandaag())):
        return
    audit.record(actor_soort=actor.soort, actor_key=actor.key, actie=actie, object_ref=zaak_ref)


def note_sought(actor: Actor, object_ref: str, soort: Soort | None, zaak_ref: str = "") -> None:
    """That this officer looks for this person; the kind of person when that is known, and the zaak that they were found
    by, if any."""
    kenmerken = {"soort": soort.value} if soort else {}
    if zaak_ref:
        kenmerken["zaak"] = zaak_ref
    audit.record(
        actor_soort=actor.soort,
        actor_key=actor.key,
        actie="audit.persoon_gezocht",
        object_ref=object_ref,
        **kenmerken,
    )


def note_aimed(actor: Actor, gericht: Gericht | None) -> None:
    """The same, of at whom a search is aimed: once a day for each officer and person, whatever page or filter they
    began with, and not again when they typed the number of this person today. Of the zaak that was read to know whose
    it is too. At most five queries.

    Raises ZoekvraagOngeldig (field `regel`) when they looked for too many people this hour, typed or clicked.
    """
    if gericht is None:
        return
    if gericht.zaak_ref:
        note_zaak_sought(actor, gericht.zaak_ref)
    if not gericht.persoon_ref:
        return
    if has_line(
        actor_key=actor.key, actie=GEZOCHT, object_ref=gericht.persoon_ref, vanaf=begin_van(vandaag())
    ):
        return
    maat = PERSOON_ZOEKEN.per_persoon
    if (
        settings.ELOKET.limieten
        and maat is not None
        and count(PERSOON_ZOEKEN, "persoon", actor.key, maat, nu())
    ):
        raise ZoekvraagOngeldig({"regel": f"{PERSOON_ZOEKEN.tekst} Probeer het over een uur opnieuw."})
    note_sought(actor, gericht.persoon_ref, gericht.soort, gericht.zaak_ref)
