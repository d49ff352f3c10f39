"""A civil servant with a local account, as they go through the pages; and their app."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pyotp
from django.test import Client

from eloket.identity.lokaal import uitnodigen
from eloket.identity.lokaal.models import Authenticator, LokaalAccount
from eloket.identity.lokaal.totp import new_secret
from eloket.identity.lokaal.wachtwoord import make_hash
from eloket.identity.models import Medewerker
from eloket.identity.types import Actor, Recht
from eloket.kernel import klok

WACHTWOORD = "paard batterij nietje correct"
ANDER = "vier losse woorden op een rij"
INLOGGEN, TWEEDE = "/werkplek/inloggen/account/", "/werkplek/inloggen/tweede-stap/"
KIEZEN, INRICHTEN = "/werkplek/uitnodiging/wachtwoord/", "/werkplek/uitnodiging/tweede-stap/"
ACCOUNT = "/werkplek/account/"


def make_medewerker(
    subject: str = "m.jansen", naam: str = "Mila Jansen", rechten: tuple[Recht, ...] = (Recht.BEHANDELEN,)
) -> Medewerker:
    return Medewerker.objects.create(subject=subject, naam=naam, rechten=[een.value for een in rechten])


def make_account(actor: Actor) -> int:
    """A local account of this civil servant, with two authenticators; the id of the first."""
    account = LokaalAccount.objects.create(
        medewerker_id=actor.medewerker_id or 0,
        inlognaam="mila",
        wachtwoord=make_hash(WACHTWOORD),
        wachtwoord_op=klok.nu(),
    )
    rijen = [
        Authenticator.objects.create(
            account=account, soort="app", naam=naam, geheim=new_secret(), gemaakt=klok.nu()
        )
        for naam in ("Mijn telefoon", "Mijn tablet")
    ]
    return rijen[0].pk


def text(antwoord: Any) -> str:
    """What somebody reads on the page."""
    html: str = antwoord.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2]).split())


@dataclass
class Mens:
    """Somebody with a browser and, after `set_up`, an app with a secret and ten recovery codes."""

    wie: Medewerker
    browser: Client = field(default_factory=Client)
    wachtwoord: str = WACHTWOORD
    geheim: str = field(default="", repr=False)
    codes: tuple[str, ...] = ()

    @property
    def account(self) -> LokaalAccount:
        return LokaalAccount.objects.get(medewerker=self.wie)

    def code(self, later: int = 0) -> str:
        """What the app shows now, or so many seconds later."""
        return pyotp.TOTP(self.geheim).at(klok.nu() + timedelta(seconds=later))

    def open_link(self, token: str) -> Any:
        return self.browser.post(f"/werkplek/uitnodiging/{token}/")

    def choose(self, wachtwoord: str = "") -> Any:
        return self.browser.post(KIEZEN, {"wachtwoord_nieuw": wachtwoord or self.wachtwoord})

    def read_secret(self, pad: str = INRICHTEN) -> str:
        """As somebody types it over from the page."""
        html = self.browser.get(pad).content.decode()
        gevonden = re.search(r'<code class="pip-code"[^>]*>([A-Z2-7 ]+)</code>', html)
        assert gevonden, html
        return gevonden.group(1).replace(" ", "")

    def set_up(self, token: str = "") -> "Mens":
        """From the link to the werkplek. Then a minute passes for who calls: the first code is used."""
        self.open_link(token or uitnodigen.invite(None, self.wie.pk))
        self.choose()
        self.geheim = self.read_secret()
        klaar = self.browser.post(INRICHTEN, {"inlogcode": self.code(), "naam": "Mijn telefoon"})
        assert klaar.status_code == 303, text(klaar)
        html = self.browser.get(klaar["Location"]).content.decode()
        self.codes = tuple(re.findall(r'<code class="pip-code"[^>]*>([a-z2-9-]{14})</code>', html))
        return self

    def give_password(self, browser: Client | None = None, wachtwoord: str = "", **koppen: str) -> Any:
        velden = {"inlognaam": self.wie.subject, "wachtwoord": wachtwoord or self.wachtwoord}
        return (browser or self.browser).post(INLOGGEN, velden, headers=koppen)

    def give_code(self, browser: Client | None = None, code: str = "", **koppen: str) -> Any:
        return (browser or self.browser).post(TWEEDE, {"inlogcode": code or self.code()}, headers=koppen)


def is_in(browser: Client) -> bool:
    """Whether the werkplek opens."""
    return browser.get(ACCOUNT).status_code == 200


def audit(actie: str = "") -> list[tuple[str, str]]:
    """The lines of these acts, oldest first: act, and reason or kind."""
    from eloket.audit.models import AuditRegel  # noqa: PLC0415 - models exist only from here on

    rijen = AuditRegel.objects.order_by("pk").values_list("actie", "kenmerken")
    return [
        (wat, str(kenmerken.get("reden") or kenmerken.get("niveau") or kenmerken.get("soort") or ""))
        for wat, kenmerken in rijen
        if wat.startswith(actie or ("sessie.", "account."))
    ]
