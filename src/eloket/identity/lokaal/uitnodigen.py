"""Letting somebody in: a link, made by a functional manager or on the server, with which they choose a password.

A link is good for 48 hours and for one person who gets to the end: it is spent when the password is chosen and the
second factor works. Until then nothing changes, so a mail scanner that opens it does no harm. Who already works here,
and has no second factor (any more), gets in by a link of one colleague and a code of another (lokaal.herstart).
"""

import hashlib
import secrets

from django.db import transaction

from eloket.identity.access import medewerker_key
from eloket.identity.beheer import must_manage, note_beheer
from eloket.identity.lokaal import herstart
from eloket.identity.lokaal.errors import (
    AccountNietMogelijk,
    EigenAccount,
    InlognaamBezet,
    UitnodigingOngeldig,
)
from eloket.identity.lokaal.instelling import may_have, must_be_on
from eloket.identity.lokaal.models import Herstart, LokaalAccount, Uitnodiging
from eloket.identity.lokaal.types import GELDIG, norm_inlognaam
from eloket.identity.models import Medewerker
from eloket.identity.sessie import logout_everywhere
from eloket.identity.types import Actor
from eloket.kernel import klok
from eloket.kernel.errors import NietGevonden


def invite(actor: Actor | None, medewerker_id: int) -> str:
    """The token of a new link for this civil servant; an older link works no more. None as actor: on the server.

    The password and the second factor that they have stay as they are until the link is used, and the second factor
    is asked then too: a manager with the link alone gets nowhere. Without a second factor, and for who was ever logged
    in here, somebody else must allow it. Raises NietGevonden, EigenAccount, AccountNietMogelijk, InlognaamBezet,
    GeenTweedePersoon.
    """
    with transaction.atomic():
        account = _account_for(actor, medewerker_id)
        is_nieuw = not account.authenticators.exists() and herstart.has_worked(account.medewerker)
        token = _new_link(account, herstart.begin(actor, account) if is_nieuw else None)
        note_beheer(actor, "account.uitgenodigd", f"medewerker:{medewerker_id}")
    return token


def reset_second_step(actor: Actor | None, medewerker_id: int) -> str:
    """Everything of the account goes: password, authenticators, recovery codes, sessions. Returns the token of a new
    link. It works once somebody else allowed it; on the server, and for an account that was never set up, at once.
    Raises as `invite`."""
    with transaction.atomic():
        account = _account_for(actor, medewerker_id)
        is_gebruikt = bool(account.wachtwoord) or herstart.has_worked(account.medewerker)
        nieuw = herstart.begin(actor, account) if is_gebruikt else None
        account.authenticators.all().delete()
        account.herstelcodes.all().delete()
        account.wachtwoord, account.wachtwoord_op = "", None
        account.versie += 1
        account.save(update_fields=["wachtwoord", "wachtwoord_op", "versie"])
        logout_everywhere(medewerker_key(account.medewerker.subject))
        token = _new_link(account, nieuw)
        note_beheer(actor, "account.hersteld", f"medewerker:{medewerker_id}")
    return token


def withdraw(actor: Actor | None, medewerker_id: int) -> None:
    """The local account goes, with its links and sessions. Already gone is fine: a double click. Raises NietGevonden,
    EigenAccount."""
    must_be_on()
    must_manage(actor)
    _not_own(actor, medewerker_id)
    with transaction.atomic():
        account = (
            LokaalAccount.objects.select_related("medewerker")
            .select_for_update(of=("self",))
            .filter(medewerker_id=medewerker_id)
            .first()
        )
        if account is None:
            return
        logout_everywhere(medewerker_key(account.medewerker.subject))
        account.delete()
        herstart.drop_open(medewerker_id)
        note_beheer(actor, "account.ontnomen", f"medewerker:{medewerker_id}")


def open_link(token: str) -> Uitnodiging:
    """The link, with its account. Changes nothing. Raises UitnodigingOngeldig."""
    rijen = Uitnodiging.objects.select_related("account__medewerker", "herstart")
    rij = rijen.filter(herstart.geldig(), sleutel=_hash(token)).first()
    if rij is None or not may_have(rij.account.medewerker):
        raise UitnodigingOngeldig("link")
    return rij


def spend_link(account: LokaalAccount, sleutel: str) -> None:
    """Use it up, in the caller's transaction. Raises UitnodigingOngeldig when it was used, withdrawn or is over."""
    link = Uitnodiging.objects.filter(herstart.geldig(), account=account, sleutel=sleutel)
    van = link.values_list("herstart_id", flat=True).first()
    if not link.delete()[0]:
        raise UitnodigingOngeldig("link")
    herstart.note_used(van)


def _account_for(actor: Actor | None, medewerker_id: int) -> LokaalAccount:
    must_be_on()
    must_manage(actor)
    _not_own(actor, medewerker_id)
    wie = Medewerker.objects.select_for_update(of=("self",)).filter(pk=medewerker_id).first()
    if wie is None:
        raise NietGevonden
    if not may_have(wie):
        raise AccountNietMogelijk
    inlognaam = norm_inlognaam(wie.subject)
    if LokaalAccount.objects.filter(inlognaam=inlognaam).exclude(medewerker=wie).exists():
        raise InlognaamBezet
    account, _ = LokaalAccount.objects.select_related("medewerker").get_or_create(
        medewerker=wie, defaults={"inlognaam": inlognaam}
    )
    return account


def _not_own(actor: Actor | None, medewerker_id: int) -> None:
    if actor is not None and actor.medewerker_id == medewerker_id:
        raise EigenAccount


def _new_link(account: LokaalAccount, nieuw: Herstart | None) -> str:
    token = secrets.token_urlsafe(32)
    Uitnodiging.objects.update_or_create(
        account=account,
        defaults={
            "sleutel": _hash(token),
            "verloopt": klok.nu() + GELDIG,
            "herstart": nieuw,
            "code": "",
            "fouten": 0,
        },
    )
    return token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
