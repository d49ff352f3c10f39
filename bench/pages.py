"""The pages that are measured, and for whom."""

from dataclasses import dataclass

LEEG_INWONER = "/bench/inwoner/"
LEEG_MEDEWERKER = "/bench/medewerker/"
VAAK = "visser"  # one in twenty of the people of a seed: ten times as many as have the most common name of the country


@dataclass(frozen=True, slots=True)
class Page:
    """`pad` may hold `{ref}`, a zaak of the reader, `{concept}`, a form that they fill in, and `{zegel}`: `zoek`,
    sealed as an address of theirs holds it. `zoek` may be `{nummer}` or `{naam}`, a zaak of theirs and a name to look
    for. `leeg` is the empty page of the same audience.

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
    zoek: str = ""

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
    Page("Mijn Zaken, zoeken", "/mijn/zaken/?q={zegel}", LEEG_INWONER, zoek="park"),
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
    Page("filter: wacht op aanvrager", "/werkplek/?lijst=afdeling&status=wacht_op_u", LEEG_MEDEWERKER),
    Page(
        "filter: niet toegewezen, besluit genomen",
        "/werkplek/?lijst=niet-toegewezen&status=besluit_genomen",
        LEEG_MEDEWERKER,
    ),
    Page("filter: te laat", "/werkplek/?lijst=afdeling&termijn=rood", LEEG_MEDEWERKER),
    Page("filter: soort zaak", "/werkplek/?lijst=afdeling&zaaktype=PARKEERVERGUNNING", LEEG_MEDEWERKER),
    Page("werkvoorraad: afgerond", "/werkplek/?lijst=afdeling&stand=afgerond", LEEG_MEDEWERKER),
    Page("zoeken op naam", "/werkplek/?lijst=afdeling&zoek={zegel}", LEEG_MEDEWERKER, zoek="{naam}"),
    Page(
        "zoeken op een naam van velen",
        "/werkplek/?lijst=afdeling&zoek={zegel}",
        LEEG_MEDEWERKER,
        zoek=VAAK,
        is_promised=False,
    ),
    Page("zoeken op zaaknummer", "/werkplek/?zoek={zegel}", LEEG_MEDEWERKER, zoek="{nummer}"),
    # What stands in a subject is looked for line by line, and what is nowhere in every open zaak of the afdeling.
    Page(
        "zoeken in het onderwerp",
        "/werkplek/?lijst=afdeling&zoek={zegel}",
        LEEG_MEDEWERKER,
        zoek="kerkplein",
        is_promised=False,
    ),
    Page(
        "zoeken wat er niet is",
        "/werkplek/?lijst=afdeling&zoek={zegel}",
        LEEG_MEDEWERKER,
        zoek="zeppelin",
        is_promised=False,
    ),
    Page("een zaak in de werkplek", "/werkplek/zaken/{ref}/", LEEG_MEDEWERKER),
    Page("een zaak in de werkplek: berichten", "/werkplek/zaken/{gesprek}/?deel=berichten", LEEG_MEDEWERKER),
    Page("werkplek: Berichten", "/werkplek/berichten/", LEEG_MEDEWERKER),
)
