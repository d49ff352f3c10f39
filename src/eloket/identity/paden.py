"""Where to go after logging in: only a path of our own site."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest

LOGIN_INWONER = "/inloggen/"
LOGIN_HOGER = "/inloggen/hoger/"
LOGIN_MEDEWERKER = "/werkplek/inloggen/"
START_INWONER = "/mijn/"
START_MEDEWERKER = "/werkplek/"
ACCOUNT = "/werkplek/account/"  # of a civil servant: password, second factor
CALLBACK = "/inloggen/terug/"
UITGELOGD = "/uitgelogd/"
UITLOGGEN_VERDER = "/uitloggen/verder/"
_LANGSTE = 1000


def veilig_pad(pad: str | None) -> str | None:
    """`pad` if it is a local path with an optional query, else None.

    Refused: another scheme or host, `//`, backslashes, and white space or control characters (browsers drop those
    and then read `/\\t/evil` as `//evil`).
    """
    if not pad or len(pad) > _LANGSTE or not pad.startswith("/"):
        return None
    if "\\" in pad or any(teken <= " " or teken == "\x7f" or not teken.isprintable() for teken in pad):
        return None
    try:
        delen = urlsplit(pad)
    except ValueError:
        return None
    if delen.scheme or delen.netloc or "//" in delen.path or not delen.path.startswith("/"):
        return None
    return pad


def login_url(login_pad: str, terug: str | None, zekerheid: str | None = None) -> str:
    """The login page, with the place to come back to when that is safe, and the level that is asked for there."""
    vraag = {"terug": veilig_pad(terug), "zekerheid": zekerheid}
    gegeven = {naam: waarde for naam, waarde in vraag.items() if waarde}
    return f"{login_pad}?{urlencode(gegeven)}" if gegeven else login_pad


def pad_van_referer(request: HttpRequest) -> str | None:
    """The local path of the page that this request came from, or None when it came from elsewhere."""
    try:
        delen = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    except ValueError:  # `http://[`
        return None
    if delen.netloc != request.get_host():
        return None
    return veilig_pad(delen.path + (f"?{delen.query}" if delen.query else ""))
