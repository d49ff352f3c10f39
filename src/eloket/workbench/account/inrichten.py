"""Setting up a second factor: the picture for an app, and the question for a passkey. For an invitation, and later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from eloket.identity.errors import LoginFout
from eloket.identity.lokaal import totp
from eloket.identity.lokaal.errors import AuthenticatorOngeldig, CodeOnjuist
from eloket.identity.lokaal.tweedestap import MAX_NAAM
from eloket.identity.lokaal.webauthn import Vraag
from eloket.identity.pagina import render_pagina
from eloket.workbench.account.pagina import toon
from eloket.workbench.menu import DEEL


@dataclass(frozen=True, slots=True)
class Inrichting:
    """`geheim` is what the app is told, `vraag` what the browser is asked for a passkey (None: it cannot be here)."""

    geheim: str = field(repr=False)
    inlognaam: str = field(repr=False)
    vraag: Vraag | None
    fout: LoginFout | AuthenticatorOngeldig | None
    getypt: Mapping[str, Any]


def show_setup(request: HttpRequest, inrichting: Inrichting, *, titel: str = "") -> HttpResponse:
    """The page; with a `titel` that of somebody who is logged in."""
    fout = inrichting.fout
    uri = totp.write_uri(inrichting.geheim, inlognaam=inrichting.inlognaam, gemeente=settings.ELOKET.gemeente)
    context = {
        "qr": Markup(totp.draw_qr(uri)),  # noqa: S704 - drawn by us, and holds no text
        "geheim": totp.write_secret(inrichting.geheim),
        "vraag": inrichting.vraag,
        "fout": fout.tekst if fout and not isinstance(fout, CodeOnjuist) else "",
        "fouten": {"inlogcode": fout.tekst} if isinstance(fout, CodeOnjuist) else {},
        "naam": str(inrichting.getypt.get("naam", ""))[:MAX_NAAM],
        "max_naam": MAX_NAAM,
    }
    status = 422 if fout else 200
    if titel:
        return toon(request, "workbench/account/toevoegen.html", context, titel=titel, status=status)
    return render_pagina(request, "workbench/inloggen/inrichten.html", context, deel=DEEL, status=status)
