"""The pages that are measured, and for whom."""

from dataclasses import dataclass

LEEG_INWONER = "/bench/inwoner/"
LEEG_MEDEWERKER = "/bench/medewerker/"


@dataclass(frozen=True, slots=True)
class Page:
    """`pad` may hold `{ref}`, a zaak of the reader, and `{concept}`, a form that they fill in. `leeg` is the empty page
    of the same audience.

    `share` is the part of the empty page's throughput that it must reach, `queries` the most that it may ask;
    None when nothing was promised and it is shown for information.
    """

    naam: str
    pad: str
    leeg: str
    share: float | None = None
    queries: int | None = None
    is_promised: bool = True  # to stay within 1.3x of its time at the small size
    over_zaken: float | None = None  # the most that it may take, in times Mijn Zaken

    @property
    def is_medewerker(self) -> bool:
        return self.leeg == LEEG_MEDEWERKER


LEEG = (
    Page("lege pagina, inwoner", LEEG_INWONER, LEEG_INWONER, is_promised=False),
    Page("lege pagina, medewerker", LEEG_MEDEWERKER, LEEG_MEDEWERKER, is_promised=False),
)
PAGES = (
    Page("Mijn Zaken", "/mijn/zaken/", LEEG_INWONER, share=0.15),
    Page("een zaak", "/mijn/zaken/{ref}/", LEEG_INWONER, share=0.15),
    Page("Mijn overzicht", "/mijn/", LEEG_INWONER),
    Page("Mijn Zaken, zoeken", "/mijn/zaken/?q=park", LEEG_INWONER),
    Page(
        "stap van een formulier",
        "/loket/aanvragen/melding-openbare-ruimte/{concept}/stap/melding/",
        LEEG_INWONER,
        over_zaken=1.5,
    ),
    Page("Berichten", "/mijn/berichten/", LEEG_INWONER),
    Page("werkvoorraad: mijn werk", "/werkplek/", LEEG_MEDEWERKER),
    Page("werkvoorraad: afdeling", "/werkplek/?lijst=afdeling", LEEG_MEDEWERKER),
    Page("werkvoorraad: niet toegewezen", "/werkplek/?lijst=niet-toegewezen", LEEG_MEDEWERKER),
    Page(
        "werkvoorraad: zoeken",
        "/werkplek/?lijst=afdeling&zoek=kerkplein",
        LEEG_MEDEWERKER,
        is_promised=False,
    ),
)
