"""What looking at a page of the werkplek leaves in the audit trail, when it is not the page of one zaak."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from eloket.audit import service as audit
from eloket.audit.queries import last_done
from eloket.identity.types import Actor, Partij, partij_ref
from eloket.kernel.klok import begin_van, vandaag
from eloket.zaken.types import ZaakRef


def record_lookup(actor: Actor, partij: Partij) -> None:
    """Note, before the register is asked, that this civil servant looked somebody up: also when nobody is found."""
    _record(actor, "persoon.opgezocht", partij_ref(partij.profiel_key))


def record_lookup_shown(actor: Actor, partij: Partij) -> None:
    """Note that what a lookup gave is on the screen again, when that is on a later day (in Amsterdam) than the last
    line of it: what was kept of it outlives the session. One query, two on such a day."""
    ref = partij_ref(partij.profiel_key)
    if not last_done([ref], actor_key=actor.key, actie="persoon.opgezocht", vanaf=begin_van(vandaag())):
        record_lookup(actor, partij)


def record_list(actor: Actor, naam: str, *, aantal: int, zoek: bool = False) -> None:
    """Note that a list with names or subjects of residents was on the screen, and whether it was searched for.

    Not which ones, and what was typed can be a name. Who opens a zaak leaves its own line, and what a list tells of the
    zaken in it too (`record_in_list`).
    """
    _record(actor, "lijst.bekeken", f"lijst-{naam}", aantal=aantal, gezocht=zoek)


def record_in_list(actor: Actor, actie: str, zaken: Iterable[tuple[ZaakRef, datetime | None]]) -> None:
    """Note of each zaak in a list that something of it was read there: the text of a message, or that it is of whom was
    searched for. With each zaak the moment of what is shown, when it can be new.

    Once for each civil servant, zaak and day (in Amsterdam), and again for what came after that line: who loads a list
    a hundred times did not read more, and each time stands in the line of the list. At most two queries.
    """
    nieuwst: dict[str, datetime | None] = {}
    for ref, moment in zaken:
        eerder = nieuwst.get(str(ref))
        nieuwst[str(ref)] = max(moment, eerder) if moment and eerder else moment or eerder
    if not nieuwst:
        return
    gezien = last_done(nieuwst.keys(), actor_key=actor.key, actie=actie, vanaf=begin_van(vandaag()))
    te_noteren = [
        ref for ref, moment in nieuwst.items() if ref not in gezien or (moment and moment > gezien[ref])
    ]
    if te_noteren:
        with transaction.atomic(savepoint=False):
            audit.record_each(te_noteren, actor_soort=actor.soort, actor_key=actor.key, actie=actie)


def record_phones(actor: Actor, ref: ZaakRef, profiel_keys: Iterable[str]) -> None:
    """Note of each of these parties of a zaak that their phone number was read, which they gave us and not to this
    zaak. Once for each civil servant, party and day (in Amsterdam): it stands on every part of the page. At most two
    queries, none without parties.
    """
    wie = {partij_ref(key) for key in profiel_keys}
    if not wie:
        return
    gezien = last_done(wie, actor_key=actor.key, actie="contact.telefoon_gezien", vanaf=begin_van(vandaag()))
    for een in sorted(wie - gezien.keys()):
        _record(actor, "contact.telefoon_gezien", een, zaak=str(ref))


def _record(actor: Actor, actie: str, object_ref: str, **kenmerken: str | int | bool) -> None:
    audit.record(
        actor_soort=actor.soort, actor_key=actor.key, actie=actie, object_ref=object_ref, **kenmerken
    )
