"""Asking for an export, seeing how far it is, and having it removed."""

import json

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q, Sum

from eloket.audit import service as audit
from eloket.export.access import find_export, must_be_own
from eloket.export.errors import ExportNietGevonden
from eloket.export.models import Export
from eloket.export.types import BEWAARTIJD, ExportInzage
from eloket.identity.actor import actor_to_dict
from eloket.identity.types import Actor, partij_ref
from eloket.kernel.klok import nu
from eloket.loket.access import eigenaar_key


def get_export(actor: Actor) -> ExportInzage | None:
    """How far it is; None when nothing was asked, or it is gone. Two queries. Raises ExportVanAnder."""
    rij = find_export(actor)
    return None if rij is None or rij.verloopt_op <= nu() else _inzage(rij)


def request_export(actor: Actor) -> ExportInzage:
    """Ask for all that we hold. What is being made goes on; what is ready is replaced by a new one. A double click, two
    windows or two devices give one.

    Raises ExportVanAnder.
    """
    partij = must_be_own(actor)
    moment = nu()
    try:
        with transaction.atomic():
            vorige = Export.objects.select_for_update().filter(eigenaar_key=eigenaar_key(actor)).first()
            if vorige is not None and vorige.klaar_op is None and vorige.verloopt_op > moment:
                return _inzage(vorige)
            if vorige is not None:
                vorige.delete()
            rij = Export.objects.create(
                eigenaar_key=eigenaar_key(actor),
                profiel_key=partij.profiel_key,
                wie=json.dumps(actor_to_dict(actor)),
                gevraagd_op=moment,
                volgende_op=moment,
                verloopt_op=moment + BEWAARTIJD,
            )
            _note(actor, "export.gevraagd")
    except IntegrityError:  # the other click was first
        rij = Export.objects.get(eigenaar_key=eigenaar_key(actor))
    return _inzage(rij)


def remove_export(actor: Actor) -> None:
    """Gone at once, also when it is being made. Raises ExportNietGevonden, ExportVanAnder."""
    with transaction.atomic():
        rij = find_export(actor)
        if rij is None:
            raise ExportNietGevonden
        rij.delete()
        _note(actor, "export.verwijderd")


def _note(actor: Actor, actie: str) -> None:
    audit.record(
        actor_soort=actor.hoedanigheid,
        actor_key=actor.key,
        actie=actie,
        object_ref=partij_ref(must_be_own(actor).profiel_key),
        **actor.sporen,
    )


def _inzage(rij: Export) -> ExportInzage:
    tel = rij.delen.aggregate(
        zaken=Count("pk", filter=~Q(zaak_ref="")),
        gedaan=Count("pk", filter=~Q(zaak_ref="") & Q(gemaakt_op__isnull=False)),
        omvang=Sum(F("omvang_gegevens") + F("omvang_pagina") + F("omvang_documenten")),
    )
    return ExportInzage(
        gevraagd_op=rij.gevraagd_op,
        klaar_op=rij.klaar_op,
        verloopt_op=rij.verloopt_op,
        zaken=tel["zaken"] if rij.zaken_op else None,
        gedaan=tel["gedaan"],
        omvang=tel["omvang"] or 0,
        is_vertraagd=rij.klaar_op is None and rij.pogingen > 0,
    )
