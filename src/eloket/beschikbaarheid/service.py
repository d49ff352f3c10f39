"""Writes: an outage begins, ends, is announced or is put right. Each verb is one transaction with its audit line.

Outages of the same thing that overlap or touch are one. Whoever changes the outages of something holds its row in
`Slot`, so two workers and a manager at once make one outage.
"""

from datetime import datetime, timedelta

from django.db import transaction

from eloket.beschikbaarheid.errors import GeenOnderbreking, OnderbrekingNietGevonden
from eloket.beschikbaarheid.models import Onderbreking
from eloket.beschikbaarheid.queries import find_row, inzage, live
from eloket.beschikbaarheid.samenvoegen import Wens, hold, live_rows, unite
from eloket.beschikbaarheid.types import Fase, Herkomst, OnderbrekingInzage, Soort, Wat
from eloket.beschikbaarheid.voorbij import announce
from eloket.identity.beheer import must_manage, note_beheer
from eloket.identity.errors import BeheerGewijzigd, BeheerOngeldig
from eloket.identity.types import Actor
from eloket.kernel.klok import nu

MEESTE_TEKENS = 300
LANGST_GELEDEN = timedelta(days=366)  # further back is a typing error
VERST_VOORUIT = timedelta(days=366)
_SPELING = timedelta(minutes=2)  # between the clock of who types and ours


def start(
    actor: Actor | None, *, wat: Wat, reden: str = "", vanaf: datetime | None = None
) -> OnderbrekingInzage:
    """Something does not work, since `vanaf` (None: now). What goes on already becomes the same outage.

    Raises BeheerOngeldig: a moment in the future, or longer than a year ago; a text that is too long.
    """
    must_manage(actor)
    moment = nu()
    begin = vanaf or moment
    _check(
        reden=_wrong_reden(reden, is_verplicht=False),
        begin=_wrong_begin(begin, moment, is_gepland=False),
    )
    wens = Wens(wat, Soort.STORING, min(begin, moment), None, reden.strip(), _herkomst(actor), _key(actor))
    return _keep(actor, "storing.begonnen", wens, moment)


def einde(actor: Actor | None, *, wat: Wat, tot: datetime | None = None) -> OnderbrekingInzage:
    """It works again, since `tot` (None: now). An outage never ends before it began.

    Raises GeenOnderbreking; BeheerOngeldig for a moment in the future, or before the outage began.
    """
    must_manage(actor)
    moment = nu()
    with transaction.atomic():
        hold(wat)
        rij = next((een for een in live_rows(wat) if _goes_on(een, moment)), None)
        if rij is None:
            raise GeenOnderbreking
        if tot is not None:
            _check(eind="" if tot <= moment + _SPELING else "Het einde ligt in de toekomst.")
            _check(eind="" if tot >= rij.begin else "Het einde ligt voor het begin. Kies een latere tijd.")
        return _end(actor, rij, tot or moment, moment)


def plan(actor: Actor | None, *, wat: Wat, reden: str, begin: datetime, eind: datetime) -> OnderbrekingInzage:
    """Announce maintenance.

    Raises BeheerOngeldig: a moment more than a year away; it must end after it begins, and after now.
    """
    must_manage(actor)
    moment = nu()
    _check(
        reden=_wrong_reden(reden, is_verplicht=True),
        begin=_wrong_begin(begin, moment, is_gepland=True),
        eind=_wrong_end(begin, eind, moment)
        or ("" if eind > moment else "Dit is al voorbij. Meld het dan als storing."),
    )
    wens = Wens(wat, Soort.ONDERHOUD, begin, eind, reden.strip(), _herkomst(actor), _key(actor))
    return _keep(actor, "onderhoud.aangekondigd", wens, moment)


def correct(
    actor: Actor | None,
    onderbreking_id: str,
    *,
    begin: datetime,
    eind: datetime | None,
    reden: str,
    merk: str | None = None,
) -> OnderbrekingInzage:
    """Put the times or the text right, also afterwards. Terms that were extended stay so; a later end extends further.
    What must still begin keeps an end: without one it would be what goes on now.

    Raises OnderbrekingNietGevonden, BeheerOngeldig, BeheerGewijzigd.
    """
    must_manage(actor)
    moment = nu()
    with transaction.atomic():
        rij = _get_held(onderbreking_id)
        is_gepland = rij.soort == Soort.ONDERHOUD
        if (rij.begin, rij.eind, rij.reden) == (begin, eind, reden.strip()):
            return inzage(rij)
        if merk is not None and merk != inzage(rij).merk:
            raise BeheerGewijzigd
        _check(
            reden=_wrong_reden(reden, is_verplicht=False),
            begin=_wrong_begin(begin, moment, is_gepland=is_gepland),
            eind=_wrong_end(begin, eind, moment)
            or (_GEEN_EIND if is_gepland and eind is None and begin > moment else "")
            or ("" if is_gepland or eind is None or eind <= moment + _SPELING else _TOEKOMST),
        )
        begin = begin if is_gepland else min(begin, moment)
        wens = Wens(
            Wat(rij.wat), Soort(rij.soort), begin, eind, reden.strip(), Herkomst(rij.herkomst), rij.door_key
        )
        rij = unite(wens, moment, rij=rij)
        note_beheer(actor, "storing.gecorrigeerd", f"storing:{rij.wat}", id=str(rij.pk))
        announce(rij, moment)
    return inzage(rij)


