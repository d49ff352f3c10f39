"""When a mail may go, by what its receiver chose. Pure: the moment and the choices go in, a moment comes out.

The link for a new address and what an old address must know do not ask here: they go at once.
"""

from datetime import UTC, datetime, time, timedelta

from eloket.kernel.klok import AMSTERDAM
from eloket.profile.types import Bereikbaarheid, Rubriek, Wanneer

DAGELIJKS_OM = time(8)  # of the clock in Amsterdam
_DAG = timedelta(days=1)


def gepland(moment: datetime, bereikbaarheid: Bereikbaarheid, rubriek: Rubriek) -> datetime | None:
    """When what happened at `moment` may be mailed, in UTC; None is never.

    Give the moment at which it happened, each time: asked again with a later moment, the daily mail of this morning
    would have become that of tomorrow. At once is `moment` itself, or the end of the quiet hours. Once a day is the
    first daily mail from then on: at 08.00, or the end of the quiet hours that 08.00 falls in. Quiet hours delay it
    by 24 hours at most. Raises ValueError for a naive moment.
    """
    if moment.tzinfo is None:
        raise ValueError("moment zonder tijdzone")
    match bereikbaarheid.wanneer_voor(rubriek):
        case Wanneer.NOOIT:
            return None
        case Wanneer.DAGELIJKS:
            return _dagelijkse_mail(moment, bereikbaarheid)
        case Wanneer.DIRECT:
            return na_stilte(moment, bereikbaarheid)


def na_stilte(moment: datetime, bereikbaarheid: Bereikbaarheid) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls in, in UTC; for a mail that is tried later too.

    When the clock goes forward over the end of the quiet hours, they end as long after the change as they would have
    ended after it otherwise. Never more than 24 hours later.
    """
    moment = moment.astimezone(UTC)
    if not _is_stil(moment, bereikbaarheid):
        return moment
    grens = moment + _DAG
    einden = (einde for einde in _einden(moment, bereikbaarheid) if moment < einde < grens)
    return next((einde for einde in einden if not _is_stil(einde, bereikbaarheid)), grens)


def _is_stil(moment: datetime, bereikbaarheid: Bereikbaarheid) -> bool:
    van, tot = bereikbaarheid.stil_van, bereikbaarheid.stil_tot
    if van is None or tot is None or van == tot:
        return False
    klok = moment.astimezone(AMSTERDAM).time()
    return van <= klok < tot if van < tot else klok >= van or klok < tot


def _einden(moment: datetime, bereikbaarheid: Bereikbaarheid) -> list[datetime]:
    """The moments at which the clock shows the end of the quiet hours, today and tomorrow: twice in the night in which
    the clock goes back."""
    tot = bereikbaarheid.stil_tot or time()
    vandaag = moment.astimezone(AMSTERDAM).date()
    return sorted({
        datetime.combine(vandaag + _DAG * dagen, tot.replace(fold=keer), AMSTERDAM).astimezone(UTC)
        for dagen in (0, 1)
        for keer in (0, 1)
    })  # fmt: skip


def _dagelijkse_mail(moment: datetime, bereikbaarheid: Bereikbaarheid) -> datetime:
    """The first daily mail at or after this moment; that of yesterday may still have to come, after quiet hours."""
    vandaag = moment.astimezone(AMSTERDAM).date()
    dagen = (datetime.combine(vandaag + _DAG * dag, DAGELIJKS_OM, AMSTERDAM) for dag in (-1, 0, 1))
    mails = (na_stilte(om, bereikbaarheid) for om in dagen)
    return next(mail for mail in mails if mail >= moment)
