"""A form of functional management: its fields, and what happens when it is sent. What was typed is never lost."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.http import HttpRequest, HttpResponse, QueryDict

from eloket.identity.bewaard import take_input
from eloket.identity.errors import AfdelingOnbekend, BeheerGewijzigd, BeheerOngeldig, EigenRechtenVerlies
from eloket.identity.flash import add_flash
from eloket.kernel.errors import NietToegestaan
from eloket.workbench.beheer.pagina import toon

Invoer = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Veld:
    """`soort`: tekst, vak, keuze, vakjes (more than one), vinkje, datum, alleen_lezen.

    `waarden` as typed; of most kinds just one. `opties` are (waarde, label, uitleg).
    """

    id: str
    label: str
    soort: str = "tekst"
    waarden: tuple[str, ...] = ("",)
    opties: tuple[tuple[str, str, str], ...] = ()
    uitleg: str = ""
    optioneel: bool = False
    max: int = 0
    rijen: int = 5

    @property
    def waarde(self) -> str:
        return self.waarden[0] if self.waarden else ""

    @property
    def leesbaar(self) -> str:
        """The value in words, to compare with."""
        namen = {waarde: label for waarde, label, _ in self.opties}
        if self.soort == "vinkje":
            return "ja" if self.waarde else "nee"
        return ", ".join(namen.get(een, een) for een in self.waarden if een) or "niets"


@dataclass(frozen=True, slots=True)
class Formulier:
    """`merk` is of what it was made from. `zeker` is only shown when the change asks for it. `pagina`: a template that
    extends formulier.html. `note` writes what showing it leaves in the audit trail: the form is also made when it is
    sent and nobody sees it."""

    titel: str
    onderdeel: str
    velden: tuple[Veld, ...]
    merk: str = ""
    inleiding: str = ""
    knop: str = "Bewaar"
    zeker: Veld | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
    pagina: str = "workbench/beheer/formulier.html"
    note: Callable[[], None] | None = None

    def met(self, invoer: Invoer) -> "Formulier":
        """With what somebody typed."""
        velden = tuple(
            veld
            if veld.soort == "alleen_lezen"
            else replace(veld, waarden=tuple(map(_clean, invoer.get(veld.id, ()))) or _leeg(veld))
            for veld in self.velden
        )
        return replace(self, velden=velden)


def _leeg(veld: Veld) -> tuple[str, ...]:
    return () if veld.soort == "vakjes" else ("",)


def _clean(tekst: str) -> str:
    return tekst.replace("\r\n", "\n").replace("\x00", "")


class Ingevuld:
    """What was sent, cleaned."""

    def __init__(self, post: QueryDict) -> None:
        self.invoer: Invoer = {naam: list(map(_clean, waarden)) for naam, waarden in post.lists()}

    def een(self, naam: str) -> str:
        """One line, or a text; '' when it was not sent."""
        waarden = self.invoer.get(naam) or [""]
        return waarden[-1].strip()

    def alle(self, naam: str) -> frozenset[str]:
        return frozenset(self.invoer.get(naam, ()))


def bewerk(
    request: HttpRequest,
    maak: Callable[[], Formulier],
    bewaar: Callable[[Ingevuld, str], HttpResponse],
    *,
    klaar: str,
) -> HttpResponse:
    """Show the form, or keep what was sent. `bewaar` gets it with the `merk` that the form was made from, and answers
    where to go. Something wrong in it: 422; changed by somebody else, or not possible now: 409; always as typed."""
    formulier = maak()
    if request.method != "POST":
        bewaard = take_input(request)
        invoer = {naam: [een] if isinstance(een, str) else een for naam, een in bewaard.items()}
        if not invoer:
            return toon_formulier(request, formulier)
        # With the merk that it was made from: what somebody else changed meanwhile is noticed when it is sent.
        return toon_formulier(request, replace(formulier.met(invoer), merk="".join(invoer.get("merk", ()))))
    ingevuld, merk = Ingevuld(request.POST), request.POST.get("merk", "")
    getypt = replace(formulier.met(ingevuld.invoer), merk=merk)
    try:
        antwoord = bewaar(ingevuld, merk)
    except BeheerOngeldig as fout:
        return toon_formulier(request, getypt, fouten=fout.fouten, status=422)
    except AfdelingOnbekend as fout:
        return toon_formulier(request, getypt, melding=fout.tekst, status=422)
    except BeheerGewijzigd as fout:
        nu = [
            (oud.label, oud.leesbaar)
            for oud, nieuw in zip(formulier.velden, getypt.velden, strict=True)
            if oud.waarden != nieuw.waarden
        ]
        opnieuw = replace(getypt, merk=formulier.merk)
        return toon_formulier(request, opnieuw, melding=fout.tekst, nu=nu, status=409)
    except EigenRechtenVerlies as fout:
        velden = (*getypt.velden, getypt.zeker) if getypt.zeker else getypt.velden
        return toon_formulier(request, replace(getypt, velden=velden), melding=fout.tekst, status=409)
    except NietToegestaan as fout:
        return toon_formulier(request, getypt, melding=fout.tekst, status=409)
    add_flash(request, "ok", klaar)
    return antwoord


def toon_formulier(
    request: HttpRequest,
    formulier: Formulier,
    *,
    fouten: Mapping[str, str] | None = None,
    melding: str = "",
    nu: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    """The page of the form; `nu` says how it stands, beside what was typed."""
    if formulier.note:
        formulier.note()
    context = {
        "f": formulier,
        "fouten": fouten or {},
        "melding": melding,
        "nu": nu,
        "pad": request.path,
        "voorbeeld": "",
        "verwijderen": "",
        "verwijder_kop": "",
        "verwijder_knop": "",
        "einde": "",
        **formulier.extra,
    }
    return toon(
        request,
        formulier.pagina,
        context,
        titel=formulier.titel,
        onderdeel=formulier.onderdeel,
        status=status,
    )
