"""The life of a zaak: who handles it, which status it has, when its term stands still, its end, and its reopening."""

from datetime import datetime

from django.db import transaction

from eloket.documenten import queries as documenten
from eloket.identity.access import list_medewerkers
from eloket.identity.types import Actor, Recht
from eloket.kernel import events
from eloket.kernel.klok import nu, schrijf_datum
from eloket.zaken.betrokkenen import describe_all
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.errors import OverdrachtNietToegestaan, RedenOntbreekt, StatusNietToegestaan
from eloket.zaken.events import StatusGezet, TermijnGewijzigd, ZaakHeropend, ZaakOvergedragen
from eloket.zaken.models import Taak
from eloket.zaken.mogelijkheden import Handeling, Openstaand, must_be_possible, waarom_niet
from eloket.zaken.notities import write_notitie
from eloket.zaken.types import Aandacht, GebeurtenisSoort, Zaak, ZaakRef
from eloket.zaken.vastleggen import get_as_medewerker, lock_as_medewerker, must_be_open, note, record

MEESTE_TEKENS = 2_000


def set_status(
    actor: Actor, ref: ZaakRef, *, volgnummer: int, toelichting: str, resultaat: str, versie: int
) -> Zaak:
    """Set a later status, or the eindstatus with its result.

    Raises StatusNietToegestaan, ZaakGewijzigd, and NietToegestaan when something still waits for a decision.
    """
    moment = nu()
    with transaction.atomic():
        zaak = lock_as_medewerker(actor, ref)
        must_be_open(zaak)
        must_be_possible(actor, zaak, Handeling.STATUS)
        statustype = next((s for s in zaak.statustypen if s.volgnummer == volgnummer), None)
        if statustype is None or volgnummer <= zaak.stap:
            raise StatusNietToegestaan
        bron = bron_voor(ref.bron)
        if statustype.is_eindstatus:
            if not resultaat.strip():
                raise StatusNietToegestaan(
                    "Vul in wat het resultaat is. De zaak wordt met deze status afgerond."
                )
            _must_be_finished(actor, zaak)
        nieuw = bron.set_status(
            ref.id, volgnummer=volgnummer, toelichting=toelichting.strip(), moment=moment, versie=versie
        )
        if statustype.is_eindstatus:
            bron.set_resultaat(ref.id, resultaat=resultaat.strip())
            nieuw = bron.get_zaak(ref.id)
        note(actor, "zaak.status_gezet", ref, volgnummer=volgnummer)
        events.publish(StatusGezet(zaak=nieuw, volgnummer=volgnummer, informeren=statustype.informeren))
    return nieuw


def _must_be_finished(actor: Actor, zaak: Zaak) -> None:
    """Nothing that the resident was asked, or sent in, is left without an end."""
    taken = Taak.objects.filter(zaak_ref=str(zaak.ref))
    van = list(
        taken.filter(vervuld_op=None)
        .order_by("deadline", "id")
        .values_list("betrokkene_key", "vestiging_key")
    )
    openstaand = Openstaand(
        gevraagd=len(van),
        gevraagd_aan=describe_all(zaak, van),
        onbehandeld=sum(een.is_onbehandeld for een in documenten.list_documenten(str(zaak.ref))),
        ontvangen=taken.filter(oordeel="").exclude(vervuld_op=None).count(),
    )
    if reden := waarom_niet(actor, zaak, Handeling.AFSLUITEN, openstaand):
        raise StatusNietToegestaan(reden)


def take_zaak(actor: Actor, ref: ZaakRef, *, versie: int) -> Zaak:
    """The civil servant becomes the behandelaar. Raises ZaakGewijzigd when somebody was first."""
    with transaction.atomic():
        zaak = get_as_medewerker(actor, ref)
        must_be_open(zaak)
        must_be_possible(actor, zaak, Handeling.NEEM)
        nieuw = bron_voor(ref.bron).set_behandelaar(ref.id, medewerker_id=actor.medewerker_id, versie=versie)
        note(actor, "zaak.in_behandeling_genomen", ref)
    return nieuw


