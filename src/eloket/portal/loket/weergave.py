"""What the pages of the E-loket show, worked out before the template begins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eloket.loket.types import Doelgroep, Product, Thema
from eloket.portal.loket import paden

_DOELGROEP = {Doelgroep.INWONER: ("inwoners",), Doelgroep.ONDERNEMING: ("bedrijven", "organisaties")}


@dataclass(frozen=True, slots=True)
class ProductTegel:
    href: str
    titel: str
    samenvatting: str
    is_online: bool


@dataclass(frozen=True, slots=True)
class ThemaBlok:
    titel: str
    tegels: tuple[ProductTegel, ...]


@dataclass(frozen=True, slots=True)
class ProductPagina:
    """`tarieven` are (what for, amount) pairs; `melden_href` is empty when it cannot be done online."""

    titel: str
    samenvatting: str
    voor: str
    nodig: tuple[str, ...]
    termijn: str
    kosten: str
    tarieven: tuple[tuple[str, str], ...]
    daarna: tuple[str, ...]
    melden_href: str


def make_tegels(producten: Iterable[Product]) -> tuple[ProductTegel, ...]:
    return tuple(
        ProductTegel(paden.product(p.slug), p.inhoud.titel, p.inhoud.samenvatting, p.is_online)
        for p in producten
    )


def make_themas(producten: Sequence[Product]) -> tuple[ThemaBlok, ...]:
    """The products under their themes, without empty ones."""
    blokken = (
        ThemaBlok(thema.tekst, make_tegels(p for p in producten if p.inhoud.thema is thema))
        for thema in Thema
    )
    return tuple(blok for blok in blokken if blok.tegels)


def make_product(product: Product) -> ProductPagina:
    inhoud = product.inhoud
    return ProductPagina(
        titel=inhoud.titel,
        samenvatting=inhoud.samenvatting,
        voor=_voor(inhoud.voor),
        nodig=inhoud.nodig,
        termijn=inhoud.termijn,
        kosten=inhoud.kosten,
        tarieven=tuple((t.omschrijving, schrijf_bedrag(t.cent)) for t in inhoud.tarieven),
        daarna=inhoud.daarna,
        melden_href=paden.melden(product.slug) if product.is_online else "",
    )


def _voor(groepen: tuple[Doelgroep, ...]) -> str:
    namen = [naam for groep in groepen for naam in _DOELGROEP[groep]]
    return " en ".join((", ".join(namen[:-1]), namen[-1])) if len(namen) > 1 else namen[0]


def schrijf_bedrag(cent: int) -> str:
    """`€ 1.234,50` for an amount in cents; 0 is `gratis`."""
    if cent == 0:
        return "gratis"
    heel = f"{cent // 100:,}".replace(",", ".")
    return f"€ {heel},{cent % 100:02d}"