def withdraw(actor: Actor | None, onderbreking_id: str, *, merk: str | None = None) -> None:
    """It was no outage, or the maintenance does not go on. Terms that were extended stay so.

    Raises OnderbrekingNietGevonden (also the second time), BeheerGewijzigd.
    """
    must_manage(actor)
    with transaction.atomic():
        rij = _get_held(onderbreking_id)
        if merk is not None and merk != inzage(rij).merk:
            raise BeheerGewijzigd
        rij.ingetrokken_op = nu()
        rij.save(update_fields=["ingetrokken_op"])
        note_beheer(actor, "storing.ingetrokken", f"storing:{rij.wat}", id=str(rij.pk))


def begin_gemeten(wat: Wat | str, sinds: datetime) -> OnderbrekingInzage:
    """A health check says that this has not worked since `sinds`. Saying it again changes nothing. In the caller's
    transaction when there is one. A moment in the future counts as now."""
    moment = nu()
    wens = Wens(Wat(wat), Soort.STORING, min(sinds, moment), None, "", Herkomst.METING)
    return _keep(None, "storing.begonnen", wens, moment)


def einde_gemeten(wat: Wat | str, tot: datetime | None = None) -> bool:
    """A health check says that this works (again). Only ends what a check began: what somebody reported, somebody ends.
    Whether there was something to end."""
    moment = nu()
    onderwerp = Wat(wat)
    if not live().filter(wat=onderwerp, eind=None, herkomst=Herkomst.METING).exists():
        return False
    with transaction.atomic():
        hold(onderwerp)
        rij = next((een for een in live_rows(onderwerp) if een.eind is None), None)
        if rij is None or rij.herkomst != Herkomst.METING:
            return False
        _end(None, rij, min(tot or moment, moment), moment)
    return True


def record_gemeten(wat: Wat | str, begin: datetime, eind: datetime) -> OnderbrekingInzage | None:
    """A health check found out afterwards. None when the times make no outage, as after a clock that went back."""
    if eind <= begin:
        return None
    wens = Wens(Wat(wat), Soort.STORING, begin, eind, "", Herkomst.METING)
    return _keep(None, "storing.gemeten", wens, nu())


_GEEN_EIND = (
    "Vul in wanneer het onderhoud klaar is. Het einde kan pas leeg zijn als het onderhoud is begonnen."
)
_TOEKOMST = "Het einde ligt in de toekomst. Laat het einde leeg als het nog duurt."


def _keep(actor: Actor | None, actie: str, wens: Wens, now: datetime) -> OnderbrekingInzage:
    with transaction.atomic():
        hold(wens.wat)
        if bestaand := next((een for een in live_rows(wens.wat) if wens.adds_nothing_to(een, now)), None):
            return inzage(bestaand)
        rij = unite(wens, now)
        meting = {"meting": True} if wens.herkomst is Herkomst.METING else {}
        note_beheer(actor, actie, f"storing:{rij.wat}", id=str(rij.pk), **meting)
        announce(rij, now)
    return inzage(rij)


def _end(actor: Actor | None, rij: Onderbreking, tot: datetime, now: datetime) -> OnderbrekingInzage:
    meting = {"meting": True} if actor is None and rij.herkomst == Herkomst.METING else {}
    wens = Wens(
        Wat(rij.wat),
        Soort(rij.soort),
        rij.begin,
        max(rij.begin, min(tot, now)),
        rij.reden,
        Herkomst(rij.herkomst),
        rij.door_key,
    )
    rij = unite(wens, now, rij=rij)
    note_beheer(actor, "storing.geeindigd", f"storing:{rij.wat}", id=str(rij.pk), **meting)
    announce(rij, now)
    return inzage(rij)


def _goes_on(rij: Onderbreking, now: datetime) -> bool:
    return inzage(rij).fase(now) is Fase.NU


def _get_held(onderbreking_id: str) -> Onderbreking:
    """The row as it is, while nobody else changes outages of the same thing."""
    hold(Wat(find_row(onderbreking_id).wat))
    rij = find_row(onderbreking_id)
    if rij.opgegaan_in_id or rij.ingetrokken_op:
        raise OnderbrekingNietGevonden
    return rij


def _herkomst(actor: Actor | None) -> Herkomst:
    return Herkomst.BEHEER if actor else Herkomst.OPDRACHT


def _key(actor: Actor | None) -> str:
    return actor.key if actor else ""


def _check(**fouten: str) -> None:
    if echte := {veld: tekst for veld, tekst in fouten.items() if tekst}:
        raise BeheerOngeldig(echte)


def _wrong_begin(begin: datetime, now: datetime, *, is_gepland: bool) -> str:
    if not is_gepland and begin > now + _SPELING:
        return "Het begin ligt in de toekomst. Kondig het dan aan als onderhoud."
    if begin < now - LANGST_GELEDEN:
        return "Het begin is meer dan een jaar geleden. Controleer de datum."
    return "" if begin < now + VERST_VOORUIT else "Het begin ligt meer dan een jaar vooruit."


def _wrong_end(begin: datetime, eind: datetime | None, now: datetime) -> str:
    if eind is not None and eind <= begin:
        return "Het einde ligt niet na het begin. Kies een latere tijd."
    if eind is not None and eind >= now + VERST_VOORUIT:
        return "Het einde ligt meer dan een jaar vooruit. Controleer de datum."
    return ""


def _wrong_reden(reden: str, *, is_verplicht: bool) -> str:
    if len(reden.strip()) > MEESTE_TEKENS:
        return f"De tekst is te lang. Gebruik hoogstens {MEESTE_TEKENS} tekens."
    return "Vul in wat mensen ervan merken." if is_verplicht and not reden.strip() else ""