def hand_over(
    actor: Actor, ref: ZaakRef, *, medewerker_id: int | None, afdeling: str, notitie: str, versie: int
) -> Zaak:
    """Give the zaak to a colleague, back to the afdeling (nobody named), or to another afdeling.

    `afdeling` is a code; '' or the zaak's own: it stays there. What is written in `notitie` becomes an internal note.
    Raises ZaakGewijzigd, ZaakIsGesloten, OverdrachtNietToegestaan, AfdelingOnbekend, NotitieLeeg (too long).
    """
    with transaction.atomic():
        zaak = get_as_medewerker(actor, ref)
        must_be_open(zaak)
        must_be_possible(actor, zaak, Handeling.OVERDRAGEN)
        bron = bron_voor(ref.bron)
        if afdeling and afdeling != zaak.afdeling:
            if zaak.toegang is not None:
                raise OverdrachtNietToegestaan(
                    "Deze zaak is afgeschermd. Hef de afscherming op voordat u de zaak aan een andere afdeling geeft."
                )
            nieuw = bron.set_afdeling(ref.id, afdeling=afdeling, versie=versie)
        else:
            _must_be_able_to_handle(zaak, medewerker_id)
            nieuw = bron.set_behandelaar(ref.id, medewerker_id=medewerker_id, versie=versie)
        if notitie.strip():
            write_notitie(actor, ref, notitie, sleutel="")
        note(actor, "zaak.overgedragen", ref, afdeling=nieuw.afdeling, naar=nieuw.behandelaar_id or 0)
        events.publish(ZaakOvergedragen(zaak=nieuw))
    return nieuw


def _must_be_able_to_handle(zaak: Zaak, medewerker_id: int | None) -> None:
    """A colleague of the afdeling who may handle, and may see this zaak. Raises OverdrachtNietToegestaan."""
    if medewerker_id is None:
        return
    collega = next((een for een in list_medewerkers([zaak.afdeling]) if een.id == medewerker_id), None)
    if collega is None or Recht.BEHANDELEN not in collega.rechten:
        raise OverdrachtNietToegestaan
    if collega.zaaktypen and zaak.zaaktype not in collega.zaaktypen:
        raise OverdrachtNietToegestaan("Deze collega mag dit soort zaken niet zien. Kies iemand anders.")
    if zaak.toegang is not None and medewerker_id not in zaak.toegang:
        raise OverdrachtNietToegestaan("Deze zaak is afgeschermd. Geef deze collega eerst toegang.")


def suspend_zaak(actor: Actor, ref: ZaakRef, *, reden: str, versie: int) -> Zaak:
    """The term stands still from today (Awb 4:15); the resident reads the reason. Raises RedenOntbreekt,
    ZaakGewijzigd, TermijnStaatStil, ZaakIsGesloten.
    """
    tekst, moment = clean_reden(reden), nu()
    with transaction.atomic():
        zaak = get_as_medewerker(actor, ref)
        must_be_open(zaak)
        must_be_possible(actor, zaak, Handeling.OPSCHORTEN)
        nieuw = bron_voor(ref.bron).suspend(ref.id, reden=tekst, moment=moment, versie=versie)
        record(ref, GebeurtenisSoort.OPGESCHORT, "De termijn van uw zaak staat stil", moment)
        note(actor, "zaak.opgeschort", ref)
        events.publish(TermijnGewijzigd(zaak=nieuw, is_opgeschort=True))
    return nieuw


def resume_zaak(actor: Actor, ref: ZaakRef, *, versie: int) -> Zaak:
    """The term goes on; its end is later by the days that it stood still. Raises as `suspend_zaak`, TermijnLoopt."""
    moment = nu()
    with transaction.atomic():
        zaak = get_as_medewerker(actor, ref)
        must_be_open(zaak)
        must_be_possible(actor, zaak, Handeling.HERVATTEN)
        nieuw = bron_voor(ref.bron).resume(ref.id, moment=moment, versie=versie)
        tekst = "De termijn van uw zaak loopt weer"
        if nieuw.uiterlijke_einddatum:
            tekst += f", tot en met {schrijf_datum(nieuw.uiterlijke_einddatum)}"
        record(ref, GebeurtenisSoort.HERVAT, tekst, moment)
        note(actor, "zaak.hervat", ref)
        events.publish(TermijnGewijzigd(zaak=nieuw, is_opgeschort=False))
    return nieuw


