"""Logging out at the login provider too, and being told by it that somebody logged out there.

OpenID Connect RP-Initiated Logout 1.0 and Back-Channel Logout 1.0. The ID token that tells the provider who logs out
holds the BSN: it goes in the body of a form, never in an address (facts/login.md).
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from eloket.audit import service as audit
from eloket.identity import provider
from eloket.identity.errors import LoginFout
from eloket.identity.headers import make_csp
from eloket.identity.middel import Middel
from eloket.identity.middelen import get_middel, list_middelen
from eloket.identity.models import Sessie
from eloket.identity.oidc import Antwoord
from eloket.identity.paden import UITGELOGD
from eloket.kernel import klok
from eloket.kernel.crypto import vault

logger = logging.getLogger(__name__)
_UIT = "uitloggen"
WERKPLEK = "werkplek"  # the `state` that comes back with a civil servant
_SPELING = timedelta(seconds=60)  # that the clock of a provider may be behind ours
_GELDIG = timedelta(minutes=5)  # to go on to the provider: what is sent there holds the BSN


@dataclass(frozen=True, slots=True)
class Aanmelding:
    """The session that somebody has at a login provider. Lives in their own (encrypted) session.

    `id_token` tells the provider who logs out: an ID token, or with SAML the name (NameID) that it gave. The keys are
    keyed hashes of its names for the session and the person.
    """

    middel: str
    id_token: str = field(repr=False)
    sid_key: str
    sub_key: str

    @classmethod
    def of(cls, middel: Middel, antwoord: Antwoord) -> "Aanmelding":
        sid = antwoord.claims.get("sid")
        return cls(
            middel=middel.code,
            id_token=antwoord.id_token,
            sid_key=sid_key(middel, sid) if isinstance(sid, str) else "",
            sub_key=sub_key(middel, str(antwoord.claims["sub"])),
        )

    @classmethod
    def of_saml(cls, middel: Middel, naam_id: str) -> "Aanmelding":
        return cls(middel.code, naam_id, sid_key="", sub_key=sub_key(middel, naam_id))

    @classmethod
    def from_dict(cls, bewaard: Mapping[str, str] | None) -> "Aanmelding | None":
        return cls(**bewaard) if bewaard else None

    def to_dict(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Bestemming:
    """Where a form goes to a login provider, and what is in it: to log out there, or in (identity.saml)."""

    middel: Middel
    url: str
    velden: Mapping[str, str] = field(repr=False)

    @property
    def csp(self) -> str:
        """The policy of the page with that form. A browser holds every redirect after a form to it as well, and behind
        a broker stands DigiD or eHerkenning: so any address with TLS.
        """
        delen = urlsplit(self.url)
        return make_csp(settings.ELOKET.kaart_tegels).replace(
            "form-action 'self'", f"form-action 'self' {delen.scheme}://{delen.netloc} https:"
        )


def sid_key(middel: Middel, sid: str) -> str:
    return _key("aanbieder-sid", _client_of(middel), sid)


def sub_key(middel: Middel, sub: str) -> str:
    return _key("aanbieder-sub", _client_of(middel), sub)


def _key(soort: str, client: str, waarde: str) -> str:
    return vault().keyed_hash(soort, f"{client}:{waarde}") if waarde else ""


def _client_of(middel: Middel) -> str:
    """Of whom a session at the provider is: our client there. Several means may share one (a broker that chooses by
    `acr_values`), and a client has one address for messages, which name no means."""
    return middel.code if middel.saml else json.dumps([middel.issuer, middel.client_id])


def _keys(middel: Middel, soort: str, waarde: str) -> set[str]:
    """By what its sessions are found. Those of before 2026-11-28 have the code of their means, for eight hours."""
    client = _client_of(middel)
    codes = {een.code for een in list_middelen() if _client_of(een) == client}
    return {_key(soort, deel, waarde) for deel in {client, *codes}}


def keep_for_provider(request: HttpRequest, aanmelding: Aanmelding, *, is_medewerker: bool) -> None:
    """Remember for the next page whom the provider still has to log out. The session of nobody: until they are back,
    and for a few minutes at most, because who sits down here next can read that page too."""
    request.session[_UIT] = {
        "middel": aanmelding.middel,
        "id_token": aanmelding.id_token,
        "state": WERKPLEK if is_medewerker else "",
        "tot": (klok.nu() + _GELDIG).timestamp(),
    }


def forget_for_provider(request: HttpRequest) -> None:
    """They are back, or did not go, or went too late. What somebody began here meanwhile without a login stays."""
    if request.session.pop(_UIT, None) is not None and not request.session.keys():
        request.session.flush()


def find_destination(request: HttpRequest) -> Bestemming | None:
    """Where to log out at the provider; None when nobody just logged out here, or the provider offers nothing of the
    kind or does not answer. Never raises: who logs out is logged out here already.
    """
    bewaard = request.session.get(_UIT)
    if bewaard and bewaard["tot"] < klok.nu().timestamp():
        forget_for_provider(request)
        return None
    middel = get_middel(bewaard["middel"]) if bewaard else None
    if bewaard is None or middel is None:
        return None
    try:
        if middel.saml is not None:
            # Here and not above: it needs the extra, which is there with such a means.
            from eloket.identity.saml.uitloggen import make_form  # noqa: PLC0415

            formulier = make_form(middel, bewaard["id_token"])
            return Bestemming(middel, *formulier) if formulier else None
        url = provider.configuration(middel).get("end_session_endpoint")
    except LoginFout as fout:
        logger.warning("uitloggen bij %s lukt niet: %s (%s)", middel.code, fout.code, fout.reden or "-")
        return None
    if not url:
        return None
    velden = {
        "id_token_hint": bewaard["id_token"],
        "client_id": middel.client_id,
        "post_logout_redirect_uri": f"{settings.ELOKET.base_url.rstrip('/')}{UITGELOGD}",
        "ui_locales": "nl",
    }
    return Bestemming(middel, str(url), velden | ({"state": WERKPLEK} if bewaard["state"] else {}))


def end_by_provider(middel: Middel, *, sid: str, sub: str, moment: datetime) -> int:
    """End the sessions that began before the provider said, at `moment`, that this session (or, without one, this
    person) logged out there; returns how many. An old message that is sent again ends nothing that began after it.
    """
    if not (sid or sub):
        return 0
    gezocht: dict[str, Any] = (
        {"aanbieder_sid__in": _keys(middel, "aanbieder-sid", sid)}
        if sid
        else {"aanbieder_sub__in": _keys(middel, "aanbieder-sub", sub)}
    )
    with transaction.atomic():
        rijen = Sessie.objects.select_for_update().filter(**gezocht, begin__lte=moment + _SPELING)
        gevonden = dict(rijen.values_list("pk", "actor_key"))
        Sessie.objects.filter(pk__in=gevonden).delete()
        for actor_key in gevonden.values():
            audit.record(
                actor_soort="inlogdienst",
                actor_key=actor_key,
                actie="sessie.beeindigd",
                object_ref="",
                middel=middel.code,
            )
    return len(gevonden)
