"""The life of a zaak in the hands of a civil servant. Each is one POST: parse, call the service, back to the zaak."""

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from eloket.identity.actor import actor_of
from eloket.identity.errors import AfdelingOnbekend
from eloket.identity.flash import add_flash
from eloket.kernel.errors import NietToegestaan
from eloket.workbench.zaken.delen import Deel
from eloket.workbench.zaken.invoer import NIEMAND, Invoer, parse_id, parse_versie
from eloket.workbench.zaken.pagina import naar_zaak, toon_geweigerd, toon_opnieuw, verwerk
from eloket.zaken import service as zaken
from eloket.zaken.access import get_zaak_for, may_see
from eloket.zaken.errors import NotitieLeeg, ZaakNietGevonden
from eloket.zaken.types import Zaak, ZaakRef

_OVERGEDRAGEN = "werkplek_overgedragen"


def versie_van(request: HttpRequest) -> int:
    """The versie of the zaak that the form was made from."""
    return parse_versie(request.POST.get("versie", ""))


@require_POST
def neem(request: HttpRequest, ref: str) -> HttpResponse:
    """Become the behandelaar. Taking what is yours already changes nothing."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    return verwerk(
        request,
        zaak_ref,
        Deel.OVERZICHT,
        partial(zaken.take_zaak, actor, zaak_ref, versie=versie_van(request)),
        invoer=Invoer.of(request),
        gelukt="U behandelt deze zaak nu.",
        is_gedaan=lambda zaak: zaak.behandelaar_id == actor.medewerker_id,
    )


@require_POST
def stop(request: HttpRequest, ref: str) -> HttpResponse:
    """Let the term stand still; the resident reads the reason."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    invoer = Invoer.of(request)
    return verwerk(
        request,
        zaak_ref,
        Deel.TERMIJN,
        partial(zaken.suspend_zaak, actor, zaak_ref, reden=invoer.reden, versie=versie_van(request)),
        invoer=invoer,
        veld="reden",
        gelukt="De termijn staat stil. De aanvrager leest de reden.",
        is_gedaan=lambda zaak: bool(zaak.opschorting) and zaak.opschorting.reden == invoer.reden.strip(),  # type: ignore[union-attr]  # bool() says so
    )


@require_POST
def ga_door(request: HttpRequest, ref: str) -> HttpResponse:
    """Let the term go on."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    return verwerk(
        request,
        zaak_ref,
        Deel.TERMIJN,
        partial(zaken.resume_zaak, actor, zaak_ref, versie=versie_van(request)),
        invoer=Invoer.of(request),
        gelukt="De termijn loopt weer.",
        is_gedaan=lambda zaak: zaak.is_open and zaak.opschorting is None,
    )


@require_POST
def verleng(request: HttpRequest, ref: str) -> HttpResponse:
    """The term ends later, once; the resident reads the reason."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    invoer = Invoer.of(request)
    return verwerk(
        request,
        zaak_ref,
        Deel.VERLENGEN,
        partial(zaken.extend_zaak, actor, zaak_ref, reden=invoer.reden, versie=versie_van(request)),
        invoer=invoer,
        veld="reden",
        gelukt="De termijn is verlengd. De aanvrager leest de reden.",
        is_gedaan=lambda zaak: bool(zaak.verlenging) and zaak.verlenging.reden == invoer.reden.strip(),  # type: ignore[union-attr]  # bool() says so
    )