def extend_zaak(actor: Actor, ref: ZaakRef, *, reden: str, versie: int) -> Zaak:
    """The term ends later, by the months that its zaaktype allows, once; the resident is told, and reads the reason
    (AVG 12 lid 3). Raises RedenOntbreekt, ZaakGewijzigd, TermijnNietTeVerlengen, TermijnStaatStil, ZaakIsGesloten.
    """
    tekst, moment = clean_reden(reden), nu()
    with transaction.atomic():
        zaak = get_as_medewerker(actor, ref)
        must_be_open(zaak)
        must_be_possible(actor, zaak, Handeling.VERLENGEN)
        nieuw = bron_voor(ref.bron).extend(ref.id, reden=tekst, moment=moment, versie=versie)
        assert nieuw.uiterlijke_einddatum is not None  # it has just got one
        wat = (
            f"Wij hebben meer tijd nodig. De uiterste datum is nu {schrijf_datum(nieuw.uiterlijke_einddatum)}"
        )
        record(ref, GebeurtenisSoort.TERMIJN_VERLENGD, wat, moment)
        note(actor, "zaak.verlengd", ref)
        events.publish(TermijnGewijzigd(zaak=nieuw, is_opgeschort=False))
    return nieuw


def reopen_zaak(actor: Actor, ref: ZaakRef, *, reden: str, versie: int) -> Zaak:
    """A closed zaak is open again. An internal note keeps the reason, the result that it had, and what the resident
    read with its last status.

    Raises RedenOntbreekt, ZaakGewijzigd, ZaakIsOpen.
    """
    tekst, moment = clean_reden(reden), nu()
    with transaction.atomic():
        zaak = get_as_medewerker(actor, ref)
        must_be_possible(actor, zaak, Handeling.HEROPENEN)
        nieuw = bron_voor(ref.bron).reopen(ref.id, moment=moment, versie=versie)
        gesloten_op = f" Zij was afgerond op {schrijf_datum(zaak.einddatum)}." if zaak.einddatum else ""
        record(ref, GebeurtenisSoort.HEROPEND, f"Wij hebben uw zaak opnieuw geopend.{gesloten_op}", moment)
        laatste = zaak.statussen[-1].statustoelichting
        was = f"Het resultaat was: {zaak.resultaat}." + (
            f" De tekst daarbij was:\n{laatste}" if laatste else ""
        )
        write_notitie(actor, ref, f"Heropend: {tekst}\n{was}", sleutel="")
        note(actor, "zaak.heropend", ref)
        events.publish(ZaakHeropend(zaak=nieuw))
    return nieuw


def set_toegang(actor: Actor, ref: ZaakRef, *, medewerkers: frozenset[int] | None, versie: int) -> Zaak:
    """Need-to-know: only these colleagues, and who sets it, see the zaak; None: the whole afdeling again.

    Raises ZaakGewijzigd, OverdrachtNietToegestaan when somebody is not of the afdeling.
    """
    with transaction.atomic():
        zaak = get_as_medewerker(actor, ref)
        must_be_possible(actor, zaak, Handeling.AFSCHERMEN)
        if medewerkers is not None and actor.medewerker_id is not None:
            medewerkers |= {actor.medewerker_id, zaak.behandelaar_id or actor.medewerker_id}
            if medewerkers - {een.id for een in list_medewerkers([zaak.afdeling])}:
                raise OverdrachtNietToegestaan("Kies alleen collega's van uw eigen afdeling.")
        nieuw = bron_voor(ref.bron).set_toegang(ref.id, medewerkers=medewerkers, versie=versie)
        wie = " ".join(map(str, sorted(medewerkers or ())))
        note(actor, "zaak.afgeschermd", ref, mensen=len(medewerkers or ()), medewerkers=wie)
    return nieuw


def clean_reden(reden: str) -> str:
    """Raises RedenOntbreekt."""
    schoon = reden.replace("\r\n", "\n").replace("\x00", "").strip()
    if not schoon:
        raise RedenOntbreekt
    if len(schoon) > MEESTE_TEKENS:
        raise RedenOntbreekt("Uw tekst is te lang. Gebruik hoogstens 2.000 tekens.")
    return schoon


def clear_aandacht(actor: Actor, ref: ZaakRef, soort: Aandacht, *, gezien: datetime | None = None) -> None:
    """A civil servant who handles it has seen what was new; `gezien` is `Zaak.nieuw_sinds` of the page on which they
    saw it: what came after that stays new. Raises NietToegestaan for who may only look.
    """
    with transaction.atomic():
        must_be_possible(actor, get_as_medewerker(actor, ref), Handeling.GELEZEN)
        bron_voor(ref.bron).set_aandacht(ref.id, soort, None, gezien=gezien)
