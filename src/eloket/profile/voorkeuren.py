"""Writes: what somebody wants to be mailed about, when, and in which language."""

import uuid
from collections.abc import Mapping
from datetime import time

from django.db import transaction

from eloket.audit import service as audit
from eloket.identity.types import Actor
from eloket.kernel import events
from eloket.profile.bevoegd import must_change_contact
from eloket.profile.errors import VoorkeurenGewijzigd, VoorkeurenOngeldig
from eloket.profile.events import ContactGewijzigd
from eloket.profile.models import Profiel
from eloket.profile.rij import lock_or_make
from eloket.profile.tijden import parse_tijd
from eloket.profile.types import Rubriek, Taal, VoorkeurenWens, Wanneer
from eloket.profile.velden import VeldFout

KIES_WANNEER = "Kies wanneer u deze e-mails wilt krijgen"
KIES_TAAL = "Kies een taal"
VAN_ONTBREEKT = "Vul ook in vanaf hoe laat u geen e-mail wilt"
TOT_ONTBREEKT = "Vul ook in tot hoe laat u geen e-mail wilt"
TIJDEN_GELIJK = "Vul een andere tijd in dan bij 'Vanaf', of maak beide vakken leeg"
_Gelezen = tuple[dict[str, str], time | None, time | None, str]


def save_voorkeuren(actor: Actor, wens: VoorkeurenWens, *, versie: int) -> str:
    """Keep these choices; returns the id of the change (ContactGewijzigd), "" when they are what was kept already
    (also the second click of a double click).

    `versie` is of what the form was made from. Raises VoorkeurenOngeldig with a text per field, VoorkeurenGewijzigd
    when somebody else changed them since, ContactVanAnder for a gemachtigde, NietToegestaan for who has no party.
    """
    must_change_contact(actor)
    gelezen = _parse(wens)
    with transaction.atomic():
        rij = lock_or_make(actor)
        if gelezen == (rij.meldingen, rij.stil_van, rij.stil_tot, rij.taal):
            if rij.afgemeld:  # what a link did is their own choice from now on
                rij.afgemeld = {}
                rij.save(update_fields=["afgemeld"])
                _note(actor, rij)
            return ""
        if versie != rij.voorkeuren_versie:
            raise VoorkeurenGewijzigd
        rij.meldingen, rij.stil_van, rij.stil_tot, rij.taal = gelezen
        rij.afgemeld = {}  # this is a choice of their own: no link takes it back
        keep(rij)
        _note(actor, rij)
        wijziging_id = str(uuid.uuid4())
        events.publish(ContactGewijzigd(actor=actor, wijziging_id=wijziging_id, velden=("voorkeuren",)))
    return wijziging_id


def _note(actor: Actor, rij: Profiel) -> None:
    audit.record(
        actor_soort=actor.hoedanigheid,
        actor_key=actor.key,
        actie="profiel.voorkeuren_gewijzigd",
        object_ref=f"profiel-{rij.pk}",
        stil=rij.stil_van is not None,
        taal=rij.taal,
        **rij.meldingen,
        **actor.sporen,
    )


def keep(rij: Profiel) -> None:
    """Store a row of which the choices changed: a form made from what they were before is noticed."""
    rij.voorkeuren_versie += 1
    rij.versie += 1
    rij.save()


def _parse(wens: VoorkeurenWens) -> _Gelezen:
    """What to keep: only the rubrieken that differ from at once. Raises VoorkeurenOngeldig."""
    fouten: dict[str, str] = {}
    meldingen = {}
    for rubriek in Rubriek:
        keuze = wens.wanneer.get(rubriek, "")
        if keuze not in set(Wanneer):
            fouten[rubriek] = KIES_WANNEER
        elif keuze != Wanneer.DIRECT:
            meldingen[str(rubriek)] = keuze
    van, tot = _parse_stilte(wens, fouten)
    if wens.taal not in set(Taal):
        fouten["taal"] = KIES_TAAL
    if fouten:
        raise VoorkeurenOngeldig(fouten)
    return meldingen, van, tot, wens.taal


def _parse_stilte(wens: VoorkeurenWens, fouten: dict[str, str]) -> tuple[time | None, time | None]:
    tijden: dict[str, time | None] = {}
    getypt: Mapping[str, str] = {"stil_van": wens.stil_van.strip(), "stil_tot": wens.stil_tot.strip()}
    for veld, invoer in getypt.items():
        try:
            tijden[veld] = parse_tijd(invoer) if invoer else None
        except VeldFout as fout:
            fouten[veld] = str(fout)
    if getypt["stil_van"] and not getypt["stil_tot"]:
        fouten["stil_tot"] = TOT_ONTBREEKT
    elif getypt["stil_tot"] and not getypt["stil_van"]:
        fouten["stil_van"] = VAN_ONTBREEKT
    van, tot = tijden.get("stil_van"), tijden.get("stil_tot")
    if van is not None and van == tot:
        fouten["stil_tot"] = TIJDEN_GELIJK
    return van, tot
