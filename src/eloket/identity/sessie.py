"""The server-side session: only an id in the cookie, contents encrypted, ended everywhere at once.

A session of a logged-in person ends after 15 minutes without a request and in any case after 8 hours (DigiD
checklist testen; facts/login.md). To spare writes the moment of the last request is renewed only when it is
older than 30 seconds, so in practice a session ends between 14:30 and 15:00 after the last request.
An anonymous session (a login under way, kept input) lasts one hour.
"""

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from cryptography.fernet import InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.db.models import QuerySet

from eloket.identity.models import Sessie
from eloket.identity.samenloop import BLIJFT, INVOER, VOORTZETTING, merge
from eloket.kernel import klok
from eloket.kernel.crypto import keten, renew

INACTIEF = timedelta(minutes=15)
MAXIMUM = timedelta(hours=8)
ANONIEM = timedelta(hours=1)
VERNIEUWEN = timedelta(seconds=30)
NALATEN = timedelta(hours=24)  # how long an ended session can still be recognised as such

ACTOR = "actor"
AANMELDING = "aanmelding"  # where the person logged in (identity.uitloggen)


def wie_van(actor: dict[str, Any]) -> str:
    """The same person acting for the same party: what a continuation after an ended session demands.

    The hash of the acting person alone is not enough: a bookkeeper may act for two businesses.
    """
    partij = actor.get("partij") or {}
    delen = [actor["soort"], actor["key"], partij.get("key", ""), partij.get("vestiging_key", "")]
    return hashlib.sha256("|".join(delen).encode()).hexdigest()


def _what_waits(inhoud: dict[str, Any], *, is_maximum: bool) -> dict[str, Any]:
    """What the next session in this browser begins with, when time ended the one with these contents: what its person
    finds again (identity.bewaard). With what waited there already: who goes to log in at a higher level may be away
    longer than a session lasts. {} when nobody was logged in.
    """
    actor, nu = inhoud.get(ACTOR), klok.nu()
    if not actor:
        return {}
    vorige = inhoud.get(VOORTZETTING) or {}
    if vorige and (vorige["wie"] != wie_van(actor) or vorige["tot"] <= nu.timestamp()):
        vorige = {}
    wachtend = {
        "wie": wie_van(actor),
        "key": actor["key"],
        "maximum": is_maximum,
        "pad": vorige.get("pad", ""),
        "invoer": {**inhoud.get(INVOER, {}), **vorige.get("invoer", {})},
        "blijft": inhoud.get(BLIJFT, {}),
        "tot": (nu + ANONIEM).timestamp(),
    }
    return {VOORTZETTING: wachtend}


def _whose(inhoud: dict[str, Any]) -> str:
    return wie_van(inhoud[ACTOR]) if inhoud.get(ACTOR) else ""


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()


@lru_cache(maxsize=4)
def _fernet(geheimen: tuple[str, ...]) -> MultiFernet:
    return keten(geheimen, "eloket/sessie")


def renew_inhoud(tekst: str) -> str | None:
    """The same contents under the newest secret; None when they are already. Raises OntsleutelenMislukt."""
    geheimen = settings.ELOKET.secrets
    return renew(tekst, _fernet(geheimen), _fernet(geheimen[:1]))


