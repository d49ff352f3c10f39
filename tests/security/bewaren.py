"""Fills in every form with a payload that is kept, as a person does who mends what the page says is wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.http import HttpResponseBase
from lxml import html

from tests.security.dorp import Dorp
from tests.security.kruiper import GOED, Formulier, Kruiper, forms_of, send
from tests.security.ladingen import BEWAARD, KAAL, REGEL
from tests.security.oordeel import must_be_harmless

# After all else was done with it: what takes a zaak or an account out of sight.
LAATST = (
    "werkplek-document-afkeuren", "werkplek-verlengen", "werkplek-opschorten", "werkplek-status", "werkplek-heropenen",
    "werkplek-overdragen", "loket-controleren", "loket-zonder-controleren",
)  # fmt: skip
# Nothing is typed in these, but they take along what was typed before.
DOOR = {
    "werkplek-beheer-importeer", "werkplek-brieven", "mijn-meenemen", "loket-controleren", "loket-zonder-controleren",
}  # fmt: skip
# The retention rules in the same form are about these.
_BLIJFT = {"resultaattypen"}
_POGINGEN = 4
_ZELFDE = 5  # of one kind of form, on other pages, before it counts as refused
_PLEK = re.compile(r"~nr(\d+)~")  # long enough that no file holds it by chance


@dataclass
class Bewaard:
    """What was kept: per form the number in its payload, and what was not, with the last answer."""

    aangenomen: dict[tuple[str, ...], int] = field(default_factory=dict)
    geweigerd: dict[tuple[str, ...], str] = field(default_factory=dict)
    gelezen: set[int] = field(default_factory=set)  # on the page where the form led to
    paginas: list[tuple[str, str]] = field(default_factory=list)  # on which the forms stood that were taken

    def nummers(self) -> dict[int, tuple[str, ...]]:
        return {nummer: soort for soort, nummer in self.aangenomen.items()}


def keep_everything(dorp: Dorp, kruiper: Kruiper) -> Bewaard:
    """Each kind of form once, with payloads and a number of its own in everything that is typed."""
    uit, soorten = Bewaard(), [*BEWAARD.values()]
    per_soort: dict[tuple[str, ...], list[Formulier]] = {}
    for een in kruiper.formulieren:
        typt = een.vrij() or een.bestanden or een.route in DOOR
        if een.is_post and typt and een.actie != dorp.own_row():
            per_soort.setdefault(een.soort, []).append(een)
    # First by name: which number, and so which payload, a form gets is not of the order in which pages were found.
    op_naam = sorted(per_soort)
    volgorde = sorted(op_naam, key=lambda soort: LAATST.index(soort[0]) if soort[0] in LAATST else -1)
    for nummer, soort in enumerate(volgorde):
        eerst = per_soort[soort][:: -1 if soort[0] in LAATST else 1]
        eerst.sort(key=lambda een: soort[0] in LAATST and dorp.stad.waarden["ref"] in een.actie)
        eerst.sort(key=lambda een: een.route == "werkplek-noodtoegang" and een.wie != "noodtoegang")
        for formulier in eerst[:_ZELFDE]:
            ladingen = [f"{een}~nr{nummer}~" for een in soorten[nummer % 3 :] + soorten[: nummer % 3]]
            laatste = _keep(uit, dorp, formulier, ladingen, f"{KAAL}~nr{nummer}~")
            if laatste == "":
                uit.aangenomen[soort] = nummer
                uit.paginas.append((formulier.wie, formulier.pagina))
                uit.geweigerd.pop(soort, None)
                break
            uit.geweigerd[soort] = laatste
    return uit


def numbers_in(tekst: str) -> set[int]:
    return {int(een) for een in _PLEK.findall(tekst)}


def _keep(uit: Bewaard, dorp: Dorp, oud: Formulier, ladingen: list[str], kaal: str) -> str:
    """ "" when it was taken; else what came instead."""
    client = dorp.bezoekers[oud.wie]
    formulier = next(_as_it_stands(dorp, oud), None)
    if formulier is None:
        return "staat er niet meer"
    bekend = dorp.known(formulier.route, kaal)
    velden = formulier.goed() | _typed(formulier, ladingen) | bekend
    bestandsnaam = "" if "tekst" in bekend else f"{ladingen[0]}.pdf"  # either a text or a file
    antwoord: HttpResponseBase | None = None
    fout, inhoud = set[str](), b""
    for poging in range(_POGINGEN):
        for knop in (("", ""), *formulier.knoppen):
            antwoord = send(client, formulier, {**velden, **dict([knop] if knop[0] else [])}, bestandsnaam)
            inhoud = must_be_harmless(antwoord)
            if is_taken(antwoord):
                naar = antwoord.headers.get("Location", "")
                verder = must_be_harmless(client.get(naar)) if naar else b""
                uit.gelezen |= numbers_in(verder.decode(errors="replace"))
                return ""
            fout = _wrong_fields(inhoud)
            if fout:
                break
        else:
            break
        velden |= {naam: kaal if poging == 0 else _as_it_was(formulier, naam) for naam in fout} | bekend
    return f"{antwoord.status_code if antwoord else ''} {sorted(fout)} {_summary(inhoud)}"


def is_taken(antwoord: HttpResponseBase) -> bool:
    is_login = antwoord.headers.get("Location", "").startswith(("/inloggen/", "/werkplek/inloggen/"))
    is_concept = antwoord.headers.get("Content-Type", "").startswith("application/json")
    return (antwoord.status_code in {302, 303} and not is_login) or (
        antwoord.status_code == 200 and is_concept
    )


def _typed(formulier: Formulier, ladingen: list[str]) -> dict[str, str]:
    """A payload in each field that is typed: another one in the next."""
    uit = {}
    for plek, naam in enumerate(formulier.vrij()):
        soort, waarde = formulier.velden[naam]
        if not waarde.isdigit() and naam not in _BLIJFT:
            uit[naam] = ladingen[plek % len(ladingen)] + (REGEL if soort == "textarea" else "")
    return uit


def _as_it_was(formulier: Formulier, naam: str) -> str:
    waarde = formulier.goed().get(naam, "")
    return "" if waarde in GOED.values() else waarde


def _summary(inhoud: bytes) -> str:
    """What the page says is wrong."""
    if b'id="fouten"' not in inhoud:
        return ""
    return " ".join(
        html.document_fromstring(inhoud.decode()).get_element_by_id("fouten").text_content().split()
    )


def _as_it_stands(dorp: Dorp, oud: Formulier) -> Iterator[Formulier]:
    """The same form on its page as it is now: with the version that it has after what was done before."""
    if oud in dorp.formulieren:
        yield oud
        return
    antwoord = dorp.bezoekers[oud.wie].get(oud.pagina)
    inhoud = b"".join(antwoord)
    if antwoord.status_code == 200 and inhoud:
        for een in forms_of(html.document_fromstring(inhoud.decode()), oud.wie, oud.pagina):
            if een.is_post and een.soort == oud.soort:
                yield een


def _wrong_fields(inhoud: bytes) -> set[str]:
    if not inhoud.lstrip().startswith(b"<!"):
        return set()
    boom = html.document_fromstring(inhoud.decode())
    return {str(een.get("name")) for een in boom.xpath("//*[@aria-invalid='true']") if een.get("name")}
