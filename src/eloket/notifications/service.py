"""Tells one party about one event: a row in the transaction of the change, whether or not a mail will follow."""

import logging
from dataclasses import dataclass, field
from datetime import date, datetime

from eloket.kernel.klok import nu
from eloket.notifications import bewijs
from eloket.notifications.mail.mailsoorten import missing_context
from eloket.notifications.models import Notificatie
from eloket.notifications.rubrieken import rubriek_van
from eloket.notifications.types import BewijsSoort, NotificatieSoort, Uitkomst
from eloket.profile.planning import gepland
from eloket.profile.queries import get_bereikbaarheid
from eloket.profile.types import Bereikbaarheid

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Adressering:
    """Where and when a notification may go by mail; without `adres` the `uitkomst` says why it may not."""

    adres: str = field(repr=False)
    gepland_op: datetime
    uitkomst: Uitkomst | None = None


def enqueue(
    soort: NotificatieSoort,
    *,
    betrokkene_key: str,
    partij_key: str = "",
    zaak_ref: str = "",
    onderwerp_id: str = "",
    deadline: date | None = None,
    ontvangen_op: datetime | None = None,
    kenmerk: str = "",
    token: str = "",
    aan: str = "",
    hoe: Adressering | None = None,
) -> int:
    """Tell this party, in the caller's transaction; returns the number of the notification.

    It is kept also when no mail follows: the party has no address, or did not choose for mails like this.
    `betrokkene_key` is a profile key (identity.types.Actor.profiel_key), and `partij_key` of a contactpersoon the
    business or branch that is told so (Partij.profiel_key). `aan` is only for another address than the
    confirmed one of that profile: then nobody's choices apply. `deadline` is the last day to react, `onderwerp_id` what
    it is about. `hoe` for a caller who asked `adresseer` already. Raises ValueError without what the text of this kind
    must say: its mail could never be sent.
    """
    moment = nu()
    if aan:
        hoe = Adressering(aan, moment)
    elif hoe is None:
        hoe = adresseer(soort, get_bereikbaarheid(betrokkene_key), moment)
    context = _make_context(soort, deadline=deadline, ontvangen_op=ontvangen_op, kenmerk=kenmerk)
    rij = Notificatie.objects.create(
        soort=soort,
        betrokkene_key=betrokkene_key,
        partij_key=partij_key or betrokkene_key,
        zaak_ref=zaak_ref,
        onderwerp_id=onderwerp_id,
        context=context,
        payload=token if hoe.uitkomst is None else "",
        aan=aan,
        gemaakt_op=moment,
        gepland_op=hoe.gepland_op,
        uitkomst=hoe.uitkomst or "",
    )
    bewijs.note_all(_feiten(rij), moment)
    log.debug("notificatie %s klaargezet: %s %s", rij.pk, soort, hoe.uitkomst or "")
    return rij.pk


def _make_context(soort: NotificatieSoort, **waarden: date | datetime | str | None) -> dict[str, str]:
    """What the text is filled in with, as text. Raises ValueError when something of it is not there."""
    context = {
        naam: waarde if isinstance(waarde, str) else waarde.isoformat()
        for naam, waarde in waarden.items()
        if waarde
    }
    if mist := missing_context(soort, context):
        raise ValueError(f"een notificatie van de soort {soort} heeft nodig: {', '.join(mist)}")
    return context


def adresseer(
    soort: NotificatieSoort, bereikbaarheid: Bereikbaarheid | None, moment: datetime
) -> Adressering:
    """The confirmed address of a party and when a mail of this kind may go there, or why it may not."""
    if bereikbaarheid is None or not bereikbaarheid.email:
        return Adressering("", moment, Uitkomst.GEEN_ADRES)
    rubriek = rubriek_van(soort)
    wanneer = gepland(moment, bereikbaarheid, rubriek) if rubriek else moment
    if wanneer is None:
        return Adressering("", moment, Uitkomst.NIET_GEKOZEN)
    if not bereikbaarheid.werkt:
        return Adressering("", moment, Uitkomst.ADRES_KAPOT)
    return Adressering(bereikbaarheid.email, wanneer)


def _feiten(rij: Notificatie) -> list[bewijs.Feit]:
    def feit(wat: BewijsSoort, **kenmerken: str | int | bool) -> bewijs.Feit:
        return bewijs.Feit(
            wat,
            rij.betrokkene_key,
            rij.zaak_ref,
            rij.pk,
            onderwerp_id=rij.onderwerp_id,
            kenmerken=kenmerken,
        )

    feiten = [feit(BewijsSoort.GEMAAKT, soort=str(rij.soort))]
    if rij.uitkomst:
        feiten.append(feit(BewijsSoort.GEEN_MAIL, reden=str(rij.uitkomst)))
    return feiten
