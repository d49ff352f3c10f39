"""Writes: give, answer, end. Each is one transaction with its audit line and its event."""

import uuid
from collections.abc import Container, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from eloket.audit import service as audit
from eloket.audit.queries import list_namens
from eloket.identity.types import Actor, Partij, partij_ref
from eloket.kernel import events
from eloket.kernel.crypto import vault
from eloket.kernel.klok import begin_van, datum_van, nu, vandaag
from eloket.machtigingen.access import get_rij_for, must_be_zelf
from eloket.machtigingen.code import hash_code, make_code, parse_code
from eloket.machtigingen.errors import (
    CodeOnbekend,
    EigenMachtiging,
    MachtigingNietGevonden,
    MachtigingOngeldig,
    MachtigingVoorbij,
    TeVeelMachtigingen,
)
from eloket.machtigingen.events import MachtigingAanvaard, MachtigingGeeindigd
from eloket.machtigingen.models import MachtigingRegel
from eloket.machtigingen.regels import Stand, Stap, after, may, stand_van
from eloket.machtigingen.types import (
    CODE_GELDIG,
    LANGSTE_JAREN,
    Gegeven,
    MachtigingInzage,
    MachtigingWens,
)

MEESTE_LOPEND = 50
NALATEN = timedelta(days=30)
# Also on their own pages: the werkplek would call an inwoner the applicant.
_ALS_GEMACHTIGDE = "gemachtigde"
PER_RONDE = 200
_VERSLEUTELD = ("gever_nummer", "gever_naam", "ontvanger_nummer", "ontvanger_naam")


def give(actor: Actor, wens: MachtigingWens, *, sleutel: str) -> Gegeven:
    """Make an authorisation that waits for whoever types its code, within 14 days. `zaken.machtigen` calls this, and
    has seen that the zaak is of this actor.

    `sleutel` comes from the form: sent twice it is one authorisation, and the second answer holds no code.
    Raises AlleenVoorZichzelf, MachtigingOngeldig, TeVeelMachtigingen.
    """
    partij, moment, code = must_be_zelf(actor), nu(), make_code()
    uniek = vault().keyed_hash("machtiging", f"{actor.key}:{sleutel or uuid.uuid4().hex}")
    with transaction.atomic():
        if eerder := MachtigingRegel.objects.filter(sleutel=uniek).first():
            return Gegeven(str(eerder.id), "")
        _check_days(wens, datum_van(moment))
        if _count_lopend(partij, moment) >= MEESTE_LOPEND:
            raise TeVeelMachtigingen
        rij, is_nieuw = MachtigingRegel.objects.get_or_create(
            sleutel=uniek,
            defaults={
                "gever_key": partij.key,
                "gever_nummer": partij.nummer,
                "gever_naam": actor.naam,
                "zaak_ref": wens.zaak_ref,
                "bevoegdheid": wens.bevoegdheid,
                "zekerheid": actor.zekerheid or "",
                "van": wens.van,
                "tot": wens.tot,
                "code_hash": hash_code(code),
                "code_tot": moment + CODE_GELDIG,
                "gegeven_op": moment,
            },
        )
        if not is_nieuw:
            return Gegeven(str(rij.id), "")
        _note(actor, "machtiging.gegeven", rij)
    return Gegeven(str(rij.id), code)


def renew_code(actor: Actor, machtiging_id: str) -> str:
    """Another code, good for 14 days; the one before stops working. For the giver, while nobody typed it.

    Raises MachtigingNietGevonden, MachtigingVoorbij.
    """
    with transaction.atomic():
        rij, moment = get_rij_for(actor, machtiging_id, is_changing=True), nu()
        _must_be(actor, rij.gever_key)
        if not may(Stap.NIEUWE_CODE, stand_van(rij.feiten, moment)):
            raise MachtigingVoorbij
        code = make_code()
        rij.code_hash, rij.code_tot = hash_code(code), moment + CODE_GELDIG
        rij.save(update_fields=["code_hash", "code_tot"])
        _note(actor, "machtiging.code_gemaakt", rij)
    return code


def enter_code(actor: Actor, getypt: str) -> str:
    """Who was handed the code typed it: from now on only they can accept. Returns the id of the authorisation.

    Typing it again does no harm. Raises AlleenVoorZichzelf, EigenMachtiging, CodeOnbekend.
    """
    must_be_zelf(actor)
    if not (code := parse_code(getypt)):
        raise CodeOnbekend
    with transaction.atomic():
        rij, moment = (
            MachtigingRegel.objects.select_for_update().filter(code_hash=hash_code(code)).first(),
            nu(),
        )
        if rij is None:
            raise CodeOnbekend
        stand = stand_van(rij.feiten, moment)
        if rij.gever_key == actor.key and not stand.is_voorbij:
            raise EigenMachtiging
        if rij.ontvanger_key == actor.key and not stand.is_voorbij:
            return str(rij.id)
        if not may(Stap.LEG_VOOR, stand):
            raise CodeOnbekend
        rij.ontvanger_key = actor.key
        _apply(rij, Stap.LEG_VOOR, moment, "ontvanger_key")
        _note(actor, "machtiging.voorgelegd", rij)
    return str(rij.id)


