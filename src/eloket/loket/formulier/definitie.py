"""A whole form as its file says it. What its parts must have to do with each other stands in samenhang.py."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from eloket.identity.niveaus import Zekerheid
from eloket.loket.formulier.basis import Alinea, AlsVoorwaarde, Deel, Regel, Wie
from eloket.loket.formulier.keuzevelden import KeuzesVeld
from eloket.loket.formulier.samengesteld import BestandVeld, GroepVeld, InhoudVeld, Veld
from eloket.loket.formulier.voorwaarden import Voorwaarde

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
MEESTE_INVOER = 400  # values of one step: a request may have 500 (settings), a session keeps as many
ZaakTypeCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{1,49}$")]


class Stap(Deel):
    id: Slug
    titel: Regel
    uitleg: tuple[Alinea, ...] = ()
    als: AlsVoorwaarde | None = None
    velden: Annotated[
        tuple[Annotated[Veld, Field(discriminator="soort")], ...], Field(min_length=1, max_length=40)
    ]

    @property
    def voorwaarde(self) -> Voorwaarde | None:
        als: Voorwaarde | None = self.als
        return als

    @model_validator(mode="after")
    def _fits_in_a_post(self) -> Self:
        if sum(map(_inputs, self.velden)) > MEESTE_INVOER:
            raise ValueError("deze stap is te groot voor één pagina: verdeel de velden over meer stappen")
        return self


def _inputs(veld: Veld) -> int:
    """The most values that a page with this field can send."""
    if isinstance(veld, InhoudVeld | BestandVeld):
        return 0
    if isinstance(veld, GroepVeld):
        return 1 + veld.max * sum(map(_inputs, veld.velden))
    return len(veld.opties) if isinstance(veld, KeuzesVeld) else len(veld.namen("x"))


class AnderZaakType(Deel):
    als: AlsVoorwaarde
    zaaktype: ZaakTypeCode


class ZaakDeel(Deel):
    """What the zaak becomes. `onderwerp` names fields in braces; `toelichting` is a field of kind lange_tekst; of
    `anders` the first whose condition holds decides the zaaktype."""

    zaaktype: ZaakTypeCode
    onderwerp: Annotated[str, Field(min_length=1, max_length=120)]
    toelichting: str = ""
    anders: tuple[AnderZaakType, ...] = ()


class Verklaring(Deel):
    """What somebody declares before sending."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    tekst: Annotated[str, Field(min_length=1, max_length=400)]


class Uitkomst(Deel):
    """How a check ends. `formulier` is what can be applied for with these answers."""

    als: AlsVoorwaarde | None = None
    titel: Regel
    tekst: Annotated[tuple[Alinea, ...], Field(min_length=1)]
    toon: Literal["ok", "info", "warning"] = "info"
    formulier: Slug | None = None


Middel = Literal["digid", "eherkenning", "anoniem"]
WIE_VAN: dict[Middel, Wie] = {"digid": Wie.INWONER, "eherkenning": Wie.ONDERNEMING, "anoniem": Wie.ANONIEM}


class Definitie(Deel):
    """A form. `soort: check` asks, answers with a text and makes no zaak; its answers go along to an application."""

    titel: Regel
    soort: Literal["aanvraag", "check"] = "aanvraag"
    inloggen: Annotated[tuple[Middel, ...], Field(min_length=1)]
    zekerheid: Literal["substantieel", "hoog"] | None = None  # how sure we must be of who fills it in
    duur_minuten: Annotated[int, Field(ge=1, le=120, strict=True)] = 5
    zaak: ZaakDeel | None = None
    stappen: Annotated[tuple[Stap, ...], Field(min_length=1, max_length=30)]
    verklaringen: tuple[Verklaring, ...] = ()
    uitkomsten: tuple[Uitkomst, ...] = ()
    hergebruik: Annotated[bool, Field(strict=True)] = (
        True  # an earlier application can be the start of the next
    )

    # By nobody but who it is about, their business or a bewindvoerder: a gemachtigde would read what is answered.
    alleen_zelf: Annotated[bool, Field(strict=True)] = False

    @property
    def is_check(self) -> bool:
        return self.soort == "check"

    @property
    def wie(self) -> frozenset[Wie]:
        return frozenset(WIE_VAN[middel] for middel in self.inloggen)

    @property
    def nodig(self) -> Zekerheid | None:
        """The level to log in at; None is the lowest of each means."""
        return Zekerheid(self.zekerheid) if self.zekerheid else None

    def velden(self) -> Iterator[tuple[Stap, Veld]]:
        """Every field with its step, in order; a group as one field."""
        for stap in self.stappen:
            for veld in stap.velden:
                yield stap, veld

    def get_stap(self, stap_id: str) -> Stap | None:
        return next((stap for stap in self.stappen if stap.id == stap_id), None)

    def get_veld(self, veld_id: str) -> Veld | None:
        return next((veld for _, veld in self.velden() if veld.id == veld_id), None)
