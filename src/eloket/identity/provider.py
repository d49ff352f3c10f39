"""The back-channel to a login provider: its configuration and keys, fetched with a time-out and kept ten minutes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

import requests
from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests.adapters import BaseAdapter
from requests.exceptions import RequestException

from eloket.identity.errors import LoginMislukt, LoginNietBereikbaar
from eloket.identity.middel import Middel
from eloket.kernel import klok
from eloket.kernel.uitgaand import BewaakteAdapter, Grenzen

TIMEOUT = 5  # seconds, to connect and to read
_GELDIG = timedelta(minutes=10)
_VERVERSEN = timedelta(seconds=30)  # unknown keys make us fetch again at most this often
_NODIG = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_OOK = ("userinfo_endpoint", "end_session_endpoint")  # not every provider has these

_slot = Lock()
_bewaard: dict[str, tuple[datetime, dict[str, Any]]] = {}
_adapter: BaseAdapter | None = None


def use_adapter(adapter: BaseAdapter | None) -> None:
    """Send the back-channel through this adapter instead of the network (tests), and forget what was kept."""
    global _adapter  # noqa: PLW0603 - one per process, set by tests only
    _adapter = adapter
    with _slot:
        _bewaard.clear()


def prepare(client: requests.Session, middel: Middel) -> None:
    """Common settings of every call to this provider: within bounds (kernel.uitgaand)."""
    eloket = settings.ELOKET
    grenzen = Grenzen(frozenset(map(str.casefold, eloket.interne_hosts)), is_proef=eloket.is_demo)
    for begin in ("http://", "https://"):
        client.mount(begin, BewaakteAdapter(grenzen))
    if middel.is_simulatie:
        client.trust_env = False  # it is this very server: never through a proxy
    if _adapter is not None:
        client.mount("http://", _adapter)
        client.mount("https://", _adapter)


def configuration(middel: Middel) -> dict[str, Any]:
    """The provider's discovery document. Raises LoginNietBereikbaar, and LoginMislukt when it is not this issuer's."""
    url = f"{middel.issuer.rstrip('/')}/.well-known/openid-configuration"
    gevonden = _kept(middel, url)
    if gevonden.get("issuer") != middel.issuer:
        raise LoginMislukt("discovery-issuer")
    for naam in (*_NODIG, *_OOK):
        adres = gevonden.get(naam)
        if adres is None and naam not in _NODIG:
            continue
        if not isinstance(adres, str) or not adres.startswith(
            ("https://", "http://") if settings.ELOKET.is_demo else "https://"
        ):
            raise LoginMislukt(f"discovery-{naam}")
    return gevonden


def keys(middel: Middel, *, refresh: bool = False) -> KeySet:
    """The provider's public signing keys. Symmetric keys are left out: nobody signs with a published secret."""
    document = _kept(middel, configuration(middel)["jwks_uri"], refresh=refresh)
    sleutels = [
        sleutel
        for sleutel in document.get("keys") or []
        if isinstance(sleutel, dict)
        and sleutel.get("kty") in {"EC", "RSA"}
        and sleutel.get("use", "sig") == "sig"
    ]
    try:
        return KeySet.import_key_set({"keys": sleutels})
    except (JoseError, ValueError) as error:
        raise LoginMislukt("jwks") from error


def may_refresh_keys(middel: Middel) -> bool:
    """Whether the kept keys are old enough to fetch them again for one unknown key."""
    op = _bewaard.get(configuration(middel)["jwks_uri"])
    return op is None or klok.nu() - op[0] > _VERVERSEN


def _kept(middel: Middel, url: str, *, refresh: bool = False) -> dict[str, Any]:
    with _slot:
        op = _bewaard.get(url)
    if op and not refresh and klok.nu() - op[0] < _GELDIG:
        return op[1]
    document = get_json(middel, url)
    with _slot:
        _bewaard[url] = (klok.nu(), document)
    return document


def get_json(middel: Middel, url: str, *, bearer: str = "") -> dict[str, Any]:
    """One GET that must give a JSON object. Raises LoginNietBereikbaar."""
    headers: Mapping[str, str] = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    try:
        with requests.Session() as client:
            prepare(client, middel)
            antwoord = client.get(url, headers=headers, timeout=TIMEOUT, allow_redirects=False)
            antwoord.raise_for_status()
            inhoud = antwoord.json() if antwoord.status_code == 200 else None
    except RequestException as error:
        raise LoginNietBereikbaar("http") from error
    if not isinstance(inhoud, dict):
        raise LoginNietBereikbaar("geen-json-object")
    return inhoud
