"""The work list as the template shows it: what was asked, the lines, the tabs and the links to other pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from eloket.identity.access import MedewerkerInfo
from eloket.identity.types import Actor, Recht
from eloket.workbench.menu import Lijst
from eloket.workbench.weergave import TermijnTekst, badge_tekst, describe_termijn
from eloket.zaken.filters import Filter
from eloket.zaken.types import Badge
from eloket.zaken.verdelen import Gekozen
from eloket.zaken.werk import (
    TermijnKleur,
    WerkFilter,
    Werkitem,
    WerkTellingen,
    Werkvoorraad,
    ZaakTypeInzage,
)

PER_PAGINA = 25
MEESTE_PAGINAS = 200  # who needs to page further is helped better by searching
MEESTE_TEKENS = 100


@dataclass(frozen=True, slots=True)
class Vraag:
    """Which list, searched for what, narrowed to what, which page (from 1)."""

    lijst: Lijst
    zoek: str
    pagina: int
    zaaktype: str = ""
    badge: Badge | None = None
    termijn: TermijnKleur | None = None
    behandelaar: int | None = None

    @classmethod
    def parse(cls, velden: Mapping[str, str]) -> "Vraag":
        """From the query of the URL; what it cannot read becomes the first page of Mijn werk."""
        lijst, pagina = velden.get("lijst", ""), velden.get("pagina", "")
        return cls(
            lijst=Lijst(lijst) if lijst in set(Lijst) else Lijst.MIJN,
            zoek=velden.get("zoek", "").replace("\x00", "").strip()[:MEESTE_TEKENS],
            pagina=min(int(pagina), MEESTE_PAGINAS) if pagina in _PAGINAS else 1,
            zaaktype=velden.get("zaaktype", "").replace("\x00", "")[:50],
            badge=Badge(status) if (status := velden.get("status", "")) in set(Badge) else None,
            termijn=TermijnKleur(kleur)
            if (kleur := velden.get("termijn", "")) in set(TermijnKleur)
            else None,
            behandelaar=int(wie) if (wie := velden.get("behandelaar", "")) and _is_nummer(wie) else None,
        )

    def filter_for(self, actor: Actor) -> WerkFilter:
        return WerkFilter(
            afdelingen=actor.afdelingen,
            behandelaar_id=actor.medewerker_id if self.lijst is Lijst.MIJN else self.behandelaar,
            zaaktypen=frozenset({self.zaaktype} - {""}),
            badge=self.badge,
            termijn=self.termijn,
            niet_toegewezen=self.lijst is Lijst.NIET_TOEGEWEZEN,
            zoek=self.zoek,
            offset=(self.pagina - 1) * PER_PAGINA,
            limit=PER_PAGINA,
        )

    @property
    def is_gefilterd(self) -> bool:
        return bool(self.zoek or self.filters)

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the list besides the search: the fields of the form that are set."""
        velden = {
            "zaaktype": self.zaaktype,
            "status": self.badge.value if self.badge else "",
            "termijn": self.termijn.value if self.termijn else "",
            "behandelaar": str(self.behandelaar) if self.behandelaar is not None else "",
        }
        return {naam: waarde for naam, waarde in velden.items() if waarde}

    def query(self, *, pagina: int = 1, zonder: str = "") -> str:
        """As in the URL, without the question mark; `zonder` leaves one field out."""
        velden: dict[str, str | int] = {}
        if self.lijst is not Lijst.MIJN:
            velden["lijst"] = self.lijst.value
        if self.zoek:
            velden["zoek"] = self.zoek
        velden |= self.filters
        if pagina > 1:
            velden["pagina"] = pagina
        return urlencode({naam: waarde for naam, waarde in velden.items() if naam != zonder})

    def href(self, *, pagina: int = 1, zonder: str = "") -> str:
        """The same question on another page of the list, or without one of its filters."""
        query = self.query(pagina=pagina, zonder=zonder)
        return reverse("werkplek") + (f"?{query}" if query else "")


def _is_nummer(tekst: str) -> bool:
    return tekst.isascii() and tekst.isdigit() and len(tekst) < 10


_PAGINAS = frozenset(map(str, range(1, MEESTE_PAGINAS + 1)))


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

    `actief` are the filters that are set, with the link that takes each away; `bewaard` the saved questions (name,
    link, where to remove it); `collegas` to whom zaken can be given, empty when the actor may not.
    """

    titel: str
    lijst: str
    zoek: str
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
                reverse("werkplek") + (f"?{een.vraag}" if een.vraag else ""),
                reverse("werkplek-filter-verwijderen", args=[een.id]),
            )
            for een in omgeving.bewaard
        ),
        collegas=_collegas(actor, omgeving.mensen),
    )


_TERMIJN_TEKST = {
    TermijnKleur.ROOD: "Te laat",
    TermijnKleur.ORANJE: "Binnen een week",
    TermijnKleur.GROEN: "Later, of staat stil",
}


def _keuzes(vraag: Vraag, omgeving: Omgeving) -> tuple[Keuze, ...]:
    open_badges = [badge for badge in Badge if badge is not Badge.AFGEROND]
    soorten = (
        Keuze(
            "zaaktype",
            "Soort zaak",
            (("", "Alle"), *((een.identificatie, een.omschrijving) for een in omgeving.zaaktypen)),
            vraag.zaaktype,
        ),
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
        return soorten
    mensen = tuple((str(een.id), een.naam) for een in omgeving.mensen)
    return (
        *soorten,
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
        termijn=describe_termijn(item.uiterlijke_einddatum, vandaag) if item.uiterlijke_einddatum else None,
        nieuw=tuple(tekst for is_zo, tekst in nieuw if is_zo),
    )


def _waarom_leeg(actor: Actor, vraag: Vraag) -> str:
    if not actor.afdelingen:
        return "U hoort nog bij geen afdeling. Daarom ziet u geen zaken. Vraag uw beheerder om hulp."
    if vraag.pagina > 1:
        return "Op deze pagina staan geen zaken meer."
    if vraag.filters:
        return "Wij vinden in deze lijst geen lopende zaken bij uw keuze. Haal een filter weg."
    if vraag.zoek:
        return "Wij vinden in deze lijst geen lopende zaken bij uw zoekwoord."
    return {
        Lijst.MIJN: "U heeft nu geen zaken in behandeling.",
        Lijst.AFDELING: "Uw afdeling heeft nu geen lopende zaken.",
        Lijst.NIET_TOEGEWEZEN: "Alle lopende zaken hebben een behandelaar.",
    }[vraag.lijst]
