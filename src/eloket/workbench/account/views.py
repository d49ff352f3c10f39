from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eloket.identity.actor import actor_of
from eloket.identity.flash import add_flash
from eloket.identity.lokaal import account as eigen
from eloket.identity.lokaal.errors import TeVaakGeprobeerd, WachtwoordOngeldig, WachtwoordOnjuist
from eloket.identity.lokaal.instelling import is_on
from eloket.identity.lokaal.queries import find_account
from eloket.identity.lokaal.wachtwoord import KORTSTE
from eloket.identity.paden import veilig_pad
from eloket.identity.sessie import count_elsewhere
from eloket.workbench.account.pagina import OVERZICHT, toon
from eloket.workbench.account.zeker import confirm
from eloket.workbench.herstart.weergave import list_eigen
from eloket.workbench.inloggen.browser import plek_of


@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """Also for who logs in elsewhere: they have sessions here."""
    actor = actor_of(request)
    account = find_account(actor.medewerker_id) if is_on() else None
    if account is not None and not account.heeft_wachtwoord:
        account = None
    authenticators = account.authenticators if account else ()
    context = {
        "account": account,
        "weg": {een.id: reverse("werkplek-account-weghalen", args=[een.id]) for een in authenticators},
        "elders": count_elsewhere(actor.key, request.session),
        "naam": actor.persoon,
        "herstarts": list_eigen(actor),
    }
    return toon(request, "workbench/account/overzicht.html", context, titel="Mijn account")


@sensitive_post_parameters("wachtwoord_oud", "wachtwoord_nieuw")
@require_http_methods(["GET", "HEAD", "POST"])
def wachtwoord(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    eigen.version_of(actor)
    fouten: dict[str, str] = {}
    wacht = 0
    if request.method == "POST":
        try:
            eigen.change_password(
                actor,
                request.session,
                oud=request.POST.get("wachtwoord_oud", ""),
                nieuw=request.POST.get("wachtwoord_nieuw", ""),
                plek=plek_of(request),
            )
        except (WachtwoordOnjuist, TeVaakGeprobeerd) as fout:
            fouten = {"wachtwoord_oud": fout.tekst}
            wacht = fout.wacht if isinstance(fout, TeVaakGeprobeerd) else 0
        except WachtwoordOngeldig as fout:
            fouten = {"wachtwoord_nieuw": fout.tekst}
        else:
            tekst = "Uw wachtwoord is gewijzigd. Was u ook ergens anders ingelogd? Daar bent u nu uitgelogd."
            add_flash(request, "ok", tekst)
            return HttpResponseRedirect(reverse(OVERZICHT), status=303)
    return _form(
        request,
        "workbench/account/wachtwoord.html",
        {"fouten": fouten, "kortste": KORTSTE},
        titel="Wachtwoord wijzigen",
        wacht=wacht,
    )


@sensitive_post_parameters("wachtwoord")
@require_http_methods(["GET", "HEAD", "POST"])
def bevestigen(request: HttpRequest) -> HttpResponse:
    """The password again, and then on to `terug`, which is a page of Mijn account."""
    actor = actor_of(request)
    eigen.version_of(actor)
    begin = reverse(OVERZICHT)
    gevraagd = veilig_pad((request.POST if request.method == "POST" else request.GET).get("terug")) or begin
    terug = gevraagd if gevraagd.startswith(begin) else begin
    fouten: dict[str, str] = {}
    wacht = 0
    if request.method == "POST":
        try:
            confirm(
                request, eigen.check_password(actor, request.POST.get("wachtwoord", ""), plek_of(request))
            )
        except (WachtwoordOnjuist, TeVaakGeprobeerd) as fout:
            fouten = {"wachtwoord": fout.tekst}
            wacht = fout.wacht if isinstance(fout, TeVaakGeprobeerd) else 0
        else:
            return HttpResponseRedirect(terug, status=303)
    return _form(
        request,
        "workbench/account/bevestigen.html",
        {"fouten": fouten, "terug": terug},
        titel="Vul uw wachtwoord in",
        wacht=wacht,
    )


@require_POST
def elders(request: HttpRequest) -> HttpResponse:
    """End what is open elsewhere."""
    aantal = eigen.end_elsewhere(actor_of(request), request.session)
    tekst = "U bent overal anders uitgelogd." if aantal else "U was nergens anders ingelogd."
    add_flash(request, "ok", tekst)
    return HttpResponseRedirect(reverse(OVERZICHT), status=303)


def _form(
    request: HttpRequest, template: str, context: dict[str, object], *, titel: str, wacht: int
) -> HttpResponse:
    status = 429 if wacht else 422 if context["fouten"] else 200
    antwoord = toon(request, template, context, titel=titel, status=status)
    if wacht:
        antwoord.headers["Retry-After"] = str(wacht)
    return antwoord
