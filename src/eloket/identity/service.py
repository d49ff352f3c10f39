"""Logging in and out: what the views call."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from eloket.audit import service as audit
from eloket.identity import bewaard, groepen, oidc, pogingen
from eloket.identity.access import lock_medewerker
from eloket.identity.actor import actor_to_dict, maybe_actor, set_actor, visitor_of
from eloket.identity.claims import actor_from_claims, subject_of
from eloket.identity.errors import GeenGroep, NiveauTeLaag
from eloket.identity.events import Ingelogd
from eloket.identity.koppeling import must_have_second_factor
from eloket.identity.middel import Middel
from eloket.identity.models import Medewerker
from eloket.identity.niveaus import Niveau, Zekerheid
from eloket.identity.paden import (
    START_INWONER,
    START_MEDEWERKER,
    UITGELOGD,
    UITLOGGEN_VERDER,
    veilig_pad,
)
from eloket.identity.ports import NaamBron
from eloket.identity.sessie import AANMELDING, ACTOR, SessionStore, logout_everywhere, wie_van
from eloket.identity.types import Actor, Partij, partij_ref
from eloket.identity.uitloggen import WERKPLEK, Aanmelding, keep_for_provider
from eloket.kernel import events
from eloket.kernel.errors import EloketFout

logger = logging.getLogger(__name__)
_POGINGEN = "oidc"
_naam_bron: NaamBron | None = None


def configure(*, naam_bron: NaamBron) -> None:
    """Connect the source of names. Called once, by config/wiring.py."""
    global _naam_bron  # noqa: PLW0603 - wiring of the process
    _naam_bron = naam_bron


@dataclass(frozen=True, slots=True)
class Terugkeer:
    """A login that the provider answered: which means it was, and where the person wanted to go."""

    middel: Middel
    poging: oidc.Poging
    terug: str | None
    nodig: Zekerheid | None = None  # the level that was asked for; None: the lowest of the means


def start_login(
    request: HttpRequest, middel: Middel, terug: str | None, *, nodig: Zekerheid | None = None
) -> str:
    """The provider's address to send the person to. Raises LoginNietBereikbaar, and as `begin_at`."""
    url, state, poging = oidc.begin(middel, begin_at(request, middel, terug, nodig))
    velden = {"nonce": poging.nonce, "verifier": poging.verifier}
    pogingen.keep(request, _POGINGEN, state, middel=middel, terug=terug, nodig=nodig, velden=velden)
    return url


def begin_at(
    request: HttpRequest, middel: Middel, terug: str | None, nodig: Zekerheid | None
) -> Niveau | None:
    """The level to ask the provider for; None is the lowest of the means. Who is logged in already, and now logs in
    higher, finds what they were doing again. Raises NiveauTeLaag when this means has no such level.
    """
    niveau = middel.lowest_for(nodig) if nodig else None
    if nodig and niveau is None:
        raise NiveauTeLaag("middel", middel=middel)
    actor = maybe_actor(request)
    if nodig and actor:
        bewaard.keep_for_higher(request, actor_to_dict(actor), terug)
    elif actor or (terug and bewaard.is_just_ended(request)):
        bewaard.go_to(request, terug)
    return niveau


def take_attempt(request: HttpRequest, state: str) -> Terugkeer:
    """The login that `state` belongs to: of this session, once. Raises LoginMislukt."""
    gevonden = pogingen.take(request, _POGINGEN, state)
    poging = oidc.Poging(gevonden.middel.code, gevonden.velden["nonce"], gevonden.velden["verifier"])
    return Terugkeer(gevonden.middel, poging, gevonden.terug, gevonden.nodig)


def complete_login(request: HttpRequest, terugkeer: Terugkeer, antwoord: Mapping[str, str]) -> str:
    """Logs the person in and returns the path to go to.

    Raises the errors of `oidc.finish` and `log_in_with`; then nobody is logged in by this.
    """
    gekomen = oidc.finish(terugkeer.middel, terugkeer.poging, antwoord)
    aanmelding = Aanmelding.of(terugkeer.middel, gekomen)
    return log_in_with(
        request,
        terugkeer.middel,
        gekomen.claims,
        terug=terugkeer.terug,
        aanmelding=aanmelding,
        nodig=terugkeer.nodig,
    )


