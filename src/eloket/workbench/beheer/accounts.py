"""The local account of a member: inviting, starting anew, withdrawing."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from eloket.identity import beheer
from eloket.identity.actor import actor_of
from eloket.identity.flash import add_flash, is_read
from eloket.identity.lokaal import uitnodigen
from eloket.identity.lokaal.herstart import list_judges
from eloket.identity.lokaal.instelling import is_on, must_be_on
from eloket.identity.lokaal.queries import find_account
from eloket.kernel.errors import NietToegestaan
from eloket.kernel.klok import schrijf_moment
from eloket.workbench.beheer.pagina import naar, toon

ONDERDEEL = "werkplek-beheer-medewerkers"
_LINK = "lokaal_link"  # in the session, until its page was shown: a link can be read once


def link_to_account(medewerker_id: int) -> Mapping[str, object]:
    """For the page of a member: the way to their local account, when there are any here."""
    if not is_on():
        return {}
    return {"zie_ook": ("Lokaal account", reverse("werkplek-beheer-account", args=[medewerker_id]))}


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, medewerker: str) -> HttpResponse:
    must_be_on()
    wie = beheer.get_rij(medewerker)
    if request.method == "POST":
        try:
            return _change(request, wie.id)
        except NietToegestaan as fout:
            return _show(request, wie, melding=fout.tekst, status=409)
    return _show(request, wie)


def _change(request: HttpRequest, medewerker_id: int) -> HttpResponse:
    actor, knop = actor_of(request), request.POST.get("knop", "")
    if knop == "intrekken":
        uitnodigen.withdraw(actor, medewerker_id)
        add_flash(request, "ok", "Het lokale account is ingetrokken. Deze medewerker is overal uitgelogd.")
    else:
        maak = uitnodigen.reset_second_step if knop == "opnieuw" else uitnodigen.invite
        pad = reverse("werkplek-uitnodiging", args=[maak(actor, medewerker_id)])
        request.session[_LINK] = {
            "medewerker": medewerker_id,
            "url": f"{settings.ELOKET.base_url.rstrip('/')}{pad}",
        }
    return naar("werkplek-beheer-account", str(medewerker_id))


def _show(
    request: HttpRequest, wie: beheer.Medewerkersrij, *, melding: str = "", status: int = 200
) -> HttpResponse:
    nu = find_account(wie.id)
    link = request.session.get(_LINK) or {}
    if link and is_read(request):
        del request.session[_LINK]
    regels = [("Inlognaam", wie.subject)]
    if nu is not None:
        regels += [
            (
                "Wachtwoord",
                f"gekozen op {schrijf_moment(nu.wachtwoord_op)}" if nu.wachtwoord_op else "nog niet gekozen",
            ),
            ("Tweede stap", ", ".join(een.soort.tekst for een in nu.authenticators) or "nog niet ingericht"),
            ("Herstelcodes over", str(nu.herstelcodes)),
            ("Laatst ingelogd", schrijf_moment(nu.ingelogd_op) if nu.ingelogd_op else "nog nooit"),
        ]
        if nu.wacht:
            regels.append(("Link", "werkt nog niet: iemand anders moet het eerst goedkeuren"))
        elif nu.uitgenodigd_tot:
            regels.append(("Link werkt tot", schrijf_moment(nu.uitgenodigd_tot)))
    context = {
        "wie": wie.naam,
        "account": nu,
        "regels": regels,
        "melding": melding,
        "is_eigen": wie.id == actor_of(request).medewerker_id,
        "mag": wie.is_actief and not beheer.managed_by_groups(wie),
        "keurders": list_judges(nu.gevraagd_door, wie.id) if nu is not None and nu.wacht else (),
        "link": link.get("url", "") if link.get("medewerker") == wie.id else "",
    }
    kruimels = [(wie.naam, reverse("werkplek-beheer-medewerker", args=[wie.id]))]
    antwoord = toon(
        request,
        "workbench/beheer/account.html",
        context,
        titel="Lokaal account",
        onderdeel=ONDERDEEL,
        kruimels=kruimels,
        status=status,
    )
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord
