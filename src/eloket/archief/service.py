"""What people do with a list of zaken to destroy: make it, take a zaak off, offer it, decide about it.

Each verb is one transaction with its audit line, and holds the row of the list: what somebody decides about is what
they saw (`versie`). Who made or changed a list never approves it, nor who lifted the stop of a zaak on it.
"""

import hashlib
from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from eloket.archief.errors import (
    EigenLijst,
    LijstGewijzigd,
    LijstLeeg,
    NietNagekeken,
    NietsGekozen,
    NietsTeVernietigen,
)
from eloket.archief.models import LijstRegel, Vernietigingslijst, Vernietigingsstop
from eloket.archief.toegang import lijst_ref, must_destroy, note, note_zaken
from eloket.archief.types import MEESTE_ZAKEN, LijstStand, RegelStand
from eloket.identity.types import Actor
from eloket.kernel.errors import NietGevonden
from eloket.kernel.klok import nu, vandaag
from eloket.zaken.levensloop import clean_reden
from eloket.zaken.types import ZaakRef
from eloket.zaken.vernietigen import TeVernietigen, list_te_vernietigen

_LOPEND = (RegelStand.OP_LIJST, RegelStand.BEZIG)


def list_candidates(limit: int) -> tuple[TeVernietigen, ...]:
    """Zaken of which the period is over, that stand on no list and have no stop. Raises BronOnbereikbaar."""
    op_lijst = LijstRegel.objects.filter(stand__in=_LOPEND).values_list("zaak_ref", flat=True)
    gestopt = Vernietigingsstop.objects.filter(opgeheven_op=None).values_list("zaak_ref", flat=True)
    zonder = [ZaakRef.parse(ref) for ref in {*op_lijst, *gestopt}]
    return list_te_vernietigen(vandaag(), zonder=zonder, limit=limit)


def make_lijst(actor: Actor, *, sleutel: str) -> UUID:
    """A list of what is due now, the longest first; the same form sent twice is one list.

    Raises NietGevonden, NietsTeVernietigen, LijstGewijzigd when a colleague did the same at this moment,
    BronOnbereikbaar.
    """
    must_destroy(actor)
    uniek = hashlib.sha256(f"{actor.key}|{sleutel}".encode()).hexdigest()
    if eerder := _find(uniek):
        return eerder
    zaken = list_candidates(MEESTE_ZAKEN)
    if not zaken:
        raise NietsTeVernietigen
    try:
        with transaction.atomic():
            return _create(actor, uniek, zaken)
    except IntegrityError:
        if eerder := _find(uniek):
            return eerder  # the other click of a double click
        raise LijstGewijzigd("Een collega maakte net ook een lijst. Probeer het opnieuw.") from None


def _find(uniek: str) -> UUID | None:
    return Vernietigingslijst.objects.filter(sleutel=uniek).values_list("pk", flat=True).first()


def _create(actor: Actor, uniek: str, zaken: tuple[TeVernietigen, ...]) -> UUID:
    hoogste = Vernietigingslijst.objects.aggregate(hoogste=Max("nummer"))["hoogste"] or 0
    lijst = Vernietigingslijst.objects.create(
        nummer=hoogste + 1, sleutel=uniek, gemaakt_op=nu(), gemaakt_door=actor.key
    )
    LijstRegel.objects.bulk_create(
        LijstRegel(
            lijst=lijst,
            zaak_ref=str(zaak.ref),
            zaaknummer=zaak.identificatie,
            zaaktype=zaak.zaaktype,
            zaaktype_naam=zaak.zaaktype_omschrijving,
            resultaat=zaak.resultaat,
            einddatum=zaak.einddatum,
            archiefactiedatum=zaak.archiefactiedatum,
            zaak_versie=zaak.versie,
        )
        for zaak in zaken
    )
    note(actor, "vernietiging.lijst_gemaakt", lijst_ref(lijst.pk), nummer=lijst.nummer, zaken=len(zaken))
    note_zaken(actor, "vernietiging.zaak_op_lijst", (str(een.ref) for een in zaken), lijst=lijst.nummer)
    return lijst.pk


def take_off(actor: Actor, lijst_id: UUID, regels: Collection[UUID], *, reden: str) -> int:
    """These zaken are not destroyed with this list, and can come on a next one; returns how many. Twice is once.

    Raises NietGevonden, RedenOntbreekt, NietsGekozen, LijstGewijzigd when the list is no longer in the making.
    """
    must_destroy(actor)
    tekst = clean_reden(reden)
    if not regels:
        raise NietsGekozen
    with transaction.atomic():
        lijst = _lock(lijst_id, LijstStand.CONCEPT)
        gekozen = list(LijstRegel.objects.filter(lijst=lijst, pk__in=regels))
        if len(gekozen) != len(set(regels)):
            raise NietGevonden
        eraf = [regel for regel in gekozen if regel.stand == RegelStand.OP_LIJST]
        for regel in eraf:
            regel.stand, regel.reden, regel.door_key = RegelStand.ERAF, tekst, actor.key
            note(actor, "vernietiging.zaak_van_lijst", regel.zaak_ref, lijst=lijst.nummer)
        LijstRegel.objects.bulk_update(eraf, ["stand", "reden", "door_key"])
        if eraf:
            _change(lijst)
    return len(eraf)


def offer(actor: Actor, lijst_id: UUID, *, versie: int) -> None:
    """Ask a colleague to approve it. Raises NietGevonden, LijstGewijzigd, LijstLeeg."""
    must_destroy(actor)
    with transaction.atomic():
        lijst = _lock(lijst_id, LijstStand.CONCEPT, versie=versie)
        if not _refs_te_doen(lijst):
            raise LijstLeeg
        _change(
            lijst, stand=LijstStand.AANGEBODEN, aangeboden_op=nu(), aangeboden_door=actor.key, terug_reden=""
        )
        note(actor, "vernietiging.lijst_aangeboden", lijst_ref(lijst.pk), nummer=lijst.nummer)


def withdraw(actor: Actor, lijst_id: UUID, *, versie: int) -> None:
    """Nothing of it is destroyed; its zaken can come on a next list. Raises NietGevonden, LijstGewijzigd."""
    must_destroy(actor)
    with transaction.atomic():
        lijst = _lock(lijst_id, LijstStand.CONCEPT, versie=versie)
        erop = _refs_te_doen(lijst)
        lijst.regels.filter(stand=RegelStand.OP_LIJST).update(stand=RegelStand.INGETROKKEN)
        _change(lijst, stand=LijstStand.INGETROKKEN)
        note(actor, "vernietiging.lijst_ingetrokken", lijst_ref(lijst.pk), nummer=lijst.nummer)
        note_zaken(actor, "vernietiging.zaak_lijst_weg", erop, lijst=lijst.nummer)


def approve(actor: Actor, lijst_id: UUID, *, versie: int, is_nagekeken: bool) -> None:
    """Everything on it is destroyed from now on, by the worker: nobody can undo that, so they say that they looked.

    Raises NietGevonden, NietNagekeken, EigenLijst, LijstGewijzigd.
    """
    must_destroy(actor)
    if not is_nagekeken:
        raise NietNagekeken
    with transaction.atomic():
        lijst = _lock(lijst_id, LijstStand.AANGEBODEN, versie=versie)
        _must_be_another(actor, lijst)
        _change(lijst, stand=LijstStand.GOEDGEKEURD, besloten_op=nu(), besloten_door=actor.key)
        erop = _refs_te_doen(lijst)
        note(
            actor, "vernietiging.lijst_goedgekeurd", lijst_ref(lijst.pk), nummer=lijst.nummer, zaken=len(erop)
        )
        note_zaken(actor, "vernietiging.zaak_goedgekeurd", erop, lijst=lijst.nummer)


def send_back(actor: Actor, lijst_id: UUID, *, reden: str, versie: int) -> None:
    """Not like this: who made it reads why, and can change it. Raises NietGevonden, RedenOntbreekt, LijstGewijzigd."""
    must_destroy(actor)
    tekst = clean_reden(reden)
    with transaction.atomic():
        lijst = _lock(lijst_id, LijstStand.AANGEBODEN, versie=versie)
        _change(lijst, stand=LijstStand.CONCEPT, terug_reden=tekst)
        note(actor, "vernietiging.lijst_teruggestuurd", lijst_ref(lijst.pk), nummer=lijst.nummer)


def makers_of(lijst: Vernietigingslijst) -> frozenset[str]:
    """Who made it, offered it, took a zaak off, or lifted the stop of a zaak that is on it. Two queries."""
    eraf = lijst.regels.exclude(door_key="").values_list("door_key", flat=True)
    erop = lijst.regels.filter(stand__in=(*_LOPEND, RegelStand.VERNIETIGD)).values("zaak_ref")
    opgeheven = Vernietigingsstop.objects.filter(zaak_ref__in=erop).exclude(opgeheven_op=None)
    heffers = opgeheven.values_list("opgeheven_door", flat=True)
    return frozenset({lijst.gemaakt_door, lijst.aangeboden_door, *eraf, *heffers} - {""})


def _must_be_another(actor: Actor, lijst: Vernietigingslijst) -> None:
    if actor.key in makers_of(lijst):
        raise EigenLijst


def _lock(lijst_id: UUID, stand: LijstStand, *, versie: int | None = None) -> Vernietigingslijst:
    lijst = Vernietigingslijst.objects.select_for_update().filter(pk=lijst_id).first()
    if lijst is None:
        raise NietGevonden
    if lijst.stand != stand or versie not in (None, lijst.versie):
        raise LijstGewijzigd
    return lijst


def _change(lijst: Vernietigingslijst, **velden: object) -> None:
    for naam, waarde in velden.items():
        setattr(lijst, naam, waarde)
    lijst.versie += 1
    lijst.save(update_fields=["versie", *velden])


def _refs_te_doen(lijst: Vernietigingslijst) -> list[str]:
    erop = lijst.regels.filter(stand=RegelStand.OP_LIJST)
    return list(erop.order_by("zaak_ref").values_list("zaak_ref", flat=True))