def accept(actor: Actor, machtiging_id: str) -> None:
    """The receiver will act. Twice is once. The giver is told, and reads their name from now on.

    Raises MachtigingNietGevonden, MachtigingVoorbij.
    """
    with transaction.atomic():
        rij, moment = get_rij_for(actor, machtiging_id, is_changing=True), nu()
        partij = _must_be(actor, rij.ontvanger_key)
        stand = stand_van(rij.feiten, moment)
        if stand in {Stand.GELDIG, Stand.GAAT_IN}:
            return
        if not may(Stap.AANVAARD, stand):
            raise MachtigingVoorbij
        rij.ontvanger_naam, rij.ontvanger_nummer = actor.naam, partij.nummer
        _apply(rij, Stap.AANVAARD, moment, "ontvanger_naam", "ontvanger_nummer")
        _note(actor, "machtiging.aanvaard", rij)
        events.publish(MachtigingAanvaard(machtiging_id=str(rij.id), gever_key=rij.gever_key))


def refuse(actor: Actor, machtiging_id: str) -> None:
    """The receiver does not want it. Twice is once. Raises as `accept`."""
    _end(actor, machtiging_id, Stap.WIJS_AF, Stand.AFGEWEZEN)


def stop(actor: Actor, machtiging_id: str) -> None:
    """The receiver does not act any more, at once. Twice is once. Raises as `accept`."""
    _end(actor, machtiging_id, Stap.STOP, Stand.BEEINDIGD)


def withdraw(actor: Actor, machtiging_id: str) -> None:
    """The giver, or their bewindvoerder, takes it back, at once: what is being done under it is waited for, and nothing
    follows. Twice is once. Raises as `accept`.
    """
    _end(actor, machtiging_id, Stap.TREK_IN, Stand.INGETROKKEN)


def note_seen(actor: Actor) -> None:
    """Who was authorised for all zaken looked at the list of them: a line in the trail of the giver."""
    assert actor.partij is not None
    audit.record(
        actor_soort=actor.hoedanigheid,
        actor_key=actor.key,
        actie="machtiging.zaken_bekeken",
        object_ref=partij_ref(actor.partij.profiel_key),
        **actor.sporen,
    )


def note_read(actor: Actor, machtigingen: Iterable[MachtigingInzage], *, met_zaak: Container[str]) -> None:
    """Who was authorised read on their own page by whom: a line in the trail of the zaak when that was named too
    (`met_zaak`: the ids of those), else of the giver. Once for each of these, giver and day (in Amsterdam); none of
    what they gave themselves. Two queries, however many gave them something; none when nobody did."""
    if actor.partij is None:
        return
    paren = {
        (een.zaak_ref if een.id in met_zaak else partij_ref(een.gever_key), een.gever_key)
        for een in machtigingen
        if een.gever_key != actor.partij.key
    }
    if not paren:
        return
    actie = "machtiging.bekeken"
    paren -= list_namens(
        {ref for ref, _ in paren}, actor_key=actor.key, actie=actie, vanaf=begin_van(vandaag())
    )
    if not paren:
        return
    with transaction.atomic(savepoint=False):
        audit.record_all(
            ((ref, {"namens": gever}) for ref, gever in sorted(paren)),
            actor_soort=_ALS_GEMACHTIGDE,
            actor_key=actor.key,
            actie=actie,
        )


def ruim_op(now: datetime) -> int:
    """Drop what nobody accepted, a month after its code stopped working; how many. Each leaves a line in the trail of
    the giver. Nothing is decrypted: what cannot be any more goes too. For the worker.

    What was accepted stays: it is why somebody was let in, and the audit trail names its receiver by it.
    """
    te_oud = MachtigingRegel.objects.filter(aanvaard_op=None, code_tot__lt=now - NALATEN).defer(*_VERSLEUTELD)
    with transaction.atomic():
        rijen = list(te_oud.select_for_update().order_by("code_tot", "pk")[:PER_RONDE])
        for rij in rijen:
            _record("machtiging.verlopen", rij, "", audit.SYSTEEM)
            rij.delete()
    return len(rijen)


