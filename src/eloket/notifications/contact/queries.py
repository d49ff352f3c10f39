"""Reads: who of a zaak cannot be reached, and the list of those for an afdeling."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from eloket.identity.types import Actor, Partij
from eloket.notifications.brieven.queries import list_laatste_brieven
from eloket.notifications.brieven.types import GEEN_BRIEF
from eloket.notifications.contact.models import Contactherstel
from eloket.notifications.contact.types import (
    Contactpoging,
    Hersteld,
    Herstellijst,
    HerstelRegel,
    Onbereikbaar,
)
from eloket.profile.queries import list_partijcontact
from eloket.profile.types import Partijcontact
from eloket.zaken.queries import find_behandelaars, samenvat
from eloket.zaken.types import Betrokkene, Zaak, ZaakRef

MEESTE = 200
_STAP, _MEESTE_STAPPEN = 500, 8
_ONBEKEND = Partijcontact()
_Open = tuple[ZaakRef, Contactherstel, int | None]  # with who handles the zaak


def list_onbereikbaar(zaak: Zaak) -> tuple[Onbereikbaar, ...]:
    """The parties of this zaak whom we cannot reach, in the order of the zaak. The caller has passed `access`.

    Two queries when everybody can be reached.
    """
    wie = list(_keys(zaak))
    if not wie:
        return ()
    contact = list_partijcontact(key for _, key in wie)
    regels: dict[str, Contactherstel] = {}
    for rij in Contactherstel.objects.filter(zaak_ref=str(zaak.ref)).order_by("id"):
        regels[rij.profiel_key] = rij  # the last one counts
    gezocht = {
        key
        for _, key in wie
        if contact.get(key, _ONBEKEND).kapot_sinds or (key in regels and regels[key].hersteld_op is None)
    }
    if not gezocht:
        return ()
    brieven = list_laatste_brieven(gezocht)
    return tuple(
        _onbereikbaar(
            Onbereikbaar(nummer, key, rol.naam, brief=brieven.get(key, GEEN_BRIEF)),
            contact.get(key, _ONBEKEND),
            regels.get(key),
        )
        for nummer, (rol, key) in enumerate(wie)
        if key in gezocht
    )


def list_herstel(actor: Actor, *, limit: int = MEESTE) -> Herstellijst:
    """What is open for the zaken that this civil servant may see, the longest first. Raises BronOnbereikbaar.

    Two queries, and two for each 500 that are open anywhere; after 4,000 it stops, and says so.
    """
    rijen, is_doorzocht = _visible(actor, limit, _MEESTE_STAPPEN)
    refs = tuple({ref for ref, _, _ in rijen})
    zaken = samenvat(refs)
    keys = {rij.profiel_key for _, rij, _ in rijen}
    brieven = list_laatste_brieven(keys)
    regels = tuple(
        HerstelRegel(
            ref=ref,
            omschrijving=zaken[ref][0],
            identificatie=zaken[ref][1],
            behandelaar_id=behandelaar_id,
            ontstaan_op=rij.ontstaan_op,
            brief=brieven.get(rij.profiel_key, GEEN_BRIEF),
        )
        for ref, rij, behandelaar_id in rijen
        if ref in zaken
    )
    return Herstellijst(regels, is_vol=len(rijen) >= limit and not is_doorzocht, is_doorzocht=is_doorzocht)


def list_van_partij(partij: Partij) -> tuple[Contactpoging, ...]:
    """When this party could not be reached, and since when it could again; the first in front. One query."""
    rijen = Contactherstel.objects.filter(profiel_key=partij.profiel_key).order_by("ontstaan_op", "id")
    return tuple(Contactpoging(een.ontstaan_op, een.hersteld_op) for een in rijen)


def count_herstel(actor: Actor, *, limit: int = MEESTE) -> int | None:
    """How many `list_herstel` gives; None when one step does not tell. Two queries. Raises BronOnbereikbaar."""
    rijen, is_doorzocht = _visible(actor, limit, stappen=1)
    return len(rijen) if is_doorzocht or len(rijen) >= limit else None


def _visible(actor: Actor, limit: int, stappen: int) -> tuple[list[_Open], bool]:
    """What this civil servant may see of what is open, and whether that is all of it. Those of other afdelingen stand
    in between, so it is looked for in steps, until there are enough or there is no more."""
    gevonden: list[_Open] = []
    is_doorzocht = False
    na: tuple[datetime, int] | None = None
    for _ in range(stappen):
        open_ = Contactherstel.objects.filter(hersteld_op=None)
        if na:
            open_ = open_.filter(Q(ontstaan_op__gt=na[0]) | Q(ontstaan_op=na[0], id__gt=na[1]))
        rijen = list(open_.order_by("ontstaan_op", "id")[:_STAP])
        refs = {rij.zaak_ref: ZaakRef.parse(rij.zaak_ref) for rij in rijen}
        van_wie = find_behandelaars(actor, tuple(refs.values())) if refs else {}
        gevonden += [
            (refs[rij.zaak_ref], rij, van_wie[refs[rij.zaak_ref]])
            for rij in rijen
            if refs[rij.zaak_ref] in van_wie
        ]
        is_doorzocht = len(rijen) < _STAP
        if is_doorzocht or len(gevonden) >= limit:
            break
        na = (rijen[-1].ontstaan_op, rijen[-1].pk)
    return gevonden[:limit], is_doorzocht and len(gevonden) <= limit


def _keys(zaak: Zaak) -> Iterator[tuple[Betrokkene, str]]:
    """Every profile of every party, once: a zaak of a branch is also that of the business."""
    gezien: set[str] = set()
    for rol in zaak.betrokkenen:
        for key in (rol.vestiging_key, rol.key):
            if key and key not in gezien:
                gezien.add(key)
                yield rol, key


def _onbereikbaar(wie: Onbereikbaar, contact: Partijcontact, regel: Contactherstel | None) -> Onbereikbaar:
    """With since when, and what was done about it since."""
    kapot_op = contact.kapot_sinds
    sinds = kapot_op or (regel.ontstaan_op if regel else None)
    gedaan = regel if regel and sinds and regel.hersteld_op and regel.hersteld_op >= sinds else None
    return replace(
        wie,
        telefoon=contact.telefoon,
        sinds=sinds,
        is_adres=kapot_op is not None,
        hersteld_op=gedaan.hersteld_op if gedaan else None,
        hoe=Hersteld(gedaan.hoe) if gedaan else None,
    )
