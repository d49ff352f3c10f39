"""The authenticators of an account: adding, using, removing.

Each verb runs in the caller's transaction, with the row of the account locked: two at once never take away both that
there are.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from eloket.identity.lokaal import totp, webauthn
from eloket.identity.lokaal.errors import (
    AuthenticatorOngeldig,
    CodeOnjuist,
    LaatsteAuthenticator,
    PasskeyGeweigerd,
)
from eloket.identity.lokaal.herstelcodes import spend
from eloket.identity.lokaal.models import Authenticator, LokaalAccount
from eloket.identity.lokaal.types import AuthenticatorSoort
from eloket.identity.lokaal.webauthn import Site
from eloket.kernel import klok
from eloket.kernel.crypto import vault
from eloket.kernel.errors import NietGevonden

MEESTE = 10
MAX_NAAM = 60
HERSTELCODE = "herstelcode"


def add_app(account: LokaalAccount, *, geheim: str, code: str, naam: str) -> None:
    """An app that has the secret and gives the right code. Raises CodeOnjuist, AuthenticatorOngeldig."""
    naam = _check_name(account, naam, "App op mijn telefoon")
    nu = klok.nu()
    stap = totp.find_step(geheim, code, nu)
    if stap is None:
        raise CodeOnjuist("inrichten")
    Authenticator.objects.create(
        account=account,
        soort=AuthenticatorSoort.APP,
        naam=naam,
        geheim=geheim,
        teller=stap,  # this code is used now, and opens nothing any more
        gemaakt=nu,
    )


def add_passkey(
    account: LokaalAccount, site: Site, uitdaging: Mapping[str, Any], antwoord: str, naam: str
) -> None:
    """A passkey that answered. Raises PasskeyGeweigerd, AuthenticatorOngeldig."""
    naam = _check_name(account, naam, "Passkey")
    sleutel = webauthn.read_new(site, uitdaging, antwoord)
    sleutel_id = _key_id(sleutel.credential_id)
    if Authenticator.objects.filter(sleutel_id=sleutel_id).exists():
        raise AuthenticatorOngeldig("Deze passkey of beveiligingssleutel is al toegevoegd. Kies een andere.")
    Authenticator.objects.create(
        account=account,
        soort=AuthenticatorSoort.PASSKEY,
        naam=naam,
        geheim=sleutel.gegevens,
        sleutel_id=sleutel_id,
        teller=sleutel.teller,
        gemaakt=klok.nu(),
    )


def use_code(account: LokaalAccount, code: str) -> str:
    """What it was a code of: `app` or `herstelcode`; it is spent then. Raises CodeOnjuist."""
    nu = klok.nu()
    for rij in account.authenticators.filter(soort=AuthenticatorSoort.APP).order_by("pk"):
        stap = totp.find_step(rij.geheim, code, nu)
        if stap is not None and _raise_counter(rij, stap, nu):
            return AuthenticatorSoort.APP
    if spend(account, code):
        return HERSTELCODE
    raise CodeOnjuist("code")


def ask_passkey(account: LokaalAccount, site: Site) -> webauthn.Vraag | None:
    """Ask for one of theirs; None when they have none."""
    bekend = _passkeys(account)
    return webauthn.ask(site, [een.geheim for een in bekend]) if bekend else None


def ask_new_passkey(account: LokaalAccount, site: Site) -> webauthn.Vraag:
    wie = account.medewerker
    handle = bytes.fromhex(vault().keyed_hash("webauthn", wie.subject))
    bekend = [een.geheim for een in _passkeys(account)]
    return webauthn.ask_new(site, handle=handle, inlognaam=wie.subject, naam=wie.naam, bekend=bekend)


def use_passkey(account: LokaalAccount, site: Site, uitdaging: Mapping[str, Any], antwoord: str) -> str:
    """Raises PasskeyGeweigerd; `reden` is `teller` when its counter did not go up: there may be a copy of it."""
    bekend = _passkeys(account)
    sleutel = webauthn.read(site, uitdaging, [een.geheim for een in bekend], antwoord)
    rij = next(een for een in bekend if een.sleutel_id == _key_id(sleutel.credential_id))
    nu = klok.nu()
    if sleutel.teller == 0 and rij.teller == 0:  # many passkeys do not count
        Authenticator.objects.filter(pk=rij.pk).update(gebruikt=nu)
    elif not _raise_counter(rij, sleutel.teller, nu):
        raise PasskeyGeweigerd("teller")
    return AuthenticatorSoort.PASSKEY


def remove(account: LokaalAccount, authenticator_id: int) -> AuthenticatorSoort:
    """Raises LaatsteAuthenticator, NietGevonden."""
    rij = account.authenticators.filter(pk=authenticator_id).first()
    if rij is None:
        raise NietGevonden
    if not account.authenticators.exclude(pk=rij.pk).exists():
        raise LaatsteAuthenticator
    rij.delete()
    return AuthenticatorSoort(rij.soort)


def _passkeys(account: LokaalAccount) -> list[Authenticator]:
    return list(account.authenticators.filter(soort=AuthenticatorSoort.PASSKEY).order_by("pk"))


def _raise_counter(rij: Authenticator, teller: int, nu: datetime) -> bool:
    """Whether it is higher than it ever was; of two at once with the same one, for exactly one."""
    hoger = Authenticator.objects.filter(pk=rij.pk, teller__lt=teller)
    return bool(hoger.update(teller=teller, gebruikt=nu))


def _check_name(account: LokaalAccount, naam: str, anders: str) -> str:
    naam = " ".join(naam.split()) or anders
    if len(naam) > MAX_NAAM or not naam.isprintable():
        raise AuthenticatorOngeldig(f"Gebruik voor de naam hoogstens {MAX_NAAM} letters en cijfers.")
    if account.authenticators.count() >= MEESTE:
        raise AuthenticatorOngeldig(
            f"U heeft al {MEESTE} manieren voor de tweede stap. Haal er eerst een weg."
        )
    return naam


def _key_id(credential_id: bytes) -> str:
    return vault().keyed_hash("passkey", credential_id.hex())
