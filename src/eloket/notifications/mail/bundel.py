"""Several notifications in one mail (a burst, or a day): a line per kind with how many, and where to read them."""

from collections.abc import Iterable
from dataclasses import dataclass

from eloket.notifications.mail.invullen import fill, values_of
from eloket.notifications.mail.mailsoorten import (
    CONTEXT,
    MailSoort,
    Plaatshouder,
    Reactie,
    algemeen,
    mailsoort,
)
from eloket.notifications.mail.paden import make_overzicht, make_pad
from eloket.notifications.types import Melding, NotificatieSoort
from eloket.profile.types import Taal

_VOLGORDE = (Reactie.GEVRAAGD, Reactie.LEES_EERST, Reactie.GEEN)
_DEADLINE = CONTEXT[Plaatshouder.TERMIJN]


@dataclass(frozen=True, slots=True)
class BundelRegel:
    """`tekst` is the link, `reactie` says whether and until when somebody must react."""

    tekst: str
    reactie: str
    link: str


def make_regels(meldingen: Iterable[Melding], taal: Taal, basis: str) -> tuple[BundelRegel, ...]:
    """A line per kind: first those that ask for a reaction, the earliest term in front. Raises ValueError when one has
    not what its line must say."""
    per_soort: dict[NotificatieSoort, list[Melding]] = {}
    for melding in meldingen:
        per_soort.setdefault(melding.soort, []).append(melding)

    def order(soort: NotificatieSoort) -> tuple[int, str, int]:
        termijn = min(_deadlines(per_soort[soort]), default="9999")
        return _VOLGORDE.index(mailsoort(soort).reactie), termijn, list(NotificatieSoort).index(soort)

    return tuple(_regel(soort, per_soort[soort], taal, basis) for soort in sorted(per_soort, key=order))


def _regel(naam: NotificatieSoort, meldingen: list[Melding], taal: Taal, basis: str) -> BundelRegel:
    soort = mailsoort(naam)
    deel = soort.deel(taal)
    termijnen = _deadlines(meldingen)
    context = {_DEADLINE: min(termijnen)} if termijnen else {}
    waarden = {"aantal": str(len(meldingen)), **values_of(context, taal)}
    try:
        tekst = fill(deel.een if len(meldingen) == 1 else deel.meer, waarden)
        reactie = " ".join((deel.reactie, *_term(soort, len(set(termijnen)), waarden, taal)))
    except KeyError as error:
        raise ValueError(f"een notificatie van de soort {naam} mist {error}") from error
    paden = {make_pad(melding) for melding in meldingen}
    return BundelRegel(
        tekst, reactie, basis + (paden.pop() if len(paden) == 1 else make_overzicht(soort.rubriek))
    )


def _term(soort: MailSoort, verschillend: int, waarden: dict[str, str], taal: Taal) -> tuple[str, ...]:
    """Of more terms the earliest: who keeps that one, keeps them all."""
    if soort.reactie is not Reactie.GEVRAAGD:
        return ()
    vast = algemeen(taal)
    return (fill(vast.termijn if verschillend == 1 else vast.eerste_termijn, waarden),)


def _deadlines(meldingen: Iterable[Melding]) -> list[str]:
    """ISO dates: in order as text."""
    return [deadline for melding in meldingen if (deadline := melding.context.get(_DEADLINE, ""))]
