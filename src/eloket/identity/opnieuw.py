"""What was typed in a form that ran into a disturbance, so that its page can offer to send it again (house rule 4).

Nothing is stored: the text goes back to the browser that sent it. Only after the CSRF check: another site cannot make
us show a form of its making.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from eloket.identity.bewaard import GEHEIM, NIET_GETYPT, is_file_dropped, page_of
from eloket.identity.partijmerk import VELD, merken_of

_EIGEN = frozenset({"csrfmiddlewaretoken", VELD})  # the page that gives it back makes these


@dataclass(frozen=True, slots=True)
class Opnieuw:
    """`velden` are all fields as they came, `teksten` what a person typed in them. A file cannot be given back: with
    one, there is only a way `terug` to its form. Without an `actie` it can only be read."""

    actie: str
    terug: str
    velden: tuple[tuple[str, str], ...] = field(repr=False)
    teksten: tuple[str, ...] = field(repr=False)
    heeft_bestanden: bool
    inloggen: str = ""  # where to log in first, when that is what is missing
    voor: str = (
        ""  # for whom it was filled in, when that is another party than `nu`, for whom one is logged in
    )
    nu: str = ""
    merk: str = field(default="", repr=False)  # of whom the form is (identity.partijmerk), as it came


def read_opnieuw(request: HttpRequest) -> Opnieuw | None:
    """What can be sent again; None when this was no form, was not checked, or could not be read."""
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return None
    try:
        if GEHEIM & request.POST.keys():
            return None  # a password or a code never stands in a page
        velden = _velden(request)
        heeft_bestanden = bool(request.FILES) or is_file_dropped(request)
    except (SuspiciousOperation, UnreadablePostError, MultiPartParserError):
        return None
    merken = merken_of(request.POST)
    teksten = tuple(waarde for naam, waarde in velden if naam not in NIET_GETYPT and waarde.strip())
    return Opnieuw(
        actie=request.get_full_path(),
        terug=page_of(request),
        velden=velden,
        teksten=teksten,
        heeft_bestanden=heeft_bestanden,
        merk=merken[0] if len(merken) == 1 else "",
    )


def _velden(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    post: Mapping[str, list[str]] = dict(request.POST.lists())
    return tuple((naam, waarde) for naam, lijst in post.items() if naam not in _EIGEN for waarde in lijst)
