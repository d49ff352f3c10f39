"""What was asked of the work list: from its form or the query of its URL, to a filter, and back into links.

In an address what is searched for is sealed (identity.zoekterm); in a saved filter, whose column is encrypted, it is
not: a seal would not outlive the secret that it was made with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from eloket.identity.types import Actor
from eloket.identity.zoekterm import Zoekterm, open_zoekterm, seal_zoekterm
from eloket.workbench.menu import Lijst
from eloket.zaken.types import Badge
from eloket.zaken.werk import TermijnKleur, WerkFilter

PER_PAGINA = 25
MEESTE_PAGINAS = 200  # who needs to page further is helped better by searching
MEESTE_TEKENS = 100
_PLEK = "werkplek"
_AFGEROND, _ONDERWERP = "afgerond", "onderwerp"


@dataclass(frozen=True, slots=True)
class Vraag:
    """Which list, searched for what, narrowed to what, which page (from 1).

    `is_afgerond`: the closed zaken of the afdeling, which have no status or term to choose. `alleen_onderwerp`: what
    is searched is no name.
    """

    lijst: Lijst
    zoekterm: Zoekterm
    pagina: int
    zaaktype: str = ""
    badge: Badge | None = None
    termijn: TermijnKleur | None = None
    behandelaar: int | None = None
    is_afgerond: bool = False
    alleen_onderwerp: bool = False

    @classmethod
    def parse(cls, actor: Actor, velden: Mapping[str, str]) -> "Vraag":
        """From the query of the URL; what it cannot read becomes the first page of Mijn werk."""
        zoekterm = open_zoekterm(actor, _PLEK, velden.get("zoek", ""))
        vraag = cls._read(velden, zoekterm)
        return replace(vraag, pagina=1) if zoekterm.is_weg else vraag

    @classmethod
    def typed(cls, actor: Actor, velden: Mapping[str, str]) -> "Vraag":
        """From the form, in which the search is what somebody typed."""
        getypt = velden.get("zoek", "").replace("\x00", "").strip()[:MEESTE_TEKENS]
        return cls._read(velden, seal_zoekterm(actor, _PLEK, getypt))

    @classmethod
    def saved(cls, actor: Actor, vraag: str) -> "Vraag":
        """From what `for_saving` made."""
        return cls.typed(actor, QueryDict(vraag).dict())

    @classmethod
    def _read(cls, velden: Mapping[str, str], zoekterm: Zoekterm) -> "Vraag":
        gevraagd, pagina = velden.get("lijst", ""), velden.get("pagina", "")
        lijst = Lijst(gevraagd) if gevraagd in set(Lijst) else Lijst.MIJN
        is_afgerond = lijst is Lijst.AFDELING and velden.get("stand", "") == _AFGEROND
        status, kleur = ("", "") if is_afgerond else (velden.get("status", ""), velden.get("termijn", ""))
        return cls(
            lijst=lijst,
            zoekterm=zoekterm,
            pagina=min(int(pagina), MEESTE_PAGINAS) if pagina in _PAGINAS else 1,
            zaaktype=velden.get("zaaktype", "").replace("\x00", "")[:50],
            badge=Badge(status) if status in set(Badge) else None,
            termijn=TermijnKleur(kleur) if kleur in set(TermijnKleur) else None,
            behandelaar=int(wie) if (wie := velden.get("behandelaar", "")) and _is_nummer(wie) else None,
            is_afgerond=is_afgerond,
            alleen_onderwerp=velden.get("in", "") == _ONDERWERP,
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
            is_open=not self.is_afgerond,
            alleen_onderwerp=self.alleen_onderwerp,
        )

    @property
    def zoek(self) -> str:
        """What is searched for, in clear: for the source and the page, never for an address."""
        return self.zoekterm.tekst

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the list besides the search: the fields of the form that are set."""
        velden = {
            "stand": _AFGEROND if self.is_afgerond else "",
            "zaaktype": self.zaaktype,
            "status": self.badge.value if self.badge else "",
            "termijn": self.termijn.value if self.termijn else "",
            "behandelaar": str(self.behandelaar) if self.behandelaar is not None else "",
        }
        return {naam: waarde for naam, waarde in velden.items() if waarde}

    def query(self, *, pagina: int = 1, zonder: str = "") -> str:
        """As in the URL, without the question mark; `zonder` leaves one field out."""
        return self._query(self.zoekterm.zegel, pagina=pagina, zonder=zonder)

    def for_saving(self) -> str:
        """The same in clear: only for a column that is encrypted."""
        return self._query(self.zoek)

    def _query(self, zoek: str, *, pagina: int = 1, zonder: str = "") -> str:
        velden: dict[str, str | int] = {}
        if self.lijst is not Lijst.MIJN:
            velden["lijst"] = self.lijst.value
        if zoek:
            velden["zoek"] = zoek
            velden |= {"in": _ONDERWERP} if self.alleen_onderwerp else {}
        velden |= self.filters
        if pagina > 1:
            velden["pagina"] = pagina
        return urlencode({naam: waarde for naam, waarde in velden.items() if naam != zonder})

    def in_onderwerp(self) -> "Vraag":
        """The same question, of the subjects only."""
        return replace(self, alleen_onderwerp=True, pagina=1)

    def href(self, *, pagina: int = 1, zonder: str = "") -> str:
        """The same question on another page of the list, or without one of its filters."""
        query = self.query(pagina=pagina, zonder=zonder)
        return reverse("werkplek") + (f"?{query}" if query else "")


def _is_nummer(tekst: str) -> bool:
    return tekst.isascii() and tekst.isdigit() and len(tekst) < 10


_PAGINAS = frozenset(map(str, range(1, MEESTE_PAGINAS + 1)))
