"""Logging in again at a higher level, when a zaaktype or a form asks for one; then back to where the person was.

Which level something needs is for the municipality to say (Handreiking betrouwbaarheidsniveaus, Forum Standaardisatie).
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from eloket.identity import bewaard
from eloket.identity.actor import actor_to_dict, maybe_actor
from eloket.identity.errors import NiveauNodig
from eloket.identity.middel import Middel
from eloket.identity.middelen import get_middel, list_middelen
from eloket.identity.niveaus import Zekerheid, is_sure_enough
from eloket.identity.paden import LOGIN_HOGER, login_url, pad_van_referer
from eloket.identity.types import Actor


def must_be_sure(actor: Actor, nodig: Zekerheid | None) -> None:
    """Raises NiveauNodig for who logged in at a lower level. A civil servant logs in at the one of the werkplek."""
    if nodig and not actor.is_medewerker and not is_sure_enough(actor.zekerheid, nodig):
        raise NiveauNodig(nodig)


def hoger_url(zekerheid: Zekerheid, terug: str | None) -> str:
    """The page that asks to log in again."""
    return login_url(LOGIN_HOGER, terug, zekerheid)


def parse_zekerheid(waarde: str | None) -> Zekerheid | None:
    """None for what is no level."""
    return next((een for een in Zekerheid if een == waarde), None)


def to_higher(request: HttpRequest, fout: NiveauNodig) -> HttpResponse:
    """To the page that asks to log in again. What somebody typed waits for them there: the level can be too low all at
    once, when a session ended and they came back with less."""
    pad: str | None = request.get_full_path()
    if request.method == "POST":
        pad = bewaard.page_of(request)
        if actor := maybe_actor(request):
            bewaard.keep_for_higher(request, actor_to_dict(actor), pad)
            bewaard.keep_input(request)
    elif request.headers.get("HX-Request"):
        pad = pad_van_referer(request) or pad
    doel = hoger_url(fout.zekerheid, pad)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": doel})
    return HttpResponseRedirect(doel, status=303 if request.method == "POST" else 302)


def list_hogere(actor: Actor, nodig: Zekerheid) -> tuple[Middel, ...]:
    """With which means this person can log in at that level: the one they used first, and only means for people like
    them."""
    eigen = get_middel(actor.middel)
    if eigen is None:
        return ()
    anders = (een for een in list_middelen() if een.soort is eigen.soort and een.code != eigen.code)
    return tuple(een for een in (eigen, *anders) if een.lowest_for(nodig))
