"""The steps of logging in with a local account: password, second factor; and those of somebody who opened a link.

Each takes the request, because where somebody is stands in their session. What failed is noted before it is refused.
"""

from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from eloket.identity import service
from eloket.identity.access import get_medewerker, medewerker_key
from eloket.identity.flash import add_flash
from eloket.identity.lokaal import grenzen, halverwege, herstelcodes, noteren, totp, tweedestap, wachtwoord
from eloket.identity.lokaal.errors import (
    CodeOnjuist,
    InloggenGeweigerd,
    PasskeyGeweigerd,
    TeVaakGeprobeerd,
)
from eloket.identity.lokaal.grenzen import Plek
from eloket.identity.lokaal.halverwege import Halverwege, Stap
from eloket.identity.lokaal.herstart import check_code
from eloket.identity.lokaal.instelling import may_have, must_be_on
from eloket.identity.lokaal.models import LokaalAccount
from eloket.identity.lokaal.types import MIDDEL, AuthenticatorSoort, norm_inlognaam
from eloket.identity.lokaal.uitnodigen import open_link, spend_link
from eloket.identity.lokaal.webauthn import Site, Vraag
from eloket.identity.paden import ACCOUNT, veilig_pad
from eloket.identity.sessie import logout_everywhere
from eloket.identity.types import Actor, Soort
from eloket.kernel import klok

NIEUWE_CODES = (
    "lokaal_herstelcodes"  # in the session: to be read once, until the person says that they kept them
)


def give_password(
    request: HttpRequest, *, inlognaam: str, wachtwoord_: str, terug: str | None, plek: Plek
) -> None:
    """The first step. After it the session is at the second one, and nothing else is open.

    Raises InloggenGeweigerd, TeVaakGeprobeerd: both the same whether or not there is such an account.
    """
    must_be_on()
    naam = norm_inlognaam(inlognaam)
    account = LokaalAccount.objects.select_related("medewerker").filter(inlognaam=naam).first()
    try:
        grenzen.count_password(naam, plek)
    except TeVaakGeprobeerd:
        noteren.note_refused(account, "te-vaak")
        raise
    gehasht = account.wachtwoord if account else ""
    klopt = wachtwoord.is_right(wachtwoord_, gehasht)
    if account is None or not klopt or not may_have(account.medewerker):
        noteren.note_refused(account, "wachtwoord" if not klopt else "mag-niet")
        raise InloggenGeweigerd("wachtwoord")
    if wachtwoord.is_outdated(gehasht):
        LokaalAccount.objects.filter(pk=account.pk, wachtwoord=gehasht).update(
            wachtwoord=wachtwoord.make_hash(wachtwoord_)
        )
    halverwege.begin(
        request, Halverwege(account.pk, account.versie, Stap.CODE, terug=veilig_pad(terug) or "")
    )


def use_link(request: HttpRequest, token: str, code: str) -> None:
    """Somebody opened an invitation: their session is at choosing a password. `code` is of who allowed that an account
    begins anew. Raises UitnodigingOngeldig, UitnodigingWacht, CollegacodeOnjuist."""
    must_be_on()
    link = open_link(token)
    check_code(link, code)
    account = link.account
    halverwege.begin(
        request, Halverwege(account.pk, account.versie, Stap.WACHTWOORD, uitnodiging=link.sleutel)
    )


def choose_password(request: HttpRequest, gekozen: str) -> Stap:
    """The password that they want; it counts when the last step is done. Returns the next step: the second factor that
    they have is asked, and who has none sets one up. Raises StapVerlopen, WachtwoordOngeldig."""
    stand = halverwege.must_be_at(request, Stap.WACHTWOORD)
    account = halverwege.account_of(stand)
    wachtwoord.check_choice(gekozen, over_persoon=about(account))
    stap = Stap.CODE if account.authenticators.exists() else Stap.INRICHTEN
    geheim = totp.new_secret() if stap is Stap.INRICHTEN else ""
    halverwege.begin(
        request, replace(stand, stap=stap, wachtwoord=wachtwoord.make_hash(gekozen), geheim=geheim, fouten=0)
    )
    return stap


def about(account: LokaalAccount) -> tuple[str, ...]:
    """What may not be in the password of this person."""
    return (account.medewerker.naam, account.medewerker.subject, settings.ELOKET.gemeente)


def set_up_app(request: HttpRequest, *, code: str, naam: str) -> str:
    """The first authenticator, and with it the end of an invitation: logged in. Returns the path to go to.

    Raises StapVerlopen, CodeOnjuist, AuthenticatorOngeldig, UitnodigingOngeldig; then nothing has changed.
    """
    stand = halverwege.must_be_at(request, Stap.INRICHTEN)

    def add(account: LokaalAccount) -> str:
        tweedestap.add_app(account, geheim=stand.geheim, code=code, naam=naam)
        return "app"

    return _set_up(request, stand, add)


def set_up_passkey(request: HttpRequest, site: Site, *, antwoord: str, naam: str) -> str:
    """As `set_up_app`, with a passkey. Raises PasskeyGeweigerd too."""
    stand = _take_challenge(request, halverwege.must_be_at(request, Stap.INRICHTEN))

    def add(account: LokaalAccount) -> str:
        tweedestap.add_passkey(account, site, stand.uitdaging or {}, antwoord, naam)
        return "passkey"

    return _set_up(request, stand, add)


def give_code(request: HttpRequest, code: str, plek: Plek) -> str:
    """The second step, with a code of an app or a recovery code. Logged in; returns the path to go to.

    Raises StapVerlopen, TeVaakGeprobeerd, CodeOnjuist, UitnodigingOngeldig.
    """
    stand = halverwege.must_be_at(request, Stap.CODE)
    account = halverwege.account_of(stand)
    try:
        grenzen.count_code(account.inlognaam, plek)
    except TeVaakGeprobeerd:
        noteren.note_refused(account, "te-vaak")
        raise
    return _finish(request, stand, lambda account: tweedestap.use_code(account, code))