class SessionStore(SessionBase):
    """`request.session`. Loads with one query, on first use; writes only when something changed, and then only that:
    it reads once more when another request wrote meanwhile.
    """

    is_loaded = False

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._begin: datetime | None = None
        self._verloopt: datetime | None = None
        self._verlopen: str | None = None
        self._oude_sleutel: str | None = None
        self._gelezen = ("", "{}")  # the row as this request knows it: its text, and what that says

    # --- reading ---

    def load(self) -> dict[str, Any]:
        sleutel = _hash(self.session_key or "")
        rij = Sessie.objects.filter(pk=sleutel).values_list("inhoud", "begin", "verloopt").first()
        self.is_loaded = True  # not before: a database that is away does not end a session
        inhoud = self._ontsleutel(rij[0]) if rij else None
        if rij is None or inhoud is None:
            self._session_key = None
            return {}
        _, begin, verloopt = rij
        if verloopt <= klok.nu():
            self._session_key = None
            self._oude_sleutel = sleutel
            if actor := inhoud.get(ACTOR):
                self._verlopen = actor["key"]
            return _what_waits(inhoud, is_maximum=verloopt >= begin + MAXIMUM)
        self._begin, self._verloopt = begin, verloopt
        self._gelezen = (rij[0], json.dumps(inhoud))
        return inhoud

    def _read(self) -> None:
        """Load, when this request did not yet; there may be no session."""
        self._get_session()  # type: ignore[attr-defined]  # Django's own hook

    def _ontsleutel(self, tekst: str) -> dict[str, Any] | None:
        try:
            inhoud = json.loads(_fernet(settings.ELOKET.secrets).decrypt(tekst.encode()))
        except (InvalidToken, ValueError):
            return None  # made with a secret that was withdrawn: the same as no session
        return inhoud if isinstance(inhoud, dict) else None

    def exists(self, session_key: str) -> bool:
        return Sessie.objects.filter(pk=_hash(session_key), verloopt__gt=klok.nu()).exists()

    # --- writing ---

    def _get_new_session_key(self) -> str:
        return secrets.token_urlsafe(32)

    def create(self) -> None:
        self._session_key = self._get_new_session_key()
        self._begin = None
        self.save(must_create=True)
        self.modified = True

    def cycle_key(self) -> None:
        """A new id for the same session; its 8 hours go on. Raises UpdateError when it was ended meanwhile: what it
        held is never brought back. The row itself moves, so that who ends this session at the same moment ends the
        moved one: a new row beside it would be missed.
        """
        self._read()
        if self.session_key is None:
            self.create()
            return
        nieuw = self._get_new_session_key()
        if not Sessie.objects.filter(pk=_hash(self.session_key)).update(sleutel=_hash(nieuw)):
            raise UpdateError
        self._session_key = nieuw
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Writes what this request changed. Raises UpdateError when the session was ended meanwhile: it is never
        brought back.
        """
        if self.session_key is None:
            self.create()
            return
        self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # Django's own hook
        sleutel = _hash(self.session_key)
        if must_create:
            geschreven, velden = self._velden()
            Sessie.objects.create(pk=sleutel, **velden)
            if self._oude_sleutel:
                Sessie.objects.filter(pk=self._oude_sleutel).delete()
                self._oude_sleutel = None
        else:
            geschreven = self._update(Sessie.objects.filter(pk=sleutel))
        self._gelezen = geschreven

    def _update(self, rij: QuerySet[Sessie]) -> tuple[str, str]:
        """The text is its own version: encrypted anew, it is never the same twice. So it costs a query only when
        another request wrote meanwhile, and no lock: whoever comes second merges.
        """
        while True:
            geschreven, velden = self._velden()
            if rij.filter(inhoud=self._gelezen[0]).update(**velden):
                return geschreven
            self._merge(rij.values_list("inhoud", flat=True).first())

    def _merge(self, tekst: str | None) -> None:
        """Take over what another request wrote. Raises UpdateError when there is no session, or it is of another."""
        hun = self._ontsleutel(tekst) if tekst else None
        basis = json.loads(self._gelezen[1])
        if tekst is None or hun is None or _whose(hun) != _whose(basis):
            raise UpdateError
        mijn = json.loads(json.dumps(self._session))  # type: ignore[attr-defined]  # Django's own property
        self._session_cache = merge(basis, mijn, hun)
        self._gelezen = (tekst, json.dumps(hun))

    def _velden(self) -> tuple[tuple[str, str], dict[str, Any]]:
        """The contents as text, encrypted and plain, and all fields of the row."""
        inhoud: dict[str, Any] = self._session  # type: ignore[attr-defined]  # Django's own property
        nu = klok.nu()
        if self._begin is None:
            self._begin = nu
        self._verloopt = self._nieuw_einde(nu)
        gewoon = json.dumps(inhoud)
        tekst = _fernet(settings.ELOKET.secrets).encrypt(gewoon.encode()).decode("ascii")
        return (tekst, gewoon), {
            "inhoud": tekst,
            "begin": self._begin,
            "verloopt": self._verloopt,
            "actor_key": self._actor_key(inhoud),
            "aanbieder_sid": inhoud.get(AANMELDING, {}).get("sid_key", ""),
            "aanbieder_sub": inhoud.get(AANMELDING, {}).get("sub_key", ""),
        }

    @staticmethod
    def _actor_key(inhoud: dict[str, Any]) -> str:
        drager = inhoud.get(ACTOR) or inhoud.get(VOORTZETTING) or {}
        return str(drager.get("key", ""))

    def _nieuw_einde(self, nu: datetime) -> datetime:
        begin = self._begin or nu
        if ACTOR not in self._session:  # type: ignore[attr-defined]  # Django's own property
            return nu + ANONIEM
        return min(nu + INACTIEF, begin + MAXIMUM)

    def touch(self) -> None:
        """Somebody is still here: renew the end, at most every 30 seconds. No query otherwise."""
        if ACTOR not in self or self.session_key is None or self._verloopt is None:
            return
        einde = self._nieuw_einde(klok.nu())
        if einde - self._verloopt >= VERNIEUWEN:
            Sessie.objects.filter(pk=_hash(self.session_key)).update(verloopt=einde)
            self._verloopt = einde

    # What the row says beside the contents. Each reads it first, as the contents do: the answer never depends on what
    # the same request asked before.

    @property
    def begin(self) -> datetime | None:
        """When this session began: for who is logged in, when they did."""
        self._read()
        return self._begin

    @property
    def verlopen(self) -> str | None:
        """The key of whose session it was, when time ended it."""
        self._read()
        return self._verlopen

    @property
    def resterend(self) -> int:
        """Seconds until this session ends without a further request."""
        self._read()
        return max(0, int((self._verloopt - klok.nu()).total_seconds())) if self._verloopt else 0

    def delete(self, session_key: str | None = None) -> None:
        sleutel = session_key or self.session_key
        if sleutel is not None:
            Sessie.objects.filter(pk=_hash(sleutel)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        purge_sessies(klok.nu())


def purge_sessies(now: datetime) -> int:
    """Remove the rows of sessions that ended more than a day ago; returns how many. For the worker."""
    return Sessie.objects.filter(verloopt__lt=now - NALATEN).delete()[0]


def logout_elsewhere(actor_key: str, sessie: SessionBase) -> int:
    """End every other session of this person at once; returns how many."""
    hier = _hash(sessie.session_key or "")
    return Sessie.objects.filter(actor_key=actor_key).exclude(pk=hier).delete()[0] if actor_key else 0


def count_elsewhere(actor_key: str, sessie: SessionBase) -> int:
    """How many other sessions of this person are open."""
    hier = _hash(sessie.session_key or "")
    return Sessie.objects.filter(actor_key=actor_key, verloopt__gt=klok.nu()).exclude(pk=hier).count()


def logout_everywhere(actor_key: str) -> int:
    """End every session of this person at once, kept input included; returns how many."""
    return Sessie.objects.filter(actor_key=actor_key).delete()[0] if actor_key else 0
