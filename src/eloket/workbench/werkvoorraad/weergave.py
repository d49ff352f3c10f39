"""The work list as the template shows it: what was asked, the lines, the tabs and the links to other pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from eloket.identity.types import Actor
from eloket.workbench.menu import Lijst
from eloket.workbench.weergave import TermijnTekst, badge_tekst, describe_termijn
from eloket.zaken.werk import WerkFilter, Werkitem, Werkvoorraad

PER_PAGINA = 25
MEESTE_PAGINAS = 200  # who needs to page further is helped better by searching
MEESTE_TEKENS = 100


@dataclass(frozen=True, slots=True)
class Vraag:
    """Which list, searched for what, which page (from 1)."""

    lijst: Lijst
    zoek: str
    pagina: int

    @classmethod
    def parse(cls, velden: Mapping[str, str]) -> "Vraag":
        """From the query of the URL; what it cannot read becomes the first page of Mijn werk."""
        lijst, pagina = velden.get("lijst", ""), velden.get("pagina", "")
        return cls(
            lijst=Lijst(lijst) if lijst in set(Lijst) else Lijst.MIJN,
            zoek=velden.get("zoek", "").replace("\x00", "").strip()[:MEESTE_TEKENS],
            pagina=min(int(pagina), MEESTE_PAGINAS) if pagina in _PAGINAS else 1,
        )

    def filter_for(self, actor: Actor) -> WerkFilter:
        return WerkFilter(
            afdelingen=actor.afdelingen,
            behandelaar_id=actor.medewerker_id if self.lijst is Lijst.MIJN else None,
            niet_toegewezen=self.lijst is Lijst.NIET_TOEGEWEZEN,
            zoek=self.zoek,
            offset=(self.pagina - 1) * PER_PAGINA,
            limit=PER_PAGINA,
        )

    def href(self, *, pagina: int = 1) -> str:
        """The same question on another page of the list."""
        velden: dict[str, str | int] = {}
        if self.lijst is not Lijst.MIJN:
            velden["lijst"] = self.lijst.value
        if self.zoek:
            velden["zoek"] = self.zoek
        if pagina > 1:
            velden["pagina"] = pagina
        return reverse("werkplek") + (f"?{urlencode(velden)}" if velden else "")


_PAGINAS = frozenset(map(str, range(1, MEESTE_PAGINAS + 1)))


@dataclass(frozen=True, slots=True)
class Regel:
    """A zaak in the list."""

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


@dataclass(frozen=True, slots=True)
class LijstPagina:
    """`vorige` and `volgende` are links, '' at the ends. `leeg` says why there are no lines, '' when there are."""

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


def build_lijst(actor: Actor, vraag: Vraag, gevonden: Werkvoorraad, vandaag: date) -> LijstPagina:
    """The page for this answer of zaken.queries.list_werkvoorraad."""
    heeft_volgende = gevonden.heeft_meer and vraag.pagina < MEESTE_PAGINAS
    return LijstPagina(
        titel=vraag.lijst.titel_voor(actor),
        lijst=vraag.lijst.value,
        zoek=vraag.zoek,
        pagina=vraag.pagina,
        tabs=tuple(Tab(een.titel_voor(actor), een.href, een is vraag.lijst) for een in Lijst),
        regels=tuple(_regel(item, vandaag) for item in gevonden.items),
        toont_behandelaar=vraag.lijst is Lijst.AFDELING,
        vorige=vraag.href(pagina=vraag.pagina - 1) if vraag.pagina > 1 else "",
        volgende=vraag.href(pagina=vraag.pagina + 1) if heeft_volgende else "",
        leeg="" if gevonden.items else _waarom_leeg(actor, vraag),
        wis_href=vraag.lijst.href,
    )


def _regel(item: Werkitem, vandaag: date) -> Regel:
    nieuw = ((item.nieuw_bericht, "Nieuw bericht"), (item.nieuw_document, "Nieuw document"))
    return Regel(
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
    if vraag.zoek:
        return "Wij vinden in deze lijst geen lopende zaken bij uw zoekwoord."
    return {
        Lijst.MIJN: "U heeft nu geen zaken in behandeling.",
        Lijst.AFDELING: "Uw afdeling heeft nu geen lopende zaken.",
        Lijst.NIET_TOEGEWEZEN: "Alle lopende zaken hebben een behandelaar.",
    }[vraag.lijst]
