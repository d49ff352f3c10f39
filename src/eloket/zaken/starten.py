"""How a zaak begins: from a form, or at the counter."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from eloket.documenten import service as documenten
from eloket.documenten.errors import DocumentBestaatAl
from eloket.documenten.types import Aangeboden, Geweigerd, Klaar, Toevoeging
from eloket.identity.types import Actor, Recht, Soort
from eloket.kernel import events
from eloket.kernel.errors import NietToegestaan
from eloket.kernel.klok import nu
from eloket.kernel.nummers import Bsn, KvkNummer, Vestigingsnummer
from eloket.zaken.access import get_zaak_for, lock_zaak
from eloket.zaken.bronnen import bron_voor_nieuwe_zaken
from eloket.zaken.dossier import Ontvangst, add_documenten, link
from eloket.zaken.errors import ZaakTypeOnbekend
from eloket.zaken.events import DocumentToegevoegd, ZaakGestart
from eloket.zaken.mogelijkheden import NIET_REGISTREREN, Handeling, must_be_possible
from eloket.zaken.ports import ZaakBron
from eloket.zaken.queries import list_zaaktypen
from eloket.zaken.types import Kanaal, NieuweZaak, Zaak, ZaakRef
from eloket.zaken.vastleggen import must_be_open, note


def start_zaak(
    actor: Actor,
    opdracht: NieuweZaak,
    bestanden: tuple[Aangeboden, ...] = (),
    *,
    klaar: tuple[Klaar, ...] = (),
) -> tuple[Zaak, Ontvangst]:
    """Start a zaak for the actor's own party (or for nobody, when they did not log in), with its documents, all or
    nothing. `klaar` were prepared before. Idempotent on `opdracht.sleutel`."""
    moment = nu()
    bron = bron_voor_nieuwe_zaken()
    nieuw = _prepare(bron, opdracht, bestanden, moment)
    toevoeging = Toevoeging(goed=(*klaar, *nieuw.goed), geweigerd=nieuw.geweigerd)
    with transaction.atomic():
        zaak, is_nieuw = bron.start_zaak(opdracht, moment)
        if not is_nieuw:
            return zaak, Ontvangst(toegevoegd=(), geweigerd=())
        note(actor, "zaak.gestart", zaak.ref, zaaktype=zaak.zaaktype)
        ontvangst = link(actor, zaak, toevoeging, moment)
        events.publish(ZaakGestart(zaak=zaak, actor=actor, documenten=ontvangst.toegevoegd))
    return zaak, ontvangst


def register_zaak(
    actor: Actor, opdracht: NieuweZaak, bestanden: tuple[Aangeboden, ...] = ()
) -> tuple[Zaak, Ontvangst]:
    """A civil servant starts a zaak for somebody at the counter or on the telephone; they become its behandelaar.

    Idempotent on `opdracht.sleutel`: a zaak that was made before stays as it is, and `is_nieuw` of the Ontvangst is
    False; files that it has not yet are added. Raises ZaakTypeOnbekend (also when it is not of the actor's afdelingen),
    OngeldigNummer, NietToegestaan, ZaakNietGevonden (made before, and now not for this actor).
    """
    if opdracht.kanaal is Kanaal.PORTAAL:
        raise ValueError("a civil servant says how the request came in")
    _check_number(opdracht)
    if not actor.is_medewerker or Recht.BEHANDELEN not in actor.rechten:
        raise NietToegestaan(NIET_REGISTREREN)
    if opdracht.zaaktype not in {een.identificatie for een in list_zaaktypen(actor)}:
        raise ZaakTypeOnbekend
    moment = nu()
    bron = bron_voor_nieuwe_zaken()
    klaar = _prepare(bron, opdracht, bestanden, moment)
    with transaction.atomic():
        zaak, is_nieuw = bron.start_zaak(opdracht, moment)
        if not is_nieuw:
            return _add_late(actor, zaak.ref, klaar, moment)
        zaak = bron.set_behandelaar(zaak.ref.id, medewerker_id=actor.medewerker_id, versie=zaak.versie)
        note(actor, "zaak.geregistreerd", zaak.ref, zaaktype=zaak.zaaktype, kanaal=opdracht.kanaal.value)
        ontvangst = link(actor, zaak, klaar, moment)
        events.publish(ZaakGestart(zaak=zaak, actor=actor, documenten=ontvangst.toegevoegd))
    return zaak, ontvangst


def add_again(actor: Actor, ref: ZaakRef, bestanden: tuple[Aangeboden, ...]) -> Ontvangst:
    """Files that came along with a registration that was made before. One that stands there already is no mistake; in
    a zaak that takes none any more each is refused, with the reason. Raises ZaakNietGevonden, BronOnbereikbaar.
    """
    try:
        return _without_known(add_documenten(actor, ref, bestanden))
    except NietToegestaan as error:
        return _refuse([een.naam for een in bestanden], error)


def _add_late(actor: Actor, ref: ZaakRef, klaar: Toevoeging, moment: datetime) -> tuple[Zaak, Ontvangst]:
    """As `add_again`, with files that were prepared, in the caller's transaction."""
    lock_zaak(ref)
    zaak = get_zaak_for(actor, ref)
    try:
        must_be_open(zaak)
        must_be_possible(actor, zaak, Handeling.DOCUMENT_TOEVOEGEN)
    except NietToegestaan as error:
        return zaak, _refuse([een.naam for een in klaar.goed], error, klaar.geweigerd)
    ontvangst = _without_known(link(actor, zaak, klaar, moment))
    if ontvangst.toegevoegd:
        events.publish(
            DocumentToegevoegd(
                zaak=zaak,
                document_ids=tuple(een.id for een in ontvangst.toegevoegd),
                door_gemeente=True,
                actor=actor,
                documenten=ontvangst.toegevoegd,
            )
        )
    return zaak, ontvangst


def _without_known(ontvangst: Ontvangst) -> Ontvangst:
    weg = tuple(een for een in ontvangst.geweigerd if een.code != DocumentBestaatAl.code)
    return replace(ontvangst, geweigerd=weg, is_nieuw=False)


def _refuse(namen: list[str], error: NietToegestaan, eerder: tuple[Geweigerd, ...] = ()) -> Ontvangst:
    geweigerd = (Geweigerd(een, error.code, f"‘{een}’ is niet toegevoegd. {error.tekst}") for een in namen)
    return Ontvangst(toegevoegd=(), geweigerd=(*eerder, *geweigerd), is_nieuw=False)


def _check_number(opdracht: NieuweZaak) -> None:
    """Raises OngeldigNummer."""
    if opdracht.initiator_soort == Soort.INWONER:
        Bsn(opdracht.initiator_nummer)
        return
    KvkNummer(opdracht.initiator_nummer)
    if opdracht.initiator_vestigingsnummer:
        Vestigingsnummer(opdracht.initiator_vestigingsnummer)


def _prepare(
    bron: ZaakBron, opdracht: NieuweZaak, bestanden: tuple[Aangeboden, ...], moment: datetime
) -> Toevoeging:
    """Inspect the files as the zaaktype asks. Raises ZaakTypeOnbekend."""
    if not bestanden:
        return Toevoeging(goed=(), geweigerd=())
    weg = bron.get_zaaktype(opdracht.zaaktype).verwijder_locatie
    return documenten.prepare(bestanden, zaak_ref="", moment=moment, verwijder_locatie=weg)


def wants_no_location(zaaktype: str) -> bool:
    """Whether photos for a new zaak of this zaaktype lose where they were made. Raises ZaakTypeOnbekend."""
    return bron_voor_nieuwe_zaken().get_zaaktype(zaaktype).verwijder_locatie
