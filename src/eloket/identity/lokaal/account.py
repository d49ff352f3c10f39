"""What somebody does with their own local account, once they are logged in.

Each verb is one transaction with its line in the audit trail. Before what could let another in the pages ask
`check_password` again, so that an open laptop is not enough (workbench/account/zeker.py).
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from eloket.audit import service as audit
from eloket.identity.lokaal import grenzen, herstelcodes, noteren, tweedestap, wachtwoord
from eloket.identity.lokaal.errors import TeVaakGeprobeerd, WachtwoordOngeldig, WachtwoordOnjuist
from eloket.identity.lokaal.grenzen import Plek
from eloket.identity.lokaal.inloggen import about
from eloket.identity.lokaal.instelling import must_be_on
from eloket.identity.lokaal.models import LokaalAccount, Uitnodiging
from eloket.identity.lokaal.webauthn import Site, Vraag
from eloket.identity.models import Medewerker
from eloket.identity.sessie import logout_elsewhere
from eloket.identity.types import Actor
from eloket.kernel import klok
from eloket.kernel.errors import NietGevonden


def check_password(actor: Actor, gegeven: str, plek: Plek) -> int:
    """Whether this is their present password: the version of the account that it is of. Raises WachtwoordOnjuist,
    TeVaakGeprobeerd, NietGevonden."""
    account = _own(actor)
    try:
        grenzen.count_password(account.inlognaam, plek)
    except TeVaakGeprobeerd:
        noteren.note_refused(account, "te-vaak")
        raise
    if not wachtwoord.is_right(gegeven, account.wachtwoord):
        noteren.note_refused(account, "wachtwoord")
        raise WachtwoordOnjuist
    return account.versie


def version_of(actor: Actor) -> int:
    """Goes up with every change. Raises NietGevonden."""
    return _own(actor).versie


def change_password(actor: Actor, sessie: SessionBase, *, oud: str, nieuw: str, plek: Plek) -> None:
    """Every other session of this person ends, links work no more, and this session gets a new id.

    Raises WachtwoordOnjuist, WachtwoordOngeldig, TeVaakGeprobeerd, NietGevonden; and UpdateError when this session was
    ended while the password was judged (somebody took a right away, or logged out elsewhere). Then nothing has changed.
    """
    versie = check_password(actor, oud, plek)
    wachtwoord.check_choice(nieuw, over_persoon=about(_own(actor)))
    if wachtwoord.norm(oud) == wachtwoord.norm(nieuw):
        raise WachtwoordOngeldig("Dit is uw oude wachtwoord. Kies een ander wachtwoord.")
    gehasht = wachtwoord.make_hash(nieuw)
    with transaction.atomic():
        account = _own(actor, lock=True, versie=versie)
        account.wachtwoord, account.wachtwoord_op = gehasht, klok.nu()
        Uitnodiging.objects.filter(account=account).delete()
        _changed(account, actie="account.wachtwoord")
        logout_elsewhere(actor.key, sessie)
        sessie.cycle_key()


def end_elsewhere(actor: Actor, sessie: SessionBase) -> int:
    """End every other session of this person; returns how many. Also for who has no local account."""
    with transaction.atomic():
        aantal = logout_elsewhere(actor.key, sessie)
        audit.record(
            actor_soort=actor.soort,
            actor_key=actor.key,
            actie="sessie.elders_beeindigd",
            object_ref="",
            aantal=aantal,
        )
    return aantal


def add_app(actor: Actor, *, geheim: str, code: str, naam: str) -> int:
    """Raises CodeOnjuist, AuthenticatorOngeldig."""
    with transaction.atomic():
        account = _own(actor, lock=True)
        tweedestap.add_app(account, geheim=geheim, code=code, naam=naam)
        return _changed(account, actie="account.tweede_stap_toegevoegd", soort="app")


def ask_new_passkey(actor: Actor, site: Site) -> Vraag:
    return tweedestap.ask_new_passkey(_own(actor), site)


def add_passkey(actor: Actor, site: Site, uitdaging: Mapping[str, Any], antwoord: str, naam: str) -> int:
    """Raises PasskeyGeweigerd, AuthenticatorOngeldig."""
    with transaction.atomic():
        account = _own(actor, lock=True)
        tweedestap.add_passkey(account, site, uitdaging, antwoord, naam)
        return _changed(account, actie="account.tweede_stap_toegevoegd", soort="passkey")


def remove(actor: Actor, authenticator_id: int) -> int:
    """Raises LaatsteAuthenticator, NietGevonden."""
    with transaction.atomic():
        account = _own(actor, lock=True)
        soort = tweedestap.remove(account, authenticator_id)
        return _changed(account, actie="account.tweede_stap_verwijderd", soort=soort.value)


def new_codes(actor: Actor) -> tuple[str, ...]:
    """Ten new recovery codes; the old ones work no more."""
    with transaction.atomic():
        account = _own(actor, lock=True)
        codes = herstelcodes.replace_codes(account)
        noteren.note_account(account, "account.herstelcodes")
    return codes


def _own(actor: Actor, *, lock: bool = False, versie: int | None = None) -> LokaalAccount:
    """Raises NietGevonden: also when it was started anew meanwhile, or changed since `versie`. With `lock` in a
    transaction: who then shuts them out waits, or was first and is obeyed."""
    must_be_on()
    rijen = LokaalAccount.objects.select_related("medewerker").filter(
        medewerker_id=actor.medewerker_id or 0, medewerker__is_actief=True
    )
    if versie is not None:
        rijen = rijen.filter(versie=versie)
    if lock:  # first the civil servant, as everybody does
        Medewerker.objects.select_for_update(of=("self",)).filter(pk=actor.medewerker_id or 0).first()
        rijen = rijen.select_for_update(of=("self",))
    account = rijen.exclude(wachtwoord="").first()
    if account is None:
        raise NietGevonden
    return account


def _changed(account: LokaalAccount, *, actie: str, **kenmerken: str | int | bool) -> int:
    account.versie += 1
    account.save(update_fields=["wachtwoord", "wachtwoord_op", "versie"])
    noteren.note_account(account, actie, **kenmerken)
    return account.versie
