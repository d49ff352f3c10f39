"""The charts of the dashboard: titles, numbers, and the sentence that tells what there is to see. Pure: no I/O."""

from collections.abc import Sequence

from eloket.berichten.statistiek import AntwoordTijden
from eloket.kernel.klok import schrijf_dagen, schrijf_datum, schrijf_zaken
from eloket.workbench.grafieken.types import Grafiek, Reeks
from eloket.zaken.statistiek import LEEFTIJDEN, Stand
from eloket.zaken.werk import TermijnKleur


def make_grafieken(stand: Stand, antwoorden: AntwoordTijden) -> tuple[Grafiek, ...]:
    """All charts of the page, in its order."""
    return (
        _stroom(stand),
        _termijn(stand),
        _leeftijd(stand),
        _antwoorden(antwoorden),
        _verdeling("zaaktype", "Lopende zaken per soort", "Soort zaak", stand.per_zaaktype),
        _verdeling("afdeling", "Lopende zaken per afdeling", "Afdeling", stand.per_afdeling),
    )


def _stroom(stand: Stand) -> Grafiek:
    binnen = sum(week.instroom for week in stand.weken)
    klaar = sum(week.uitstroom for week in stand.weken)
    verschil = "even veel als" if binnen == klaar else "meer dan" if binnen > klaar else "minder dan"
    return Grafiek(
        sleutel="stroom",
        titel="Binnengekomen en afgeronde zaken per week",
        samenvatting=f"In {len(stand.weken)} weken kwamen {schrijf_zaken(binnen)} binnen. Dat is {verschil} de"
        f" {schrijf_zaken(klaar)} die klaar kwamen.",
        kop="Week vanaf",
        labels=tuple(schrijf_datum(week.maandag) for week in stand.weken),
        reeksen=(
            Reeks("Binnengekomen", tuple(week.instroom for week in stand.weken), "merk"),
            Reeks("Afgerond", tuple(week.uitstroom for week in stand.weken), "grijs"),
        ),
    )


def _termijn(stand: Stand) -> Grafiek:
    rood, oranje, groen = (
        stand.termijnen[kleur] for kleur in (TermijnKleur.ROOD, TermijnKleur.ORANJE, TermijnKleur.GROEN)
    )
    return Grafiek(
        sleutel="termijn",
        titel="Lopende zaken naar termijn",
        samenvatting=f"Van {schrijf_zaken(stand.open)} {'is' if rood == 1 else 'zijn'} er {rood} te laat en"
        f" moeten er {oranje} binnen een week klaar zijn.",
        kop="Termijn",
        labels=("Rood: te laat", "Oranje: binnen een week", "Groen: later", "Staat stil"),
        reeksen=(Reeks("Aantal zaken", (rood, oranje, groen, stand.stil), "termijn"),),
        is_liggend=True,
    )


def _leeftijd(stand: Stand) -> Grafiek:
    grenzen = (0, *LEEFTIJDEN)
    labels = tuple(f"{van} tot {tot} weken" for van, tot in zip(grenzen, LEEFTIJDEN, strict=False))
    oud = stand.leeftijden[-1]
    return Grafiek(
        sleutel="leeftijd",
        titel="Hoe oud lopende zaken zijn",
        samenvatting=f"{schrijf_zaken(oud).capitalize()} {'is' if oud == 1 else 'zijn'} ouder dan"
        f" {LEEFTIJDEN[-1]} weken.",
        kop="Leeftijd",
        labels=(*labels, f"Ouder dan {LEEFTIJDEN[-1]} weken"),
        reeksen=(Reeks("Aantal zaken", stand.leeftijden, "merk"),),
        is_liggend=True,
    )


def _antwoorden(tijden: AntwoordTijden) -> Grafiek:
    wacht = "Er wacht nu niemand op een antwoord."
    if tijden.wachtend:
        wie = "één zaak" if tijden.wachtend == 1 else f"{tijden.wachtend} zaken"
        wacht = (
            f"In {wie} wacht een inwoner nu op antwoord, de langste al {schrijf_dagen(tijden.langst.days)}."
        )
    beantwoord = sum(week.aantal for week in tijden.weken)
    kregen = "1 bericht kreeg" if beantwoord == 1 else f"{beantwoord} berichten kregen"
    return Grafiek(
        sleutel="antwoorden",
        titel="Hoe snel berichten worden beantwoord",
        samenvatting=f"{kregen} antwoord. {wacht}",
        kop="Week vanaf",
        labels=tuple(schrijf_datum(week.maandag) for week in tijden.weken),
        reeksen=(
            Reeks("De helft binnen", tuple(round(week.mediaan, 1) for week in tijden.weken), "merk"),
            Reeks("9 van de 10 binnen", tuple(round(week.negentig, 1) for week in tijden.weken), "grijs"),
        ),
        eenheid="uur",
    )


def _verdeling(sleutel: str, titel: str, kop: str, tellingen: Sequence[tuple[str, int]]) -> Grafiek:
    meeste = tellingen[0][0] if tellingen else ""
    return Grafiek(
        sleutel=sleutel,
        titel=titel,
        samenvatting=f"De meeste lopende zaken zijn: {meeste}." if meeste else "Er zijn geen lopende zaken.",
        kop=kop,
        labels=tuple(naam for naam, _ in tellingen),
        reeksen=(Reeks("Aantal zaken", tuple(aantal for _, aantal in tellingen), "merk"),),
        is_liggend=True,
    )
