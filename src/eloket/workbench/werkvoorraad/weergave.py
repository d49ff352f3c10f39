"""The work list as the template shows it: what was asked, the lines, the tabs and the links to other pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from eloket.identity.access import MedewerkerInfo
from eloket.identity.types import Actor, Recht
from eloket.identity.zoekterm import WEG
from eloket.workbench.menu import Lijst
from eloket.workbench.weergave import TermijnTekst, badge_tekst, describe_stilstand, describe_termijn
from eloket.workbench.werkvoorraad.vraag import MEESTE_PAGINAS, Vraag
from eloket.zaken.filters import Filter
from eloket.zaken.types import Badge
from eloket.zaken.verdelen import Gekozen
from eloket.zaken.werk import (
    TermijnKleur,
    Werkitem,
    WerkTellingen,
    Werkvoorraad,
    ZaakTypeInzage,
)
from eloket.zaken.zaaknummer import is_ours


@dataclass(frozen=True, slots=True)
class Regel:
    """A zaak in the list. `keuze` is what its checkbox sends: which zaak, and who handled it when it was shown."""

    keuze: str
    href: str
    identificatie: str
    omschrijving: str
    zaaktype: str
    aanvrager: str = field(repr=False)
    behandelaar: str
    badge_tekst: str
    badge_soort: str
    termijn: TermijnTekst | None
    afgerond_op: date | None
    nieuw: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    titel: str
    href: str
    is_huidig: bool
    aantal: int


@dataclass(frozen=True, slots=True)
class Keuze:
    """A filter: the name of its field, its label, what can be chosen and what is."""

    naam: str
    label: str
    opties: tuple[tuple[str, str], ...]
    waarde: str


@dataclass(frozen=True, slots=True)
class Omgeving:
    """What the list is shown with: how much each list holds, what can be chosen, and what was saved."""

    tellingen: WerkTellingen
    zaaktypen: tuple[ZaakTypeInzage, ...]
    mensen: tuple[MedewerkerInfo, ...]
    bewaard: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class LijstPagina:
    """`vorige` and `volgende` are links, '' at the ends. `leeg` says why there are no lines, '' when there are.

    `op_naam`: the lines are of who is called as was searched; `onderwerp_href` searches the subjects instead. `actief`
    are the filters that are set, with the link that takes each away; `bewaard` the saved questions (name, link, where
    to remove it); `collegas` to whom zaken can be given, empty when the actor may not.
    """

    titel: str
    lijst: str
    zoek: str = field(repr=False)
    zoek_weg: str
    pagina: int
    tabs: tuple[Tab, ...]
    regels: tuple[Regel, ...]
    toont_behandelaar: bool
    vorige: str
    volgende: str
    leeg: str
    wis_href: str
    vraag: str
    keuzes: tuple[Keuze, ...]
    actief: tuple[tuple[str, str], ...]
    bewaard: tuple[tuple[str, str, str], ...]
    collegas: tuple[tuple[str, str], ...]
    is_afgerond: bool = False
    op_naam: bool = False
    onderwerp_href: str = ""


def build_lijst(
    actor: Actor, vraag: Vraag, gevonden: Werkvoorraad, omgeving: Omgeving, vandaag: date
) -> LijstPagina:
    """The page for this answer of zaken.queries.list_werkvoorraad."""
    keuzes = _keuzes(vraag, omgeving)
    heeft_volgende = gevonden.heeft_meer and vraag.pagina < MEESTE_PAGINAS
    return LijstPagina(
        titel=vraag.lijst.titel_voor(actor),
        lijst=vraag.lijst.value,
        zoek=vraag.zoek,
        zoek_weg=WEG if vraag.zoekterm.is_weg else "",
        pagina=vraag.pagina,
        tabs=tuple(
            Tab(een.titel_voor(actor), een.href, een is vraag.lijst, een.aantal(omgeving.tellingen))
            for een in Lijst
        ),
        regels=tuple(_regel(item, vandaag) for item in gevonden.items),
        toont_behandelaar=vraag.lijst is Lijst.AFDELING,
        vorige=vraag.href(pagina=vraag.pagina - 1) if vraag.pagina > 1 else "",
        volgende=vraag.href(pagina=vraag.pagina + 1) if heeft_volgende else "",
        leeg="" if gevonden.items else _waarom_leeg(actor, vraag),
        wis_href=vraag.lijst.href,
        vraag=vraag.query(),
        keuzes=keuzes,
        actief=tuple(
            (f"{keuze.label}: {dict(keuze.opties)[keuze.waarde]}", vraag.href(zonder=keuze.naam))
            for keuze in keuzes
            if keuze.waarde and keuze.waarde in dict(keuze.opties)
        ),
        bewaard=tuple(
            (
                een.naam,
                Vraag.saved(actor, een.vraag).href(),
                reverse("werkplek-filter-verwijderen", args=[een.id]),
            )
            for een in omgeving.bewaard
        ),
        collegas=_collegas(actor, omgeving.mensen) if _has_open(gevonden) else (),
        is_afgerond=vraag.is_afgerond,
        op_naam=gevonden.op_naam,
        onderwerp_href=vraag.in_onderwerp().href(),
    )


def build_veld(vraag: Vraag, getypt: Mapping[str, str | list[str]]) -> dict[str, str]:
    """What stands in the fields of the page that are not a choice of the list itself: what was typed or chosen when a
    session ended, or else what is searched for. `naam` is that of a filter."""
    teksten = {naam: tekst for naam, tekst in getypt.items() if isinstance(tekst, str)}
    return {"naam": "", "zoek": vraag.zoek, **vraag.filters, **teksten}


def _has_open(gevonden: Werkvoorraad) -> bool:
    return any(item.einddatum is None for item in gevonden.items)


_STAND = (("", "Lopend"), ("afgerond", "Afgerond"))
_TERMIJN_TEKST = {
    TermijnKleur.ROOD: "Te laat",
    TermijnKleur.ORANJE: "Binnen een week",
    TermijnKleur.GROEN: "Later, of staat stil",
}


def _keuzes(vraag: Vraag, omgeving: Omgeving) -> tuple[Keuze, ...]:
    open_badges = [badge for badge in Badge if badge is not Badge.AFGEROND]
    zaaktype = Keuze(
        "zaaktype",
        "Soort zaak",
        (("", "Alle"), *((een.identificatie, een.omschrijving) for een in omgeving.zaaktypen)),
        vraag.zaaktype,
    )
    lopend = (
        Keuze(
            "status",
            "Status",
            (("", "Alle"), *((badge.value, badge_tekst(badge)) for badge in open_badges)),
            vraag.filters.get("status", ""),
        ),
        Keuze(
            "termijn",
            "Termijn",
            (("", "Alle"), *((kleur.value, tekst) for kleur, tekst in _TERMIJN_TEKST.items())),
            vraag.filters.get("termijn", ""),
        ),
    )
    if vraag.lijst is not Lijst.AFDELING:
        return (zaaktype, *lopend)
    mensen = tuple((str(een.id), een.naam) for een in omgeving.mensen)
    return (
        Keuze("stand", "Lopend of afgerond", _STAND, vraag.filters.get("stand", "")),
        zaaktype,
        *(() if vraag.is_afgerond else lopend),
        Keuze("behandelaar", "Behandelaar", (("", "Alle"), *mensen), vraag.filters.get("behandelaar", "")),
    )


def _collegas(actor: Actor, mensen: tuple[MedewerkerInfo, ...]) -> tuple[tuple[str, str], ...]:
    """Who may get zaken of this list: everybody who handles them, or only oneself without the right to divide."""
    if Recht.BEHANDELEN not in actor.rechten:
        return ()
    if Recht.VERDELEN not in actor.rechten:
        return ((str(actor.medewerker_id), "Mijzelf"),)
    anderen = ((str(een.id), een.naam) for een in mensen if Recht.BEHANDELEN in een.rechten)
    return (("", "Kies een behandelaar"), *anderen, ("niemand", "Nog niemand"))


def _regel(item: Werkitem, vandaag: date) -> Regel:
    nieuw = ((item.nieuw_bericht, "Nieuw bericht"), (item.nieuw_document, "Nieuw document"))
    return Regel(
        keuze=str(Gekozen(item.ref, item.behandelaar_id)),
        href=reverse("werkplek-zaak", args=[str(item.ref)]),
        identificatie=item.identificatie,
        omschrijving=item.omschrijving,
        zaaktype="" if item.zaaktype_omschrijving == item.omschrijving else item.zaaktype_omschrijving,
        aanvrager=item.aanvrager,
        behandelaar=item.behandelaar_naam,
        badge_tekst=badge_tekst(item.badge),
        badge_soort=item.badge.soort,
        termijn=_termijn(item, vandaag),
        afgerond_op=item.einddatum,
        nieuw=tuple(tekst for is_zo, tekst in nieuw if is_zo),
    )


_GEEN_AFGEROND = "Uw afdeling heeft nog geen afgeronde zaken."


def _termijn(item: Werkitem, vandaag: date) -> TermijnTekst | None:
    if item.uiterlijke_einddatum is None:
        return None
    if item.opgeschort_sinds is not None:
        return describe_stilstand(item.uiterlijke_einddatum, item.opgeschort_sinds)
    return describe_termijn(item.uiterlijke_einddatum, vandaag)


def _waarom_leeg(actor: Actor, vraag: Vraag) -> str:
    if not actor.afdelingen:
        return "U hoort nog bij geen afdeling. Daarom ziet u geen zaken. Vraag uw beheerder om hulp."
    if vraag.pagina > 1:
        return "Op deze pagina staan geen zaken meer."
    if is_ours(vraag.zoek):
        return "Wij vinden geen zaak met dit nummer die u mag zien."
    if vraag.is_afgerond:
        is_alles = vraag.filters.keys() == {"stand"} and not vraag.zoek
        return _GEEN_AFGEROND if is_alles else "Wij vinden geen afgeronde zaken bij uw keuze."
    if vraag.filters:
        return "Wij vinden in deze lijst geen lopende zaken bij uw keuze. Haal een filter weg."
    if vraag.zoek:
        return "Wij vinden in deze lijst geen lopende zaken bij uw zoekwoord."
    return {
        Lijst.MIJN: "U heeft nu geen zaken in behandeling.",
        Lijst.AFDELING: "Uw afdeling heeft nu geen lopende zaken.",
        Lijst.NIET_TOEGEWEZEN: "Alle lopende zaken hebben een behandelaar.",
    }[vraag.lijst]
