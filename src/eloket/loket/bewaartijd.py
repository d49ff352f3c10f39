"""How long a form is kept: a reminder before it goes, and then really gone, with its files. For the worker."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from eloket.documenten import vasthouden
from eloket.kernel.klok import datum_van
from eloket.loket import meten
from eloket.loket.aantekenen import note_by_system
from eloket.loket.concepten import houder_of
from eloket.loket.formulier.basis import Wie
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.models import Concept
from eloket.loket.types import BEWAARTIJD, Moment, kept_until
from eloket.loket.verlengen import must_keep
from eloket.loket.versies import definitie_of
from eloket.notifications.service import enqueue
from eloket.notifications.types import NotificatieSoort
from eloket.zaken.herinneringen import Herinnering, get_regel

VERSTUURD_BEWAARTIJD = BEWAARTIJD * 12  # of what was sent: as the start of a next application
ZONDER_INLOGGEN_BEWAARTIJD = timedelta(hours=2)  # the session that alone can reach it ends after one
PER_RONDE = 200


def remind_concepten(now: datetime) -> int:
    """Remind who did not send a form that goes within as many days as the rule says (zaken.herinneringen); once, until
    it is changed. Says how many.

    By mail only who chose that (notifications.service). A check holds nothing that one would miss.
    """
    regel = get_regel(Herinnering.FORMULIER)
    if not regel.is_aan:
        return 0
    gaat_niet_eerder = now + regel.termijn
    bijna = Concept.objects.filter(
        Q(verlengd_tot=None) | Q(verlengd_tot__lte=gaat_niet_eerder),
        Q(gewijzigd_op__gt=now - BEWAARTIJD) | Q(verlengd_tot__gt=now),
        verstuurd_op=None,
        herinnerd_op=None,
        gewijzigd_op__lte=gaat_niet_eerder - BEWAARTIJD,
    ).exclude(profiel_key="")
    velden = ("pk", "formulier", "versie", "profiel_key", "contact_key", "gewijzigd_op", "verlengd_tot")
    rijen = list(bijna.order_by("gewijzigd_op").values_list(*velden)[:PER_RONDE])
    return sum(
        _remind(
            pk,
            definitie_of(formulier, versie),
            contact_key or profiel_key,
            profiel_key,
            gewijzigd_op,
            deadline=datum_van(kept_until(gewijzigd_op, verlengd_tot)),
            now=now,
        )
        for pk, formulier, versie, profiel_key, contact_key, gewijzigd_op, verlengd_tot in rijen
    )


def _remind(
    pk: UUID,
    definitie: Definitie,
    contact_key: str,
    partij_key: str,
    gewijzigd_op: datetime,
    *,
    deadline: date,
    now: datetime,
) -> bool:
    """A check is marked as well: the next round goes on with others."""
    with transaction.atomic():
        # Not when it was changed, sent or reminded of since: then there is nothing to say.
        zelfde = Concept.objects.filter(
            pk=pk, verstuurd_op=None, herinnerd_op=None, gewijzigd_op=gewijzigd_op
        )
        if not zelfde.update(herinnerd_op=now):
            return False
        if definitie.is_check:
            return False
        note_by_system(
            "formulier.herinnerd",
            Concept.objects.only("formulier", "aanvulling_ref", "zaak_ref", "profiel_key").get(pk=pk),
        )
        enqueue(
            NotificatieSoort.FORMULIER_HERINNERING,
            betrokkene_key=contact_key,
            partij_key=partij_key,
            deadline=deadline,
        )
    return True


def ruim_op(now: datetime) -> int:
    """Remove forms that nobody changed for thirty days (two hours without a login), and what was sent a year ago: that
    lives on in its zaak.

    A sent form whose PDF is not in the zaak yet stays. While people cannot reach their forms, or could not and it is
    not worked out yet who gets longer (loket.verlengen), none of those is removed. Each that goes leaves a line in the
    audit trail. Nothing is decrypted: what cannot be any more goes too. Says how many.
    """
    zonder_inhoud = Concept.objects.defer("invoer", "overzicht", "verstuurd_door")
    weg = _expired(now, met_inloggen=not must_keep(now))
    aantal = 0
    for pk in list(Concept.objects.filter(weg).values_list("pk", flat=True)[:PER_RONDE]):
        with transaction.atomic():
            rij = zonder_inhoud.select_for_update().filter(weg, pk=pk).first()
            if rij is not None:  # else it was changed or sent since
                is_kopie = rij.verstuurd_op is not None
                note_by_system("formulier.kopie_verlopen" if is_kopie else "formulier.verlopen", rij)
                remove_row(rij, now)
                aantal += 1
    return aantal


def _expired(now: datetime, *, met_inloggen: bool) -> Q:
    te_oud = Q(verstuurd_op=None, gewijzigd_op__lt=now - BEWAARTIJD)
    niet_verlengd = Q(verlengd_tot=None) | Q(verlengd_tot__lt=now)
    return (
        (te_oud & niet_verlengd if met_inloggen else Q(pk__in=()))
        | Q(verstuurd_op=None, wie=Wie.ANONIEM, gewijzigd_op__lt=now - ZONDER_INLOGGEN_BEWAARTIJD)
        | Q(verstuurd_op__lt=now - VERSTUURD_BEWAARTIJD, bewijs_op__isnull=False)
    )


def remove_row(rij: Concept, moment: datetime) -> None:
    """The locked row and its files, in the caller's transaction. The content of a file that nothing else holds goes
    with the next clean-up of documenten.service."""
    is_af = not rij.stap and definitie_of(rij.formulier, rij.versie).is_check
    if rij.verstuurd_op is None and not is_af:
        meten.count(rij.formulier, rij.versie, Moment.GESTOPT, moment, stap=rij.stap)
    vasthouden.release(houder_of(rij.pk))
    rij.delete()
