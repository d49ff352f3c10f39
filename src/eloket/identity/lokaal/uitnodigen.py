"""Letting somebody in: a link, made by a functional manager or on the server, with which they choose a password.

A link is good for 48 hours and for one person who gets to the end: it is spent when the password is chosen and the
second factor works. Until then nothing changes, so a mail scanner that opens it does no harm.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from eloket.identity.access import medewerker_key
from eloket.identity.beheer import must_manage, note_beheer
from eloket.identity.lokaal.errors import (
    AccountNietMogelijk,
    EigenAccount,
    InlognaamBezet,
    UitnodigingOngeldig,
)
from eloket.identity.lokaal.instelling import may_have, must_be_on
from eloket.identity.lokaal.models import LokaalAccount, Uitnodiging
from eloket.identity.lokaal.types import norm_inlognaam
from eloket.identity.models import Medewerker
from eloket.identity.sessie import logout_everywhere
from eloket.identity.types import Actor
from eloket.kernel import klok
from eloket.kernel.errors import NietGevonden

GELDIG = timedelta(hours=48)


def invite(actor: Actor | None, medewerker_id: int) -> str:
    """The token of a new link for this civil servant; an older link works no more. None as actor: on the server.

    The password and the second factor that they have stay as they are until the link is used, and the second factor
    is asked then too: a manager with the link alone gets nowhere. Raises NietGevonden, EigenAccount,
    AccountNietMogelijk, InlognaamBezet.
    """
    with transaction.atomic():
        account = _account_for(actor, medewerker_id)
        token = _new_link(account)
        note_beheer(actor, "account.uitgenodigd", f"medewerker:{medewerker_id}")
    return token


def reset_second_step(actor: Actor | None, medewerker_id: int) -> str:
    """Everything of the account goes: password, authenticators, recovery codes, sessions. Returns the token of a new
    link. Raises as `invite`."""
    with transaction.atomic():
        account = _account_for(actor, medewerker_id)
        account.authenticators.all().delete()
        account.herstelcodes.all().delete()
        account.wachtwoord, account.wachtwoord_op = "", None
        account.versie += 1
        account.save(update_fields=["wachtwoord", "wachtwoord_op", "versie"])
        logout_everywhere(medewerker_key(account.medewerker.subject))
        token = _new_link(account)
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
        note_beheer(actor, "account.ontnomen", f"medewerker:{medewerker_id}")


def open_link(token: str) -> tuple[LokaalAccount, str]:
    """The account that this link is for, and the key of the link. Changes nothing. Raises UitnodigingOngeldig."""
    sleutel = _hash(token)
    rijen = Uitnodiging.objects.select_related("account__medewerker")
    rij = rijen.filter(sleutel=sleutel, verloopt__gt=klok.nu()).first()
    if rij is None or not may_have(rij.account.medewerker):
        raise UitnodigingOngeldig("link")
    return rij.account, sleutel


def spend_link(account: LokaalAccount, sleutel: str) -> None:
    """Use it up, in the caller's transaction. Raises UitnodigingOngeldig when it was used, withdrawn or too old."""
    if not Uitnodiging.objects.filter(account=account, sleutel=sleutel, verloopt__gt=klok.nu()).delete()[0]:
        raise UitnodigingOngeldig("link")


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


def _new_link(account: LokaalAccount) -> str:
    token = secrets.token_urlsafe(32)
    Uitnodiging.objects.update_or_create(
        account=account, defaults={"sleutel": _hash(token), "verloopt": klok.nu() + GELDIG}
    )
    return token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
