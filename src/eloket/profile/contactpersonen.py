"""The people through whom a business is reached: each has contact details and choices of their own.

A contactpersoon (the word of Klantinteracties, VNG) is known by the pseudonym that eHerkenning gives them. Nobody tells
us when they leave the business. So their mail ends when they did not log in for it for a year, when their login is for
one branch only from now on, and when a colleague says so.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from eloket.audit import service as audit
from eloket.identity.events import Ingelogd
from eloket.identity.types import Actor
from eloket.kernel import events
from eloket.kernel.errors import NietGevonden
from eloket.kernel.klok import nu
from eloket.profile.bevoegd import must_change_contact
from eloket.profile.events import MailGestopt
from eloket.profile.models import Profiel
from eloket.profile.queries import telt
from eloket.profile.velden import mask_email
from eloket.profile.vergeten import NAMEN, note_forgotten

BEWAARTIJD = timedelta(days=2 * 365)  # of the details of who did not log in for their business since
BEWAARTIJD_INWONER = timedelta(days=5 * 365)  # the same, of a resident: who never looks is reached by letter
PER_RONDE = 200


@dataclass(frozen=True, slots=True)
class Collega:
    """Somebody else of the business who gets our mail. `gezien_op` None: details of the business itself, from before
    its people had their own. `is_vestiging`: is mailed about one branch, and the reader sees all of them."""

    nummer: int
    adres: str = field(repr=False)  # masked
    gezien_op: datetime | None
    is_vestiging: bool


@dataclass(frozen=True, slots=True)
class Gestopt:
    """Whose mail stopped: of a colleague, or (`is_gedeeld`) of the address that the business had before. `is_verteld`:
    a last mail says so there; nothing arrives at an address that does not work."""

    is_verteld: bool
    is_gedeeld: bool


def connect() -> None:
    """Called once, by config.wiring."""
    events.subscribe(Ingelogd, on_ingelogd)


def on_ingelogd(event: Ingelogd) -> None:
    """Who logs in for a business is still of it. Who comes in for one branch of it now, may not see the rest any more:
    their details for the whole business wait until they log in for all of it again."""
    actor = event.actor
    if actor.partij is None:
        return
    Profiel.objects.filter(profiel_key=actor.profiel_key).update(gezien_op=nu(), telt_mee=True)
    if not actor.is_contactpersoon:
        return
    # What the business had before its people had their own does not say of which business it is.
    Profiel.objects.filter(profiel_key=actor.partij.profiel_key).update(onderneming_key=actor.partij.key)
    if actor.partij.vestiging_key:
        heel = Profiel.objects.filter(contactpersoon_key=actor.key, partij_key=actor.partij.key)
        heel.update(telt_mee=False)


def list_collegas(actor: Actor) -> tuple[Collega, ...]:
    """Who else of the business is mailed, who logged in last in front; for who acts for a business only. One query."""
    if not actor.is_contactpersoon or actor.partij is None:
        return ()
    rijen = _anderen(actor).filter(telt(nu()), wil_mail=True, email_bevestigd_op__isnull=False)
    return tuple(
        Collega(
            nummer=rij.pk,
            adres=mask_email(rij.email),
            gezien_op=rij.gezien_op,
            is_vestiging=(rij.partij_key or rij.profiel_key) != actor.partij.profiel_key,
        )
        for rij in rijen.order_by(F("gezien_op").desc(nulls_last=True), "pk")
        if rij.email
    )


def stop_collega(actor: Actor, nummer: int) -> Gestopt:
    """No more mail to this colleague, who is told so at their address: they may disagree, and save their details again.
    The details that a business had before, which nobody can change, are emptied.

    Twice is once. Raises NietGevonden, also for somebody of another business; ContactVanAnder, NietToegestaan.
    """
    must_change_contact(actor)
    with transaction.atomic():
        rij = _anderen(actor).filter(pk=nummer).select_for_update().first()
        if rij is None:
            raise NietGevonden
        is_verteld = bool(rij.email) and rij.email_kapot_op is None
        gestopt = Gestopt(is_verteld, is_gedeeld=not rij.partij_key)
        if not rij.wil_mail:
            return gestopt
        adres, rij.wil_mail, rij.afgemeld, rij.gestopt_op = rij.email, False, {}, nu()
        if gestopt.is_gedeeld:
            rij.email = rij.email_nieuw = rij.telefoon = rij.token_hash = ""
        rij.versie += 1
        rij.save()
        audit.record(
            actor_soort=actor.hoedanigheid,
            actor_key=actor.key,
            actie="profiel.collega_gestopt",
            object_ref=f"profiel-{rij.pk}",
            **actor.sporen,
        )
        if is_verteld:
            events.publish(MailGestopt(profiel_key=rij.profiel_key, adres=adres))
    return gestopt


def ruim_op(now: datetime) -> int:
    """Forget who did not log in for their business for two years, and residents who did not for five; says how many.
    For the worker. Details from before logins were kept here have no term until the next login.

    Each leaves a line under every name by which it is looked for (profile.vergeten). Nothing is decrypted: what cannot
    be any more goes too, and holds up nothing behind it."""
    van_bedrijf = ~Q(partij_key="") & Q(gezien_op__lt=now - BEWAARTIJD)
    te_oud = Profiel.objects.filter(van_bedrijf | Q(gezien_op__lt=now - BEWAARTIJD_INWONER))
    keys = list(te_oud.order_by("gezien_op").values_list("pk", flat=True)[:PER_RONDE])
    return sum(_forget(te_oud, pk) for pk in keys)


def _forget(te_oud: QuerySet[Profiel], pk: int) -> bool:
    with transaction.atomic():
        rij = te_oud.filter(pk=pk).only(*NAMEN).select_for_update().first()
        if rij is None or not te_oud.filter(pk=pk).delete()[0]:  # they logged in just now
            return False
        note_forgotten(rij)
    return True


def _anderen(actor: Actor) -> QuerySet[Profiel]:
    """The other details through which this business is reached: of its branch alone, when the login is for one."""
    assert actor.partij is not None
    van = Q(partij_key=actor.partij.profiel_key) | Q(profiel_key=actor.partij.profiel_key)
    if not actor.partij.vestiging_key:
        van |= Q(onderneming_key=actor.partij.key)
    return Profiel.objects.filter(van).exclude(profiel_key=actor.profiel_key)
