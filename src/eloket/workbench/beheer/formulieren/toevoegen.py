"""Bringing a form, or its next version: a file, or the text itself. It waits for a second pair of eyes."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from eloket.documenten.upload import aangeboden
from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.errors import BeheerGewijzigd, BeheerOngeldig
from eloket.identity.flash import add_flash
from eloket.loket.beheer import MAX_BESTAND, upload_versie
from eloket.loket.formulier.lezen import FormulierOngeldig
from eloket.workbench.beheer.formulieren.views import ONDERDEEL
from eloket.workbench.beheer.pagina import naar, toon

_KIES = "Kies een bestand, of plak de tekst van het formulier."


@require_http_methods(["GET", "HEAD", "POST"])
def toevoegen(request: HttpRequest) -> HttpResponse:
    """`?naam=` is of a form that gets a next version. What was typed stays, whatever is wrong with it; of a file that
    was chosen, what stood in it."""
    if request.method != "POST":
        bewaard = take_input(request)
        naam = bewaard.get("naam") or request.GET.get("naam", "")
        return _pagina(request, str(naam)[:60], str(bewaard.get("tekst", "")))
    naam, tekst = request.POST.get("naam", "").strip(), request.POST.get("tekst", "").replace("\x00", "")
    gekozen = next(iter(aangeboden(request.FILES.getlist("bestand"))), None)
    if gekozen is not None and gekozen.omvang:
        if gekozen.omvang > MAX_BESTAND or gekozen.pad is None:
            return _pagina(
                request,
                naam,
                tekst,
                {"bestand": "Het bestand is te groot. Kies er een van hoogstens 100 kB."},
            )
        inhoud = gekozen.pad.read_bytes()
        naam = naam or gekozen.naam.rpartition("/")[2].removesuffix(".yaml").removesuffix(".yml")[:60]
        tekst = inhoud.decode("utf-8-sig", errors="replace").replace("\x00", "")
    else:
        inhoud = tekst.encode()
    if not inhoud.strip():
        return _pagina(request, naam, tekst, {"bestand": _KIES})
    return _keep(request, naam, tekst, inhoud)


def _keep(request: HttpRequest, naam: str, tekst: str, inhoud: bytes) -> HttpResponse:
    try:
        versie, is_nieuw = upload_versie(actor_of(request), naam, inhoud)
    except BeheerOngeldig as fout:
        return _pagina(request, naam, tekst, dict(fout.fouten))
    except BeheerGewijzigd as fout:
        return _pagina(request, naam, tekst, {"tekst": fout.tekst}, status=409)
    except FormulierOngeldig as fout:
        return _pagina(request, naam, tekst, {"tekst": "Verbeter het formulier."}, fout.fouten)
    if is_nieuw:
        add_flash(
            request, "ok", f"Versie {versie} is toegevoegd. Een collega bekijkt en publiceert de versie."
        )
    else:
        add_flash(request, "info", f"Deze tekst is al versie {versie}. Er is niets toegevoegd.")
    return naar("werkplek-beheer-formulier", naam)


def _pagina(
    request: HttpRequest,
    naam: str,
    tekst: str,
    fouten: dict[str, str] | None = None,
    regels: tuple[str, ...] = (),
    *,
    status: int = 422,
) -> HttpResponse:
    context = {
        "naam": naam,
        "tekst": tekst,
        "fouten": fouten or {},
        "regels": regels,
        "pad": reverse("werkplek-beheer-formulier-toevoegen"),
    }
    return toon(
        request,
        "workbench/beheer/formulieren/toevoegen.html",
        context,
        titel="Formulier toevoegen",
        onderdeel=ONDERDEEL,
        status=status if fouten else 200,
    )
