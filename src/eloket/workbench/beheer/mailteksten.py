"""What mails say, in both languages: a municipality words them, and sees the mail before it keeps the text."""

from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eloket.identity.actor import actor_of
from eloket.identity.errors import BeheerGewijzigd
from eloket.identity.flash import add_flash
from eloket.notifications.mail import mailteksten
from eloket.notifications.mail.mailsoorten import MAX_KNOP, MAX_ONDERWERP, MailTekst, Plaatshouder
from eloket.notifications.mail.mailteksten import BeheerTekst
from eloket.notifications.mail.tekstcontrole import check_mailtekst, parse_mailtekst
from eloket.notifications.mail.voorbeelden import MailVoorbeeld, csp_of, make_voorbeeld
from eloket.profile.types import Rubriek, Taal
from eloket.workbench.beheer.formulier import Formulier, Ingevuld, Veld, bewerk, toon_formulier
from eloket.workbench.beheer.pagina import naar, toon
from eloket.workbench.beheer.views import Regel

ONDERDEEL = "werkplek-beheer-mailteksten"
_PAGINA = "workbench/beheer/mailtekst.html"
TALEN = {Taal.NL: "Nederlands", Taal.EN: "Engels"}


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Every kind in every language, by what a resident chooses."""
    alle = mailteksten.list_teksten()
    rubrieken: tuple[Rubriek | None, ...] = (*Rubriek, None)
    context = {
        "inleiding": "Deze e-mails sturen wij naar inwoners en bedrijven. Elke e-mail is er in twee talen.",
        "knop": None,
        "groepen": [
            (
                rubriek.tekst if rubriek else "Hiervoor kiest niemand zelf",
                [_regel(een) for een in alle if een.gegevens.rubriek is rubriek],
            )
            for rubriek in rubrieken
        ],
    }
    return toon(
        request, "workbench/beheer/lijst.html", context, titel="Teksten van e-mails", onderdeel=ONDERDEEL
    )


def _regel(een: BeheerTekst) -> Regel:
    badge = "" if een.eigen is None else "Eigen tekst" if een.is_bruikbaar else "Eigen tekst klopt niet meer"
    return Regel(
        f"{een.gegevens.titel} ({TALEN[een.taal]})",
        reverse("werkplek-beheer-mailtekst", args=[een.soort.value, een.taal.value]),
        een.verstuurd.onderwerp,
        badge,
        taal="" if een.taal is Taal.NL else een.taal.value,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def wijzig(request: HttpRequest, soort: str, taal: str) -> HttpResponse:
    """The form, with the mail as it goes now. Looking at a text that is not kept yet keeps nothing."""
    actor = actor_of(request)

    def maak() -> Formulier:
        return _formulier(mailteksten.get_tekst(soort, taal))

    def bewaar(ingevuld: Ingevuld, merk: str) -> HttpResponse:
        mailteksten.save_tekst(actor, soort, taal, _parse(ingevuld), merk=merk)
        return naar("werkplek-beheer-mailtekst", soort, taal)

    if request.method == "POST" and request.POST.get("knop") == "voorbeeld":
        return _bekijk(request, mailteksten.get_tekst(soort, taal))
    return bewerk(request, maak, bewaar, klaar="De tekst is bewaard. Vanaf nu staat die in deze e-mail.")


def _bekijk(request: HttpRequest, nu: BeheerTekst) -> HttpResponse:
    """What was typed, and the mail that it would be."""
    ingevuld = Ingevuld(request.POST)
    tekst = _parse(ingevuld)
    fouten = check_mailtekst(nu.gegevens, tekst)
    extra = {} if fouten else _preview(nu, tekst, is_bewaard=False)
    formulier = _formulier(nu)
    formulier = replace(
        formulier.met(ingevuld.invoer),
        merk=request.POST.get("merk", ""),
        extra={**formulier.extra, "mail": None, **extra},
    )
    return toon_formulier(request, formulier, fouten=fouten, status=422 if fouten else 200)


@require_safe
def opmaak(request: HttpRequest, soort: str, taal: str) -> HttpResponse:  # noqa: ARG001 - the route is for managers
    """The kept mail as a mail program shows it: nothing may run or load but its own style block."""
    nu = mailteksten.get_tekst(soort, taal)
    html = _mail(nu, nu.verstuurd).html
    return HttpResponse(html, headers={"Content-Security-Policy": csp_of(html)})


@require_POST
def zet_terug(request: HttpRequest, soort: str, taal: str) -> HttpResponse:
    """The text of the product again."""
    try:
        mailteksten.reset_tekst(actor_of(request), soort, taal, merk=request.POST.get("merk", ""))
    except BeheerGewijzigd:
        add_flash(request, "error", "Iemand anders heeft deze tekst net gewijzigd. Er is niets teruggezet.")
    else:
        add_flash(request, "ok", "De tekst van E-loket staat er weer.")
    return naar("werkplek-beheer-mailtekst", soort, taal)


def _formulier(nu: BeheerTekst) -> Formulier:
    adres = [nu.soort.value, nu.taal.value]
    return Formulier(
        f"{nu.gegevens.titel} ({TALEN[nu.taal]})",
        ONDERDEEL,
        _velden(nu),
        merk=nu.merk,
        inleiding="Zet geen namen, nummers, adressen of links in de tekst. Anderen kunnen de e-mail ook zien.",
        extra={
            **_preview(nu, nu.verstuurd, is_bewaard=True),
            "terugzetten": reverse("werkplek-beheer-mailtekst-terugzetten", args=adres) if nu.eigen else "",
            "is_bruikbaar": nu.is_bruikbaar,
            "opmaak": reverse("werkplek-beheer-mailtekst-opmaak", args=adres),
        },
        pagina=_PAGINA,
    )


def _velden(nu: BeheerTekst) -> tuple[Veld, ...]:
    uitleg = "Elke regel is een alinea."
    if nu.gegevens.verplicht:
        uitleg += f" Dit moet erin: {_names(nu.gegevens.verplicht)}."
    if nu.gegevens.mag:
        uitleg += f" Dit mag erin: {_names(nu.gegevens.mag)}. Is dat niet bekend? Dan valt de alinea weg."
    return (
        Veld("onderwerp", "Onderwerp", waarden=(nu.toon.onderwerp,), max=MAX_ONDERWERP),
        Veld("tekst", "Tekst", "vak", (nu.toon.tekst,), uitleg=uitleg, rijen=10),
        Veld("knop_tekst", "Tekst op de knop", waarden=(nu.toon.knop,), max=MAX_KNOP),
    )


def _names(namen: tuple[Plaatshouder, ...]) -> str:
    return ", ".join(f"{{{een}}} ({een.uitleg})" for een in namen)


def _parse(ingevuld: Ingevuld) -> MailTekst:
    return parse_mailtekst(ingevuld.een("onderwerp"), ingevuld.een("tekst"), ingevuld.een("knop_tekst"))


def _preview(nu: BeheerTekst, tekst: MailTekst, *, is_bewaard: bool) -> Mapping[str, object]:
    return {"mail": _mail(nu, tekst), "is_bewaard": is_bewaard}


def _mail(nu: BeheerTekst, tekst: MailTekst) -> MailVoorbeeld:
    return make_voorbeeld(nu.soort, nu.taal, tekst, basis=settings.ELOKET.base_url.rstrip("/"))