def log_in_with(
    request: HttpRequest,
    middel: Middel,
    claims: Mapping[str, Any],
    *,
    terug: str | None,
    aanmelding: Aanmelding | None,
    nodig: Zekerheid | None = None,
) -> str:
    """Logs in who these checked claims are about, whatever protocol brought them; returns the path to go to.

    Raises the errors of `actor_from_claims` and `groepen.keep_up`, TweedeFactorNodig and GeenGroep; then nobody is
    logged in by this.
    """
    must_have_second_factor(middel, claims)
    if not middel.is_voor_medewerkers:
        actor = actor_from_claims(middel, claims, _naam_van, nodig=nodig)
        return log_in(request, actor, terug=terug, aanmelding=aanmelding)
    # Held from reading what they may until their session is there: who shuts them out meanwhile ends that one too.
    # Their name is in the claims, so nobody else is asked for it.
    with transaction.atomic():
        if _hold(middel, claims):
            actor = actor_from_claims(middel, claims, _naam_van, nodig=nodig)
            return log_in(request, actor, terug=terug, aanmelding=aanmelding)
    raise GeenGroep("geen-groep")  # after the commit: who is shut out stays out


def _hold(middel: Middel, claims: Mapping[str, Any]) -> bool:
    """Hold the row of this civil servant, if there is one. False when their groups let them in no more."""
    if middel.groepen:
        return groepen.keep_up(middel, claims)
    lock_medewerker(subject_of(middel, claims))
    return True


def log_in(
    request: HttpRequest, actor: Actor, *, terug: str | None = None, aanmelding: Aanmelding | None = None
) -> str:
    """Give this request a new session of `actor`; returns the path to go to. `aanmelding` is the session that they have
    at the provider, for when they log out.

    Nothing of the session before survives, except what the same person left when theirs ended, and who fills in a form
    without a login: that goes on as it was, for its own hour. The CSRF secret is kept: a form that stood open in
    another tab can still be sent, and `__Host-` keeps others from planting one.
    """
    voortzetting, bezoeker = bewaard.get_voortzetting(request), visitor_of(request.session)
    bewaarde_actor = actor_to_dict(actor)
    with transaction.atomic():
        request.session.flush()
        request.session.update({**bezoeker, ACTOR: bewaarde_actor})
        if aanmelding is not None:
            request.session[AANMELDING] = aanmelding.to_dict()
        request.session.save()
        audit.record(
            actor_soort=actor.hoedanigheid,
            actor_key=actor.key,
            actie="sessie.ingelogd",
            object_ref=_over_wie(actor),
            middel=actor.middel,
            niveau=actor.niveau,
            **actor.sporen,
        )
        if actor.medewerker_id is not None:
            Medewerker.objects.filter(pk=actor.medewerker_id, is_ooit_ingelogd=False).update(
                is_ooit_ingelogd=True
            )
        events.publish(Ingelogd(actor))
    set_actor(request, actor)
    start = start_of(actor)
    if voortzetting is None:
        return veilig_pad(terug) or start
    if voortzetting.wie != wie_van(bewaarde_actor):
        return start
    pad = voortzetting.pad or veilig_pad(terug) or start
    bewaard.give_back(request, voortzetting, pad)
    return pad


def log_out(request: HttpRequest) -> str:
    """End every session of this person, here and elsewhere, with all that was kept in them; returns the path to go to.

    What the provider needs to log them out too is kept, and opens nothing here.
    """
    actor = maybe_actor(request)
    sessie = request.session
    aanmelding = Aanmelding.from_dict(sessie.get(AANMELDING))
    verlopen = sessie.verlopen if isinstance(sessie, SessionStore) else None
    with transaction.atomic():
        if actor is not None:
            logout_everywhere(actor.key)
            audit.record(
                actor_soort=actor.hoedanigheid,
                actor_key=actor.key,
                actie="sessie.uitgelogd",
                object_ref="",
                **actor.sporen,
            )
        elif verlopen is not None:
            logout_everywhere(verlopen)
        sessie.flush()
    set_actor(request, None)
    is_medewerker = actor is not None and actor.is_medewerker
    if aanmelding is None:
        return f"{UITGELOGD}?state={WERKPLEK}" if is_medewerker else UITGELOGD
    keep_for_provider(request, aanmelding, is_medewerker=is_medewerker)
    return UITLOGGEN_VERDER


def start_of(actor: Actor) -> str:
    """The first page of this person."""
    return START_MEDEWERKER if actor.is_medewerker else START_INWONER


def _over_wie(actor: Actor) -> str:
    """Of who acts for another the party: its name was asked of a register to log them in. Of all others "": the line
    is theirs."""
    return partij_ref(actor.partij.profiel_key) if actor.sporen and actor.partij else ""


def _naam_van(partij: Partij) -> str:
    if _naam_bron is None:
        return ""
    try:
        return _naam_bron.naam_van(partij)
    except EloketFout as error:
        logger.warning("naam bij inloggen niet opgehaald: %s", error.code)
        return ""
