"""What the pages of the E-loket show, worked out before the template begins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eloket.identity.middel import name_for
from eloket.identity.niveaus import MiddelSoort, Zekerheid
from eloket.identity.paden import LOGIN_INWONER, login_url
from eloket.kernel.klok import datum_van, schrijf_datum, schrijf_moment
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.lezen import FormulierOnleesbaar
from eloket.loket.geld import schrijf_bedrag
from eloket.loket.types import ConceptRegel, Doelgroep, Product, Thema
from eloket.loket.versies import Gepubliceerd
from eloket.portal.loket import paden
from eloket.zaken.types import Badge, Zaak

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
    """`tarieven` are (what for, amount) pairs; `start_href` is empty when it cannot be done online now, `zonder_href`
    when it takes a login, and `check_href` when there is nothing to check first."""

    titel: str
    samenvatting: str
    voor: str
    nodig: tuple[str, ...]
    termijn: str
    kosten: str
    tarieven: tuple[tuple[str, str], ...]
    daarna: tuple[str, ...]
    start_href: str
    inloggen_met: str
    zekerheid: Zekerheid | None  # that the form asks for
    inloggen_href: str  # where who did not log in begins: at once at the level that it asks for
    zonder_href: str
    check_href: str
    storing: str  # why it cannot be done online now, though there is a form for it
    duur: str
    is_op_straat: bool  # it may be urgent: the page names the emergency number


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


_MIDDELEN = {"digid": MiddelSoort.DIGID, "eherkenning": MiddelSoort.EHERKENNING}


def make_product(product: Product, gepubliceerd: Gepubliceerd) -> ProductPagina:
    """`gepubliceerd` are the forms."""
    inhoud, versies = product.inhoud, gepubliceerd.versies
    versie = versies.get(inhoud.formulier) if inhoud.formulier else None
    inloggen = versie.definitie.inloggen if versie else ()
    nodig = versie.definitie.nodig if versie else None
    met_login = [name_for(_MIDDELEN[een], nodig) for een in inloggen if een in _MIDDELEN]
    return ProductPagina(
        titel=inhoud.titel,
        samenvatting=inhoud.samenvatting,
        voor=_voor(inhoud.voor),
        nodig=inhoud.nodig,
        termijn=inhoud.termijn,
        kosten=inhoud.kosten,
        tarieven=tuple((t.omschrijving, schrijf_bedrag(t.cent)) for t in inhoud.tarieven),
        daarna=inhoud.daarna,
        start_href=paden.start(versie.slug) if versie and met_login else "",
        inloggen_met=" of ".join(met_login),
        zekerheid=nodig,
        inloggen_href=_begin(versie.slug, nodig) if versie and met_login else "",
        zonder_href=paden.start(versie.slug, is_anoniem=True) if versie and "anoniem" in inloggen else "",
        # Of a check that cannot be read, its own page says so.
        check_href=paden.start(inhoud.check, is_anoniem=True)
        if inhoud.check and (inhoud.check in versies or inhoud.check in gepubliceerd.onleesbaar)
        else "",
        storing=FormulierOnleesbaar.tekst if inhoud.formulier in gepubliceerd.onleesbaar else "",
        duur=str(versie.definitie.duur_minuten) if versie else "",
        is_op_straat=inhoud.thema is Thema.BUURT,
    )


def _begin(formulier: str, nodig: Zekerheid | None) -> str:
    start = paden.start(formulier)
    return login_url(LOGIN_INWONER, start, nodig) if nodig else start


def _voor(groepen: tuple[Doelgroep, ...]) -> str:
    namen = [naam for groep in groepen for naam in _DOELGROEP[groep]]
    return " en ".join((", ".join(namen[:-1]), namen[-1])) if len(namen) > 1 else namen[0]


@dataclass(frozen=True, slots=True)
class StartPagina:
    """What somebody reads before they begin a form. `nodig` comes from the product; without one it is empty."""

    titel: str
    is_check: bool
    nodig: tuple[str, ...]
    duur: str
    stappen: tuple[str, ...]
    product_href: str
    product_titel: str


@dataclass(frozen=True, slots=True)
class ConceptTegel:
    """A form that was not sent yet."""

    titel: str
    href: str
    weg_href: str
    gewijzigd: str
    bewaard_tot: str
    waarom_langer: str


@dataclass(frozen=True, slots=True)
class VolgendPagina:
    """How a report stands, for who has its code: no names, no answers, no documents."""

    nummer: str
    badge: Badge
    stappen: tuple[tuple[str, str, str], ...]  # (what, date, done | current | to come)
    ontvangen: str
    uiterlijk: str


def make_start(definitie: Definitie, product: Product | None) -> StartPagina:
    return StartPagina(
        titel=definitie.titel,
        is_check=definitie.is_check,
        nodig=product.inhoud.nodig if product else (),
        duur="1 minuut" if definitie.duur_minuten == 1 else f"{definitie.duur_minuten} minuten",
        stappen=tuple(stap.titel for stap in definitie.stappen if stap.voorwaarde is None),
        product_href=paden.product(product.slug) if product else "",
        product_titel=product.inhoud.titel if product else "",
    )


def make_concepten(
    concepten: Iterable[ConceptRegel], *, is_anoniem: bool = False
) -> tuple[ConceptTegel, ...]:
    """What was not sent, ready to be shown; also in Mijn Zaken."""
    return tuple(_make_concept(een, is_anoniem) for een in concepten)


def _make_concept(concept: ConceptRegel, is_anoniem: bool) -> ConceptTegel:
    basis = paden.concept(concept.formulier, concept.id, is_anoniem=is_anoniem)
    return ConceptTegel(
        titel=concept.titel,
        href=basis,
        weg_href=paden.stoppen(basis),
        gewijzigd=schrijf_moment(concept.gewijzigd_op),
        bewaard_tot=schrijf_datum(datum_van(concept.bewaard_tot)),
        waarom_langer=concept.waarom_langer,
    )


def make_eerder(concepten: Iterable[ConceptRegel]) -> tuple[tuple[str, str], ...]:
    """(id, words) of earlier applications."""
    return tuple(
        (een.id, f"{een.zaaknummer}, verstuurd op {schrijf_datum(datum_van(een.verstuurd_op))}")
        for een in concepten
        if een.verstuurd_op
    )


def make_volgend(zaak: Zaak) -> VolgendPagina:
    bereikt = {een.volgnummer: een for een in zaak.statussen}
    return VolgendPagina(
        nummer=zaak.identificatie,
        badge=zaak.badge,
        stappen=tuple(
            (
                een.omschrijving,
                schrijf_datum(datum_van(bereikt[een.volgnummer].datum_status_gezet))
                if een.volgnummer in bereikt
                else "",
                "current"
                if een.volgnummer == zaak.stap
                else "checked"
                if een.volgnummer < zaak.stap
                else "not-checked",
            )
            for een in zaak.statustypen
        ),
        ontvangen=schrijf_moment(zaak.registratiedatum),
        uiterlijk=schrijf_datum(zaak.uiterlijke_einddatum)
        if zaak.is_open and zaak.uiterlijke_einddatum
        else "",
    )