def give_passkey(request: HttpRequest, site: Site, antwoord: str) -> str:
    """The second step, with a passkey. As `give_code`; raises PasskeyGeweigerd."""
    stand = _take_challenge(request, halverwege.must_be_at(request, Stap.CODE))
    uitdaging = stand.uitdaging or {}
    return _finish(request, stand, lambda account: tweedestap.use_passkey(account, site, uitdaging, antwoord))


def ask_passkey(request: HttpRequest, site: Site) -> Vraag | None:
    """What to ask of the browser at the second step; None when this person has no passkey. Raises StapVerlopen."""
    stand = halverwege.must_be_at(request, Stap.CODE)
    vraag = tweedestap.ask_passkey(halverwege.account_of(stand), site)
    if vraag is not None:
        halverwege.keep(request, replace(stand, uitdaging=vraag.uitdaging))
    return vraag


def ask_new_passkey(request: HttpRequest, site: Site) -> Vraag:
    """What to ask of the browser for a first passkey. Raises StapVerlopen."""
    stand = halverwege.must_be_at(request, Stap.INRICHTEN)
    vraag = tweedestap.ask_new_passkey(halverwege.account_of(stand), site)
    halverwege.keep(request, replace(stand, uitdaging=vraag.uitdaging))
    return vraag


def kinds(request: HttpRequest) -> frozenset[AuthenticatorSoort]:
    """What the person at the second step has. Raises StapVerlopen."""
    account = halverwege.account_of(halverwege.must_be_at(request, Stap.CODE))
    soorten = account.authenticators.values_list("soort", flat=True)
    return frozenset(map(AuthenticatorSoort, soorten))


def _take_challenge(request: HttpRequest, stand: Halverwege) -> Halverwege:
    """With the challenge, which is out of the session from here on: an answer is judged once."""
    if stand.uitdaging is None:
        raise PasskeyGeweigerd("geen-vraag")
    halverwege.keep(request, replace(stand, uitdaging=None))
    return stand


def _set_up(request: HttpRequest, stand: Halverwege, add: Callable[[LokaalAccount], str]) -> str:
    with transaction.atomic():
        account = halverwege.account_of(stand, lock=True)
        spend_link(account, stand.uitnodiging)
        soort = add(account)
        codes = herstelcodes.replace_codes(account)
        _take_password(account, stand)
        noteren.note_account(account, "account.ingericht", soort=soort)
        pad = _log_in(request, account, soort, "")
    request.session[NIEUWE_CODES] = list(codes)
    return pad


def _finish(request: HttpRequest, stand: Halverwege, use: Callable[[LokaalAccount], str]) -> str:
    try:
        with transaction.atomic():
            account = halverwege.account_of(stand, lock=True)
            soort = use(account)
            if stand.uitnodiging:
                spend_link(account, stand.uitnodiging)
                _take_password(account, stand)
                noteren.note_account(account, "account.wachtwoord", link=True)
            return _log_in(request, account, soort, stand.terug)
    except (CodeOnjuist, PasskeyGeweigerd) as fout:
        noteren.note_refused(halverwege.account_of(stand), fout.reden)
        halverwege.count_error(request, replace(stand, uitdaging=None))
        raise


def _take_password(account: LokaalAccount, stand: Halverwege) -> None:
    """The password that was chosen counts from here on; whoever was logged in with the old one is so no more."""
    account.wachtwoord, account.wachtwoord_op = stand.wachtwoord, klok.nu()
    account.versie += 1
    account.save(update_fields=["wachtwoord", "wachtwoord_op", "versie"])
    logout_everywhere(medewerker_key(account.medewerker.subject))


def _log_in(request: HttpRequest, account: LokaalAccount, soort: str, terug: str) -> str:
    """In the transaction that holds the account: who ends their sessions meanwhile, ends this one too."""
    wie = get_medewerker(account.medewerker_id)
    actor = Actor(
        Soort.MEDEWERKER,
        medewerker_key(wie.subject),
        wie.naam,
        MIDDEL,
        soort,
        medewerker_id=wie.id,
        afdelingen=wie.afdelingen,
        rechten=wie.rechten,
        zaaktypen=wie.zaaktypen,
    )
    mislukt = noteren.count_refused(account, account.ingelogd_op) if account.ingelogd_op else 0
    LokaalAccount.objects.filter(pk=account.pk).update(ingelogd_op=klok.nu())
    pad = service.log_in(request, actor, terug=terug)
    _tell(request, account, mislukt, soort)
    return pad


def _tell(request: HttpRequest, account: LokaalAccount, mislukt: int, soort: str) -> None:
    """What the person should know on the first page: somebody tried to be them, or a recovery code is gone."""
    if mislukt:
        add_flash(
            request,
            "warning",
            f"Sinds u hier de vorige keer inlogde, is inloggen met uw account {mislukt} keer niet gelukt.",
            bewijs="Was u dat niet zelf?",
            linktekst="Wijzig dan uw wachtwoord",
            href=f"{ACCOUNT}wachtwoord/",
        )
    if soort == tweedestap.HERSTELCODE:
        over = account.herstelcodes.count()
        add_flash(
            request,
            "warning",
            f"U heeft ingelogd met een herstelcode. U heeft er nog {over}.",
            bewijs="Heeft u een nieuwe telefoon of sleutel?",
            linktekst="Voeg die toe bij Mijn account",
            href=ACCOUNT,
        )
