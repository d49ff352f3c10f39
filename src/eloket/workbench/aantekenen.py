"""What looking at a page of the werkplek leaves in the audit trail, when it is not the page of one zaak."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from eloket.audit import service as audit
from eloket.audit.queries import last_done
from eloket.identity.types import Actor, Partij, partij_ref
from eloket.kernel.klok import begin_van, vandaag
from eloket.zaken.types import ZaakRef


class Werklijst(StrEnum):
    """The lists of the werkplek; the value is what the audit trail calls them."""

    WERKVOORRAAD = "werkvoorraad"
    BERICHTEN = "berichten"
    CONTACT = "contact-herstellen"
    VERNIETIGEN = "vernietigen"
    VERNIETIGINGSLIJST = "vernietigingslijst"
    NOODTOEGANG = "noodtoegang"
    ZONDER_LEZER = "zonder-lezer"
    ENIGE_LEZER = "enige-lezer"
    VERPLAATSEN = "document-verplaatsen"


def record_lookup(actor: Actor, partij: Partij) -> None:
    """Note, before the register is asked, that this civil servant looked somebody up: also when nobody is found."""
    _record(actor, "persoon.opgezocht", partij_ref(partij.profiel_key))


def record_lookup_shown(actor: Actor, partij: Partij) -> None:
    """Note that what a lookup gave is on the screen again, when that is on a later day (in Amsterdam) than the last
    line of it: what was kept of it outlives the session. One query, two on such a day."""
    ref = partij_ref(partij.profiel_key)
    if not last_done([ref], actor_key=actor.key, actie="persoon.opgezocht", vanaf=begin_van(vandaag())):
        record_lookup(actor, partij)


def record_list(
    actor: Actor,
    lijst: Werklijst,
    zaken: Iterable[ZaakRef | str],
    *,
    actie: str = "lijst.bekeken",
    object_ref: str = "",
) -> None:
    """Note that a list of zaken was shown, or went along in a file, and of each zaak that it stood there. `actie` and
    `object_ref` are those of the line of the list, when it has its own. At most three queries."""
    getoond = [(str(ref), None) for ref in zaken]
    _record_seen(
        actor,
        (actie, object_ref or f"lijst-{lijst}"),
        getoond,
        actie="zaak.op_lijst_gezien",
        lijst=lijst.value,
    )


def record_found(actor: Actor, lijst: Werklijst, zaken: Iterable[ZaakRef]) -> None:
    """Note that somebody searched, and of each zaak that it was found: it is of whom was searched for. What was typed
    can be a name, and is not noted. At most three queries."""
    getoond = [(str(ref), None) for ref in zaken]
    _record_seen(
        actor, ("lijst.bekeken", f"lijst-{lijst}"), getoond, actie="zaak.in_lijst_gezien", gezocht=True
    )


def record_berichten(actor: Actor, berichten: Iterable[tuple[ZaakRef, datetime]]) -> None:
    """Note that the list of messages was shown, and of each zaak that the text of its last message was, with when that
    was sent. At most three queries."""
    getoond = [(str(ref), moment) for ref, moment in berichten]
    _record_seen(
        actor,
        ("lijst.bekeken", f"lijst-{Werklijst.BERICHTEN}"),
        getoond,
        actie="bericht.in_lijst_gezien",
    )


def _record_seen(
    actor: Actor,
    van_lijst: tuple[str, str],
    getoond: Sequence[tuple[str, datetime | None]],
    *,
    actie: str,
    gezocht: bool = False,
    **kenmerken: str,
) -> None:
    """The line of the list, each time, and one of each zaak: once for each civil servant, zaak and day (in Amsterdam),
    and again for what came after that line. Who loads a list a hundred times did not read more.

    All lines or none: without them there is no page (django.db.Error).
    """
    te_noteren = _not_noted_today(actor, getoond, actie)
    with transaction.atomic(savepoint=False):
        _record(actor, *van_lijst, aantal=len(getoond), gezocht=gezocht)
        if te_noteren:
            audit.record_each(
                te_noteren, actor_soort=actor.soort, actor_key=actor.key, actie=actie, **kenmerken
            )


def _not_noted_today(actor: Actor, getoond: Iterable[tuple[str, datetime | None]], actie: str) -> list[str]:
    """One query; none for an empty list."""
    nieuwst: dict[str, datetime | None] = {}
    for ref, moment in getoond:
        eerder = nieuwst.get(ref)
        nieuwst[ref] = max(moment, eerder) if moment and eerder else moment or eerder
    if not nieuwst:
        return []
    gezien = last_done(nieuwst.keys(), actor_key=actor.key, actie=actie, vanaf=begin_van(vandaag()))
    return [ref for ref, moment in nieuwst.items() if ref not in gezien or (moment and moment > gezien[ref])]


def record_phones(actor: Actor, ref: ZaakRef, profiel_keys: Iterable[str]) -> None:
    """Note of each of these parties of a zaak that their phone number was read, which they gave us and not to this
    zaak. Once for each civil servant, party and day (in Amsterdam): it stands on every part of the page. At most two
    queries, none without parties. All lines or none, as above.
    """
    wie = {partij_ref(key) for key in profiel_keys}
    if not wie:
        return
    gezien = last_done(wie, actor_key=actor.key, actie="contact.telefoon_gezien", vanaf=begin_van(vandaag()))
    if te_noteren := sorted(wie - gezien.keys()):
        with transaction.atomic(savepoint=False):
            audit.record_each(
                te_noteren,
                actor_soort=actor.soort,
                actor_key=actor.key,
                actie="contact.telefoon_gezien",
                zaak=str(ref),
            )


def _record(actor: Actor, actie: str, object_ref: str, **kenmerken: str | int | bool) -> None:
    audit.record(
        actor_soort=actor.soort, actor_key=actor.key, actie=actie, object_ref=object_ref, **kenmerken
    )
