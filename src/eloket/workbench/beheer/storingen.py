"""Outages: what goes on, what was announced and what was; report, announce, end, put right."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eloket.beschikbaarheid import regels, service
from eloket.beschikbaarheid.errors import GeenOnderbreking, TijdOngeldig
from eloket.beschikbaarheid.queries import get_onderbreking, list_gaande, list_onderbrekingen
from eloket.beschikbaarheid.service import MEESTE_TEKENS
from eloket.beschikbaarheid.tijden import VOORBEELD, parse_moment, schrijf_invoer
from eloket.beschikbaarheid.types import Fase, Herkomst, OnderbrekingInzage, Soort, Wat
from eloket.identity.access import namen_van
from eloket.identity.actor import actor_of
from eloket.identity.errors import BeheerGewijzigd, BeheerOngeldig
from eloket.identity.flash import add_flash
from eloket.kernel.klok import nu, schrijf_moment, vandaag
from eloket.workbench.beheer.formulier import Formulier, Ingevuld, Veld, bewerk
from eloket.workbench.beheer.pagina import naar, toon
from eloket.workbench.beheer.views import Regel

ONDERDEEL = "werkplek-beheer-storingen"
_MEESTE = 100
_TIJD = f"In Nederlandse tijd, bijvoorbeeld {VOORBEELD}."
_REDEN = f"Dit lezen inwoners op elke pagina. Schrijf wat zij merken, in hoogstens {MEESTE_TEKENS} tekens."
_WAT = tuple((een.value, een.titel, "") for een in Wat)


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    now = nu()
    gaande, laatste = list_gaande(now), list_onderbrekingen(limit=_MEESTE)
    namen = namen_van({een.door_key for een in (*gaande, *laatste) if een.door_key})
    groepen = [
        ("Nu", [_regel(een, namen) for een in gaande]),
        *(
            (kop, [_regel(een, namen) for een in laatste if een.fase(now) is fase])
            for kop, fase in (("Aangekondigd", Fase.KOMT), ("Voorbij", Fase.VOORBIJ))
        ),
    ]
    context = {"groepen": groepen, "regels": regels.get_regels()}
    return toon(
        request,
        "workbench/beheer/storingen.html",
        context,
        titel="Storingen en onderhoud",
        onderdeel=ONDERDEEL,
    )


def _regel(een: OnderbrekingInzage, namen: dict[str, str]) -> Regel:
    wie = {
        Herkomst.METING: "Gemeten door E-loket",
        Herkomst.OPDRACHT: "Gemeld op de server",
        Herkomst.BEHEER: f"Gemeld door {namen.get(een.door_key, 'een medewerker')}",
    }[een.herkomst]
    eind = f"tot {schrijf_moment(een.eind)}" if een.eind else "en het duurt nog"
    reden = f"{een.reden} " if een.reden else ""
    return Regel(
        een.wat.titel,
        reverse("werkplek-beheer-storing", args=[een.id]),
        f"{reden}Van {schrijf_moment(een.begin)} {eind}. {wie}.",
        "Onderhoud" if een.soort is Soort.ONDERHOUD else "Storing",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def meld(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)

    def maak() -> Formulier:
        return Formulier(
            "Meld een storing",
            ONDERDEEL,
            (
                Veld("wat", "Wat werkt er niet?", "keuze", opties=_WAT),
                Veld("reden", "Tekst voor inwoners", "vak", uitleg=_REDEN, optioneel=True, rijen=3),
                Veld("begin", "Sinds wanneer?", uitleg=f"{_TIJD} Leeg is: nu.", optioneel=True, max=40),
            ),
            knop="Meld de storing",
            inleiding="Zolang de storing duurt, staat dit op elke pagina. Meld het ook als het weer werkt.",
        )

    def bewaar(ingevuld: Ingevuld, merk: str) -> HttpResponse:  # noqa: ARG001 - new: there is nothing to compare with
        begin = _moments(ingevuld, "begin")["begin"]
        service.start(actor, wat=_wat(ingevuld), reden=ingevuld.een("reden"), vanaf=begin)
        return naar(ONDERDEEL)

    return bewerk(request, maak, bewaar, klaar="De storing is gemeld.")


@require_http_methods(["GET", "HEAD", "POST"])
def kondig_aan(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)

    def maak() -> Formulier:
        return Formulier(
            "Kondig onderhoud aan",
            ONDERDEEL,
            (
                Veld("wat", "Wat werkt er dan niet?", "keuze", opties=_WAT),
                Veld("reden", "Tekst voor inwoners", "vak", uitleg=_REDEN, rijen=3),
                Veld("begin", "Begin", uitleg=_TIJD, max=40),
                Veld("eind", "Einde", uitleg=_TIJD, max=40),
            ),
            knop="Kondig aan",
        )

    def bewaar(ingevuld: Ingevuld, merk: str) -> HttpResponse:  # noqa: ARG001 - new: there is nothing to compare with
        tijden = _moments(ingevuld, "begin", "eind", verplicht=True)
        assert tijden["begin"]
        assert tijden["eind"]
        service.plan(
            actor,
            wat=_wat(ingevuld),
            reden=ingevuld.een("reden"),
            begin=tijden["begin"],
            eind=tijden["eind"],
        )
        return naar(ONDERDEEL)

    return bewerk(request, maak, bewaar, klaar="Het onderhoud is aangekondigd.")


@require_http_methods(["GET", "HEAD", "POST"])
def wijzig(request: HttpRequest, onderbreking: str) -> HttpResponse:
    actor = actor_of(request)

    def bewaar(ingevuld: Ingevuld, merk: str) -> HttpResponse:
        een = get_onderbreking(onderbreking)
        tijden = _moments(ingevuld, "begin", "eind")
        begin, eind = tijden["begin"], tijden["eind"]
        if begin is None:
            raise BeheerOngeldig({"begin": "Vul in wanneer het begon."})
        service.correct(
            actor,
            onderbreking,
            begin=_as_it_was(begin, een.begin),
            eind=_as_it_was(eind, een.eind) if eind and een.eind else eind,
            reden=ingevuld.een("reden"),
            merk=merk,
        )
        return naar(ONDERDEEL)

    return bewerk(
        request, lambda: _formulier(get_onderbreking(onderbreking)), bewaar, klaar="De wijziging is bewaard."
    )


def _formulier(een: OnderbrekingInzage) -> Formulier:
    fase = een.fase(nu())
    is_gaande, is_begonnen = fase is Fase.NU, fase is not Fase.KOMT
    return Formulier(
        f"{een.wat.titel}: {'onderhoud' if een.soort is Soort.ONDERHOUD else 'storing'}",
        ONDERDEEL,
        (
            Veld(
                "reden",
                "Tekst voor inwoners",
                "vak",
                (een.reden,),
                uitleg=_REDEN,
                optioneel=True,
                rijen=3,
            ),
            Veld("begin", "Begin", waarden=(schrijf_invoer(een.begin),), uitleg=_TIJD, max=40),
            Veld(
                "eind",
                "Einde",
                waarden=(schrijf_invoer(een.eind) if een.eind else "",),
                uitleg=f"{_TIJD} Leeg is: het duurt nog." if is_begonnen else _TIJD,
                optioneel=is_begonnen,
                max=40,
            ),
        ),
        merk=een.merk,
        inleiding="Duurde het langer dan hier staat? Dan krijgen mensen zo nodig nog meer tijd. "
        "Korter? Dan houdt iedereen de tijd die er al was.",
        extra={
            "verwijderen": reverse("werkplek-beheer-storing-intrekken", args=[een.id]),
            "verwijder_kop": "Dit klopt niet, of gaat niet door",
            "verwijder_knop": "Trek in",
            "verwijder_uitleg": "De melding verdwijnt van alle pagina's. Wie al meer tijd kreeg, houdt die.",
            "einde": reverse("werkplek-beheer-storing-einde", args=[een.id]) if is_gaande else "",
        },
    )


@require_POST
def einde(request: HttpRequest, onderbreking: str) -> HttpResponse:
    """It works again, now."""

    def doe() -> None:
        een = get_onderbreking(onderbreking)
        if een.fase(nu()) is not Fase.NU:  # an old page never ends another outage
            raise GeenOnderbreking
        service.einde(actor_of(request), wat=een.wat)

    return _do(request, onderbreking, doe, klaar="Dit werkt weer. Dat is vastgelegd.")


@require_POST
def trek_in(request: HttpRequest, onderbreking: str) -> HttpResponse:
    def doe() -> None:
        service.withdraw(actor_of(request), onderbreking, merk=request.POST.get("merk", ""))

    return _do(request, onderbreking, doe, klaar="De melding is ingetrokken.")


def _do(request: HttpRequest, onderbreking: str, doe: Callable[[], None], *, klaar: str) -> HttpResponse:
    try:
        doe()
    except GeenOnderbreking as fout:
        add_flash(request, "error", fout.tekst)
    except BeheerGewijzigd:
        add_flash(request, "error", "Iemand anders heeft dit net gewijzigd. Bekijk het eerst opnieuw.")
        return naar("werkplek-beheer-storing", onderbreking)
    else:
        add_flash(request, "ok", klaar)
    return naar(ONDERDEEL)


@require_http_methods(["GET", "HEAD", "POST"])
def regel(request: HttpRequest) -> HttpResponse:
    """From how long an outage changes terms, and how long a page tells of one."""
    actor = actor_of(request)

    def maak() -> Formulier:
        nu_zo = regels.get_regels()
        velden = tuple(
            Veld(
                een.sleutel, een.titel, waarden=(str(nu_zo.waarden()[een.sleutel]),), uitleg=een.uitleg, max=4
            )
            for een in regels.REGELS
        )
        return Formulier("Regels voor storingen", ONDERDEEL, velden, merk=nu_zo.merk)

    def bewaar(ingevuld: Ingevuld, merk: str) -> HttpResponse:
        regels.save_regels(
            actor, {een.sleutel: ingevuld.een(een.sleutel) for een in regels.REGELS}, merk=merk
        )
        return naar(ONDERDEEL)

    return bewerk(request, maak, bewaar, klaar="De regels zijn bewaard.")


def _wat(ingevuld: Ingevuld) -> Wat:
    try:
        return Wat(ingevuld.een("wat"))
    except ValueError:
        raise BeheerOngeldig({"wat": "Kies wat er niet werkt."}) from None


def _moments(ingevuld: Ingevuld, *velden: str, verplicht: bool = False) -> dict[str, datetime | None]:
    gelezen: dict[str, datetime | None] = {}
    fouten = {}
    for veld in velden:
        tekst = ingevuld.een(veld)
        try:
            gelezen[veld] = parse_moment(tekst, vandaag()) if tekst or verplicht else None
        except TijdOngeldig as fout:
            fouten[veld] = fout.tekst
    if fouten:
        raise BeheerOngeldig(fouten)
    return gelezen


def _as_it_was(getypt: datetime, was: datetime) -> datetime:
    """A form shows no seconds: who leaves a time as it is changes nothing."""
    return was if schrijf_invoer(getypt) == schrijf_invoer(was) else getypt