@require_POST
def heropen(request: HttpRequest, ref: str) -> HttpResponse:
    """A closed zaak is open again; the reason is for colleagues."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    invoer = Invoer.of(request)
    return verwerk(
        request,
        zaak_ref,
        Deel.HEROPENEN,
        partial(zaken.reopen_zaak, actor, zaak_ref, reden=invoer.reden, versie=versie_van(request)),
        invoer=invoer,
        veld="reden",
        gelukt="De zaak is weer open. De aanvrager ziet dat in de tijdlijn.",
        is_gedaan=lambda zaak: zaak.is_open,
    )


@require_POST
def scherm_af(request: HttpRequest, ref: str) -> HttpResponse:
    """Only some colleagues see the zaak from now on, or the whole afdeling again."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    invoer = Invoer.of(request)
    gekozen = frozenset(een for een in map(parse_id, invoer.wie) if een is not None)
    wie = gekozen if invoer.afgeschermd == "ja" else None
    return verwerk(
        request,
        zaak_ref,
        Deel.AFSCHERMEN,
        partial(zaken.set_toegang, actor, zaak_ref, medewerkers=wie, versie=versie_van(request)),
        invoer=invoer,
        gelukt="Alleen u en de collega’s die u koos zien deze zaak nog."
        if wie is not None
        else "De hele afdeling ziet deze zaak weer.",
        is_gedaan=lambda zaak: zaak.toegang is None if wie is None else wie <= (zaak.toegang or frozenset()),
    )


@require_POST
def notitie(request: HttpRequest, ref: str) -> HttpResponse:
    """Write an internal note."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    invoer = Invoer.of(request)
    return verwerk(
        request,
        zaak_ref,
        Deel.NOTITIES,
        partial(zaken.add_notitie, actor, zaak_ref, tekst=invoer.notitie, sleutel=invoer.sleutel),
        invoer=invoer,
        veld="notitie",
        gelukt="Uw notitie staat bij de zaak. Alleen medewerkers zien deze.",
        naar=Deel.NOTITIES,
    )


@require_POST
def draag_over(request: HttpRequest, ref: str) -> HttpResponse:
    """Give the zaak to a colleague, back to the afdeling, or to another afdeling; what is typed becomes a note."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    invoer = Invoer.of(request)
    try:
        zaak = get_zaak_for(actor, zaak_ref)
    except ZaakNietGevonden:
        if request.session.get(_OVERGEDRAGEN) == str(zaak_ref):  # the second click of a double click
            return _to_list()
        raise
    naar_andere = bool(invoer.afdeling) and invoer.afdeling != zaak.afdeling
    collega = None if naar_andere else parse_id(invoer.collega)
    if not naar_andere and collega is None and invoer.collega != NIEMAND:
        fouten = {"collega": "Kies een collega, of kies een andere afdeling."}
        return toon_opnieuw(request, zaak_ref, Deel.OVERDRAGEN, invoer=invoer, fouten=fouten)
    try:
        nieuw = zaken.hand_over(
            actor,
            zaak_ref,
            medewerker_id=collega,
            afdeling=invoer.afdeling,
            notitie=invoer.notitie,
            versie=versie_van(request),
        )
    except (AfdelingOnbekend, NotitieLeeg) as fout:
        veld = "afdeling" if isinstance(fout, AfdelingOnbekend) else "notitie"
        return toon_opnieuw(request, zaak_ref, Deel.OVERDRAGEN, invoer=invoer, fouten={veld: fout.tekst})
    except NietToegestaan as fout:
        zaak = get_zaak_for(actor, zaak_ref)
        if collega is not None and zaak.behandelaar_id == collega:
            return naar_zaak(zaak_ref)
        return toon_geweigerd(request, zaak_ref, Deel.OVERDRAGEN, invoer=invoer, fout=fout)
    add_flash(request, "ok", _overgedragen(nieuw))
    if may_see(actor, nieuw):
        return naar_zaak(zaak_ref)
    request.session[_OVERGEDRAGEN] = str(zaak_ref)
    return _to_list()


def _overgedragen(zaak: Zaak) -> str:
    if zaak.behandelaar_id is not None:
        return f"De zaak is overgedragen aan {zaak.behandelaar_naam}."
    return f"De zaak ligt nu bij {zaak.afdeling_naam}. Nog niemand behandelt de zaak."


def _to_list() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("werkplek"), status=303)