def _end(actor: Actor, machtiging_id: str, stap: Stap, uitkomst: Stand) -> None:
    with transaction.atomic():
        rij, moment = get_rij_for(actor, machtiging_id, is_changing=True), nu()
        is_gever = stap is Stap.TREK_IN
        if is_gever:
            _must_be_giver(actor, rij)
        else:
            _must_be(actor, rij.ontvanger_key)
        stand = stand_van(rij.feiten, moment)
        if stand is uitkomst:
            return
        if not may(stap, stand):
            raise MachtigingVoorbij
        was_aanvaard = rij.aanvaard_op is not None
        _apply(rij, stap, moment)
        actie = {
            Stap.WIJS_AF: "machtiging.afgewezen",
            Stap.STOP: "machtiging.gestopt",
            Stap.TREK_IN: "machtiging.ingetrokken",
        }[stap]
        _note(actor, actie, rij)
        if not is_gever or was_aanvaard:  # who only typed the code has nothing to lose
            ander = rij.ontvanger_key if is_gever else rij.gever_key
            events.publish(MachtigingGeeindigd(machtiging_id=str(rij.id), key=ander))


def _must_be(actor: Actor, key: str) -> Partij:
    """This side of it, and not the other. Raises MachtigingNietGevonden."""
    partij = must_be_zelf(actor)
    if partij.key != key:
        raise MachtigingNietGevonden
    return partij


def _must_be_giver(actor: Actor, rij: MachtigingRegel) -> None:
    """The giver, or their bewindvoerder. Raises MachtigingNietGevonden."""
    if actor.partij is None or actor.partij.key != rij.gever_key:
        raise MachtigingNietGevonden


def _apply(rij: MachtigingRegel, stap: Stap, moment: datetime, *ook: str) -> None:
    """Write what the state machine says."""
    voor, na = rij.feiten, after(rij.feiten, stap, moment)
    velden = [veld for veld in na.__slots__ if getattr(voor, veld) != getattr(na, veld)]
    for veld in velden:
        setattr(rij, veld, getattr(na, veld))
    rij.save(update_fields=[*velden, *ook])


def _note(actor: Actor, actie: str, rij: MachtigingRegel) -> None:
    _record(actie, rij, actor.key, actor.hoedanigheid, **actor.sporen)


def _record(actie: str, rij: MachtigingRegel, actor_key: str, soort: str, **sporen: str) -> None:
    """In one trail, so that nobody reads it twice. In that of the giver: it is about their data. When it is for one
    zaak and was accepted, in the trail of that zaak: who got or lost it, and its receiver is who is authorised there.
    Before that it is nobody's business but the giver's, and the line names the zaak."""
    is_in_zaak = bool(rij.zaak_ref) and rij.aanvaard_op is not None
    is_ontvanger = bool(rij.ontvanger_key) and actor_key == rij.ontvanger_key
    audit.record(
        actor_soort=_ALS_GEMACHTIGDE if is_in_zaak and is_ontvanger else soort,
        actor_key=actor_key,
        actie=actie,
        object_ref=rij.zaak_ref if is_in_zaak else partij_ref(rij.gever_key),
        machtiging=str(rij.id),
        **({"zaak": rij.zaak_ref} if rij.zaak_ref and not is_in_zaak else {}),
        **({"ontvanger": rij.ontvanger_key} if rij.ontvanger_key else {}),
        **sporen,
    )


def _count_lopend(partij: Partij, moment: datetime) -> int:
    lopend = MachtigingRegel.objects.filter(
        Q(aanvaard_op__isnull=False) | Q(code_tot__gt=moment),
        gever_key=partij.key,
        ingetrokken_op=None,
        gestopt_op=None,
        afgewezen_op=None,
        tot__gte=datum_van(moment),
    )
    return lopend.count()


def _check_days(wens: MachtigingWens, dag: date) -> None:
    """Raises MachtigingOngeldig."""
    fouten = {}
    laatste = last_day(dag)
    if wens.van < dag:
        fouten["van"] = "Kies vandaag of een dag hierna."
    elif wens.van > laatste:
        fouten["van"] = f"Kies een dag binnen {LANGSTE_JAREN} jaar."
    if wens.tot < max(wens.van, dag):
        fouten["tot"] = "Kies een dag die niet vóór de eerste dag ligt."
    elif wens.tot > laatste:
        fouten["tot"] = f"Een machtiging duurt hoogstens {LANGSTE_JAREN} jaar. Kies een eerdere dag."
    if fouten:
        raise MachtigingOngeldig(fouten)


def last_day(dag: date | None = None) -> date:
    """The latest day on which an authorisation that is given on this day (today) can end."""
    begin = dag or vandaag()
    try:
        return begin.replace(year=begin.year + LANGSTE_JAREN)
    except ValueError:  # 29 February
        return begin.replace(year=begin.year + LANGSTE_JAREN, day=28)
