"""What went to whom about a zaak: per party every message, document and other notification, with when it was sent,
delivered and opened.

Shared by the page of the civil servant and the afschrift for the resident. Never an address. Source: Wmebv, Awb 2:10.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from eloket.berichten.verzonden import Verzonden, list_verzonden
from eloket.documenten.queries import list_alle_versies
from eloket.documenten.types import DocumentInzage
from eloket.identity.types import Partij
from eloket.notifications.verantwoorden.levensloop import Levensloop, Levenslopen, Stap, list_levenslopen
from eloket.zaken.betrokkenen import is_van
from eloket.zaken.types import Betrokkene, Zaak

GEOPEND = "Voor het eerst geopend door de ontvanger."
ZONDER_INLOGGEN = "Iemand die niet in de zaak staat"


@dataclass(frozen=True, slots=True)
class Stuk:
    """A message, a document or something else that happened, and the notifications of it to one party."""

    titel: str = field(repr=False)
    moment: datetime
    stappen: tuple[Stap, ...]
    meldingen: tuple[Levensloop, ...]
    is_ongeopend: bool = False  # a message or document of the municipality that this party has not opened


@dataclass(frozen=True, slots=True)
class VanPartij:
    """All that went to one party, oldest first. `rol` is what they are in the zaak; empty for who is in no role.
    `profiel_key`: whom the audit trail names by it; empty for who is in no role."""

    naam: str = field(repr=False)
    rol: str
    stukken: tuple[Stuk, ...]
    profiel_key: str = ""


def list_verzending(zaak: Zaak, documenten: Iterable[DocumentInzage]) -> tuple[VanPartij, ...]:
    """For staff: of every party once (under its first role), also of who is in no role (any more). `documenten` are
    those of the zaak, in every version: proof that leaves something out is none.

    The caller has passed zaken.access. Four queries, however much was sent.
    """
    lopen = list_levenslopen(zaak.ref)
    berichten = list_verzonden(zaak.ref, partij=None)
    bekeken = tuple(documenten)
    wie: dict[frozenset[str], Betrokkene] = {}
    for een in zaak.betrokkenen:
        wie.setdefault(_keys(een), een)
    partijen = [
        VanPartij(
            een.naam,
            een.roltype,
            _stukken(keys, lopen, berichten, bekeken),
            profiel_key=een.vestiging_key or een.key,
        )
        for keys, een in wie.items()
    ]
    bekend = frozenset[str]().union(*map(_keys, zaak.betrokkenen))
    rest = frozenset(melding.betrokkene_key for melding in lopen.meldingen) - bekend
    rest |= frozenset(key for bericht in berichten if not bericht.keys & bekend for key in bericht.keys)
    if rest:
        partijen.append(VanPartij(ZONDER_INLOGGEN, "", _stukken(rest, lopen, berichten, ())))
    return tuple(partijen)


def get_verzending(zaak: Zaak, partij: Partij) -> VanPartij:
    """What concerns this party and nobody else; of its branch only, when the login is limited to one.

    The caller has passed zaken.access. Raises BronOnbereikbaar: proof that leaves something out is none.
    """
    mijn = [een for een in zaak.betrokkenen if is_van(partij, een.key, een.vestiging_key)]
    keys = keys_of(zaak, partij)
    return VanPartij(
        naam=mijn[0].naam if mijn else "",
        rol=mijn[0].roltype if mijn else "",
        stukken=_stukken(
            keys,
            list_levenslopen(zaak.ref),
            list_verzonden(zaak.ref, partij=partij),
            list_alle_versies(str(zaak.ref)),
        ),
    )


def keys_of(zaak: Zaak, partij: Partij) -> frozenset[str]:
    """The profiles whose post about this zaak is that of this party."""
    keys = frozenset({partij.profiel_key})
    if partij.vestiging_key:
        return keys
    # The whole business is every branch that it has in this zaak.
    return keys.union(*(_keys(een) for een in zaak.betrokkenen if is_van(partij, een.key, een.vestiging_key)))


def _keys(betrokkene: Betrokkene) -> frozenset[str]:
    """The profiles of a party: the branch's own, and that of the whole business."""
    return frozenset({betrokkene.key, betrokkene.vestiging_key} - {""})


def _stukken(
    keys: frozenset[str],
    lopen: Levenslopen,
    berichten: Iterable[Verzonden],
    documenten: Iterable[DocumentInzage],
) -> tuple[Stuk, ...]:
    """Oldest first. A notification stands with what it is about; one about nothing that is here stands by itself."""
    over: dict[str, list[Levensloop]] = {}
    for melding in lopen.meldingen:
        if melding.betrokkene_key in keys:
            over.setdefault(melding.onderwerp_id, []).append(melding)
    geopend = _first_opened(lopen.geopend, keys)
    stukken = [_bericht(een, geopend, over) for een in berichten if een.keys & keys]
    stukken += [_document(een, geopend, over) for een in documenten if not een.is_van_aanvrager]
    stukken += [
        Stuk(een.titel, een.gemaakt_op, (), (een,)) for meldingen in over.values() for een in meldingen
    ]
    return tuple(sorted(stukken, key=lambda stuk: stuk.moment))


def _bericht(een: Verzonden, geopend: Mapping[str, datetime], over: dict[str, list[Levensloop]]) -> Stuk:
    """Takes its notifications out of `over`. The first time counts, also when it was marked as unread later."""
    meldingen = tuple(over.pop(een.id, ()))
    if een.is_van_gemeente:
        stap = Stap(een.verzonden_op, "Verstuurd: het bericht staat klaar in Mijn omgeving.")
        eerst = geopend.get(een.id, een.gelezen_op)
        return _van_gemeente(f"Bericht van de gemeente: {een.onderwerp}", stap, eerst, meldingen)
    stappen = [Stap(een.verzonden_op, "Ontvangen door de gemeente.")]
    if een.gelezen_op:
        stappen.append(Stap(een.gelezen_op, "Gelezen door de gemeente."))
    return Stuk(f"Bericht aan de gemeente: {een.onderwerp}", een.verzonden_op, tuple(stappen), meldingen)


def _document(
    een: DocumentInzage, geopend: Mapping[str, datetime], over: dict[str, list[Levensloop]]
) -> Stuk:
    """Takes its notifications out of `over`."""
    stap = Stap(een.ontvangen_op, "Klaargezet in Mijn omgeving.")
    versie = f" (versie {een.versie})" if een.versie > 1 or een.vervangen_door else ""
    titel = f"Document van de gemeente: {een.titel}{versie}"
    return _van_gemeente(titel, stap, geopend.get(een.id), tuple(over.pop(een.id, ())))


def _van_gemeente(
    titel: str, gezet: Stap, geopend_op: datetime | None, meldingen: tuple[Levensloop, ...]
) -> Stuk:
    if geopend_op is None:
        return Stuk(titel, gezet.moment, (gezet,), meldingen, is_ongeopend=True)
    return Stuk(titel, gezet.moment, (gezet, Stap(geopend_op, GEOPEND)), meldingen)


def _first_opened(geopend: Mapping[tuple[str, str], datetime], keys: frozenset[str]) -> dict[str, datetime]:
    """Per message or document, the first time that somebody of this party opened it."""
    eerste: dict[str, datetime] = {}
    for (onderwerp_id, key), moment in geopend.items():
        if key in keys:
            eerste[onderwerp_id] = min(moment, eerste.get(onderwerp_id, moment))
    return eerste
