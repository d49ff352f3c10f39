"""A login that failed, by whatever protocol: back to the login page, which says why."""

import logging

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from eloket.identity.actor import maybe_actor
from eloket.identity.errors import LoginFout, LoginGeannuleerd, LoginMislukt, LoginNietBereikbaar
from eloket.identity.flash import add_flash
from eloket.identity.hoger import hoger_url
from eloket.identity.middel import Middel
from eloket.identity.niveaus import Zekerheid
from eloket.identity.paden import LOGIN_INWONER, LOGIN_MEDEWERKER, login_url

logger = logging.getLogger(__name__)
# Who logs in at a higher level and does not get there, is still logged in.
_HOGER_TEKSTEN: dict[type[LoginFout], str] = {
    LoginGeannuleerd: "U heeft het inloggen gestopt. U bent nog ingelogd zoals u was.",
    LoginMislukt: "Inloggen is niet gelukt. U bent nog ingelogd zoals u was. Probeer het opnieuw.",
    LoginNietBereikbaar: (
        "De inlogdienst werkt nu niet. U bent nog ingelogd zoals u was. Dat het niet lukt, ligt niet aan u. "
        "Probeer het over een paar minuten opnieuw."
    ),
}


def back_to_login(
    request: HttpRequest,
    fout: LoginFout,
    middel: Middel | None,
    terug: str | None,
    nodig: Zekerheid | None = None,
) -> HttpResponse:
    """The login page, which says what went wrong. The log has a word of ours, and nothing that a provider sent."""
    logger.warning(
        "inloggen: %s (%s) middel %s", fout.code, fout.reden or "-", middel.code if middel else "-"
    )
    if nodig and maybe_actor(request):  # still logged in as before: only the higher level did not come
        add_flash(request, fout.soort, _HOGER_TEKSTEN.get(type(fout), fout.tekst))
        return HttpResponseRedirect(hoger_url(nodig, terug))
    add_flash(request, fout.soort, fout.tekst)
    login_pad = LOGIN_MEDEWERKER if middel and middel.is_voor_medewerkers else LOGIN_INWONER
    return HttpResponseRedirect(login_url(login_pad, terug, nodig))
