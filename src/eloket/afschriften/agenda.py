"""Terms for a calendar. A calendar is shared with family and employers, so it says as little as our mails do: that
something is due at the municipality, and where to log in.

Sources: RFC 5545 (3.6.1 VEVENT, 3.6.6 VALARM, 3.8.7.4 SEQUENCE), RFC 7986. Without METHOD: that
would make an invitation of it (RFC 5546).
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Alarm, Calendar, Event

from eloket.afschriften.errors import TermijnLooptNiet
from eloket.kernel.klok import schrijf_datum
from eloket.zaken.types import TaakInzage, Zaak

_PRODID = "-//E-loket//Termijnen//NL"
_WAARSCHUW = timedelta(hours=-39)  # before the day begins: two days earlier, at nine in the morning
_EERSTE_JAAR = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Afspraak:
    """A whole day in a calendar. `uid` stays the same for the same term; `volgnummer` grows when its day moves."""

    uid: str
    volgnummer: int
    dag: date
    titel: str
    uitleg: str
    url: str = field(repr=False)
    gemaakt_op: datetime


def afspraak_van_taak(taak: TaakInzage, *, gemeente: str, url: str) -> Afspraak:
    """The last day on which what was asked is in time: the day before its deadline. Raises TermijnLooptNiet."""
    if taak.vervuld_op is not None or taak.dagen_over < 1:
        raise TermijnLooptNiet
    dag = taak.laatste_dag
    return Afspraak(
        uid=_uid("taak", taak.id, url),
        volgnummer=_volgnummer(dag),
        dag=dag,
        titel=f"{gemeente}: laatste dag voor uw reactie",
        uitleg=_uitleg(f"Dit is de laatste dag om te doen wat {gemeente} van u vraagt.", dag),
        url=url,
        gemaakt_op=taak.gevraagd_op,
    )


def afspraak_van_zaak(zaak: Zaak, *, gemeente: str, url: str, vandaag: date) -> Afspraak:
    """The last day on which the municipality must be ready. Raises TermijnLooptNiet (`may_be_planned`)."""
    dag = zaak.uiterlijke_einddatum
    if not may_be_planned(zaak, vandaag) or dag is None:
        raise TermijnLooptNiet
    return Afspraak(
        uid=_uid("zaak", str(zaak.ref), url),
        volgnummer=_volgnummer(dag),
        dag=dag,
        titel=f"{gemeente}: uiterste datum van ons antwoord",
        uitleg=_uitleg(f"Uiterlijk deze dag hoort u van {gemeente}.", dag),
        url=url,
        gemaakt_op=zaak.registratiedatum,
    )


def may_be_planned(zaak: Zaak, vandaag: date) -> bool:
    """Whether the zaak has a term that runs and whose day is not past."""
    dag = zaak.uiterlijke_einddatum
    return zaak.is_open and zaak.opschorting is None and dag is not None and dag >= vandaag


def make_ics(afspraak: Afspraak) -> bytes:
    """The file: always the same bytes for the same term."""
    agenda = Calendar()
    agenda.add("version", "2.0")
    agenda.add("prodid", _PRODID)
    agenda.add_component(_event(afspraak))
    inhoud = agenda.to_ical()
    assert isinstance(inhoud, bytes)  # the library says Any
    return inhoud


def _event(afspraak: Afspraak) -> Event:
    event = Event()
    event.add("uid", afspraak.uid)
    event.add("dtstamp", afspraak.gemaakt_op.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", afspraak.volgnummer)
    event.add("dtstart", afspraak.dag)
    event.add("dtend", afspraak.dag + timedelta(days=1))
    event.add("summary", afspraak.titel)
    event.add("description", afspraak.uitleg)
    event.add("url", afspraak.url)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # the person is not busy that day
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", afspraak.titel)
    alarm.add("trigger", _WAARSCHUW)
    event.add_component(alarm)
    return event


def _uitleg(zin: str, dag: date) -> str:
    return f"{zin} De dag is {schrijf_datum(dag)}. Log in om te zien waar het over gaat."


def _uid(soort: str, id: str, url: str) -> str:
    """An id of ours is random, and so says nothing about anybody; the host makes it unique in the world."""
    return f"{soort}-{id}@{urlsplit(url).hostname}"


def _volgnummer(dag: date) -> int:
    """A term is only ever extended, so a later day is a later version; nothing else has to be kept for it."""
    return (dag - _EERSTE_JAAR).days
