"""Fills in the text of a mail: closed names, plain values, and nothing that was filled in is read again."""

from collections.abc import Mapping
from datetime import date, datetime

from eloket.kernel.klok import AMSTERDAM, datum_van, schrijf_datum, schrijf_moment
from eloket.kernel.tekst import one_line
from eloket.notifications.mail.mailsoorten import CONTEXT, PLAATSHOUDER, Plaatshouder
from eloket.profile.types import Taal

MAX_KENMERK = 60
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def write_datum(dag: date, taal: Taal) -> str:
    """`3 november 2026`, `3 November 2026`"""
    return f"{dag.day} {_MONTHS[dag.month - 1]} {dag.year}" if taal is Taal.EN else schrijf_datum(dag)


def write_moment(moment: datetime, taal: Taal) -> str:
    """`3 november 2026, 10.12 uur`, `3 November 2026, 10:12`; in Amsterdam time."""
    if taal is Taal.NL:
        return schrijf_moment(moment)
    return f"{write_datum(datum_van(moment), taal)}, {moment.astimezone(AMSTERDAM):%H:%M}"


def values_of(context: Mapping[str, str], taal: Taal) -> dict[str, str]:
    """Placeholder -> what stands there; without those that this notification has no value for."""
    waarden: dict[str, str] = {}
    if deadline := context.get(CONTEXT[Plaatshouder.TERMIJN]):
        waarden[Plaatshouder.TERMIJN] = write_datum(date.fromisoformat(deadline), taal)
    if ontvangen_op := context.get(CONTEXT[Plaatshouder.ONTVANGEN_OP]):
        waarden[Plaatshouder.ONTVANGEN_OP] = write_moment(datetime.fromisoformat(ontvangen_op), taal)
    if kenmerk := one_line(context.get(CONTEXT[Plaatshouder.KENMERK], ""))[:MAX_KENMERK]:
        waarden[Plaatshouder.KENMERK] = kenmerk
    return waarden


def fill(tekst: str, waarden: Mapping[str, str]) -> str:
    """Raises KeyError for a placeholder without a value: half a sentence is never sent."""
    return PLAATSHOUDER.sub(lambda gevonden: waarden[gevonden[1]], tekst)


def fill_alineas(
    alineas: tuple[str, ...], waarden: Mapping[str, str], mag: tuple[Plaatshouder, ...]
) -> tuple[str, ...]:
    """The paragraphs. One with a placeholder of `mag` that has no value is left out. Raises KeyError."""
    weg = {een for een in mag if een not in waarden}
    return tuple(fill(alinea, waarden) for alinea in alineas if not weg & set(PLAATSHOUDER.findall(alinea)))
