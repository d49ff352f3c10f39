"""Noodtoegang (break-glass): an hour in one zaak that is not yours, to read, with a reason; and who guards that.

Whether a number exists is never told before the reason is complete. Then it is: zaaknummers follow each other and say
nothing of whom the zaak is, each look leaves a name and a reason, each wrong number a line in the audit trail, and how
many numbers somebody can try is limited (identity.limieten). Law: AVG 5(1)(f), 32; BIO 9.4.1.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from eloket.audit import service as audit
from eloket.identity.access import list_medewerkers
from eloket.identity.afwezigheid import find_waarnemer
from eloket.identity.types import Actor, Recht
from eloket.kernel.errors import NietGevonden
from eloket.kernel.klok import datum_van, nu
from eloket.zaken.access import find_ref, lock_zaak, may_see
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.errors import (
    NoodtoegangAlBeoordeeld,
    NoodtoegangOngeldig,
    NoodtoegangVanUzelf,
    ZaakNietGevonden,
)
from eloket.zaken.inkijk import may_ask
from eloket.zaken.models import NoodtoegangBericht, NoodtoegangRegel
from eloket.zaken.types import Zaak, ZaakRef
from eloket.zaken.vastleggen import note, note_by_system

DUUR = timedelta(hours=1)
BEWAREN = timedelta(days=730)
PER_RONDE = 200
MIN_REDEN, MAX_REDEN = 20, 1000
_MAX = f"{MAX_REDEN:_}".replace("_", ".")
LIJST = "noodtoegang"  # the object_ref of what is not about one zaak


class Aanleiding(StrEnum):
    """Why somebody must look: chosen from a list, beside the reason in words."""

    CALAMITEIT = "calamiteit"
    COLLEGA = "collega"
    SPOED = "spoed"
    FOUT = "fout"
    ANDERS = "anders"

    @property
    def tekst(self) -> str:
        return _AANLEIDINGEN[self]


_AANLEIDINGEN = {
    Aanleiding.CALAMITEIT: "Er is een calamiteit, of iemand is in gevaar",
    Aanleiding.COLLEGA: "De collega die de zaak behandelt, is ziek of niet te bereiken",
    Aanleiding.SPOED: "Iemand heeft nu antwoord nodig, aan de balie of aan de telefoon",
    Aanleiding.FOUT: "Er is een fout of een datalek, en dat moet nu worden uitgezocht",
    Aanleiding.ANDERS: "Iets anders",
}


class Oordeel(StrEnum):
    TERECHT = "terecht"
    NIET_TERECHT = "niet_terecht"

    @property
    def tekst(self) -> str:
        return "Terecht" if self is Oordeel.TERECHT else "Niet terecht"


@dataclass(frozen=True, slots=True)
class Geopend:
    """`is_nood` is False when the zaak was for this civil servant anyway: then nothing was noted."""

    ref: ZaakRef
    is_nood: bool


def may_guard(actor: Actor) -> bool:
    """Who keeps watch over who looks: privacy officer, FG."""
    return actor.is_medewerker and Recht.INZIEN in actor.rechten


def open_zaak(actor: Actor, *, zaaknummer: str, aanleiding: str, reden: str) -> Geopend:
    """Let this civil servant read one zaak for an hour, and tell who handles it. Again while it is open: the same one.

    Raises NietGevonden without the right, NoodtoegangOngeldig (per field), BronOnbereikbaar.
    """
    if not may_ask(actor):
        raise NietGevonden
    nummer, waarom = zaaknummer.strip(), " ".join(reden.split())
    gekozen = _check(nummer, aanleiding, waarom)
    try:
        ref = find_ref(nummer)
    except ZaakNietGevonden as fout:
        _note(actor, "noodtoegang.mislukt", aanleiding=gekozen.value)
        raise NoodtoegangOngeldig(
            {"zaaknummer": "Wij kunnen geen zaak vinden met dit nummer. Controleer het zaaknummer."}
        ) from fout
    with transaction.atomic():
        lock_zaak(ref)  # two clicks at once give one
        zaak = bron_voor(ref.bron).get_zaak(ref.id)
        if may_see(actor, zaak):
            return Geopend(ref, is_nood=False)
        _keep(actor, zaak, gekozen, waarom, nu())
    return Geopend(ref, is_nood=True)


def _check(nummer: str, aanleiding: str, reden: str) -> Aanleiding:
    fouten = {}
    if not nummer:
        fouten["zaaknummer"] = "Vul het zaaknummer in."
    gekozen = next((een for een in Aanleiding if een.value == aanleiding), None)
    if gekozen is None:
        fouten["aanleiding"] = "Kies waarom u deze zaak nu moet zien."
    if not MIN_REDEN <= len(reden) <= MAX_REDEN:
        fouten["reden"] = (
            f"Leg uit waarom u deze zaak nu moet zien. Gebruik minstens {MIN_REDEN} en hoogstens {_MAX} tekens."
        )
    if fouten or gekozen is None:
        raise NoodtoegangOngeldig(fouten)
    return gekozen


def _keep(actor: Actor, zaak: Zaak, aanleiding: Aanleiding, reden: str, moment: datetime) -> None:
    assert actor.medewerker_id is not None  # may_ask
    open_nu = NoodtoegangRegel.objects.filter(
        medewerker_id=actor.medewerker_id, zaak_ref=str(zaak.ref), beeindigd_op=None, tot__gt=moment
    )
    if open_nu.exists():
        return
    rij = NoodtoegangRegel.objects.create(
        medewerker_id=actor.medewerker_id,
        zaak_ref=str(zaak.ref),
        identificatie=zaak.identificatie,
        aanleiding=aanleiding.value,
        reden=reden,
        begin=moment,
        tot=moment + DUUR,
    )
    NoodtoegangBericht.objects.bulk_create(
        NoodtoegangBericht(noodtoegang=rij, medewerker_id=wie)
        for wie in sorted(_must_know(actor, zaak, moment))
    )
    note(actor, "noodtoegang.geopend", zaak.ref, toegang=str(rij.pk), aanleiding=aanleiding.value)


def _must_know(actor: Actor, zaak: Zaak, moment: datetime) -> set[int]:
    """Who handles the zaak, who stands in for them today, and everybody who may read it when that are a few; when that
    is nobody: who divides the work of the afdeling."""
    wie = set(zaak.toegang or ())
    if zaak.behandelaar_id is not None:
        waarnemer = find_waarnemer(
            zaak.behandelaar_id,
            dag=datum_van(moment),
            afdeling=zaak.afdeling,
            zaaktype=zaak.zaaktype,
            toegang=zaak.toegang,
        )
        wie |= {zaak.behandelaar_id, waarnemer or zaak.behandelaar_id}
    if not wie:
        wie = {
            een.id
            for een in list_medewerkers([zaak.afdeling])
            if Recht.VERDELEN in een.rechten and (not een.zaaktypen or zaak.zaaktype in een.zaaktypen)
        }
    return wie - {actor.medewerker_id or 0}


def end(actor: Actor, toegang_id: str) -> None:
    """End it now: one's own, or any for who guards. Ended already is fine. Raises NietGevonden."""
    with transaction.atomic():
        # One of a colleague is not read (its reason is encrypted), and not locked.
        van = {} if may_guard(actor) else {"medewerker_id": actor.medewerker_id or 0}
        _end(actor, _lock(toegang_id, **van), nu())


def judge(actor: Actor, toegang_id: str, *, oordeel: str, toelichting: str) -> None:
    """Say whether it was right, once, about somebody else; not right ends it too. The same judgement of the same person
    again is fine: a double click.

    Raises NietGevonden, NoodtoegangVanUzelf, NoodtoegangAlBeoordeeld, NoodtoegangOngeldig (per field).
    """
    if not may_guard(actor):
        raise NietGevonden
    with transaction.atomic():
        rij = _lock(toegang_id)
        if rij.medewerker_id == actor.medewerker_id:
            raise NoodtoegangVanUzelf
        gekozen, tekst = _check_oordeel(oordeel, toelichting)
        if rij.oordeel:
            if (rij.beoordeeld_door_id, rij.oordeel, rij.toelichting) == (
                actor.medewerker_id,
                gekozen,
                tekst,
            ):
                return
            raise NoodtoegangAlBeoordeeld
        rij.oordeel, rij.toelichting = gekozen.value, tekst
        rij.beoordeeld_op, rij.beoordeeld_door_id = nu(), actor.medewerker_id
        rij.save(update_fields=["oordeel", "toelichting", "beoordeeld_op", "beoordeeld_door"])
        note(
            actor,
            "noodtoegang.beoordeeld",
            ZaakRef.parse(rij.zaak_ref),
            toegang=str(rij.pk),
            oordeel=gekozen.value,
        )
        if gekozen is Oordeel.NIET_TERECHT:
            _end(actor, rij, nu())


def _check_oordeel(oordeel: str, toelichting: str) -> tuple[Oordeel, str]:
    fouten, tekst = {}, toelichting.replace("\r\n", "\n").strip()
    gekozen = next((een for een in Oordeel if een.value == oordeel), None)
    if gekozen is None:
        fouten["oordeel"] = "Kies of deze noodtoegang terecht was."
    if not 1 <= len(tekst) <= MAX_REDEN:
        fouten["toelichting"] = f"Schrijf op waarom u dat vindt. Gebruik hoogstens {_MAX} tekens."
    if fouten or gekozen is None:
        raise NoodtoegangOngeldig(fouten)
    return gekozen, tekst


def mark_seen(actor: Actor, toegang_id: str) -> None:
    """Who handles the zaak says that they read it. Not told to them, or said already, is fine."""
    NoodtoegangBericht.objects.filter(
        noodtoegang_id=_parse(toegang_id), medewerker_id=actor.medewerker_id or 0, gezien_op=None
    ).update(gezien_op=nu())


def ruim_op(now: datetime) -> int:
    """Remove what ended two years ago, with its reasons; returns how many. The lines of the audit trail stay, and one
    about the zaak says that this went. For the worker. Nothing is decrypted: what cannot be any more goes too."""
    zonder_tekst = NoodtoegangRegel.objects.defer("reden", "toelichting")
    with transaction.atomic():
        oud = zonder_tekst.filter(tot__lt=now - BEWAREN).select_for_update(of=("self",))
        rijen = list(oud.order_by("tot", "pk")[:PER_RONDE])
        for rij in rijen:
            note_by_system("noodtoegang.verlopen", ZaakRef.parse(rij.zaak_ref), toegang=str(rij.pk))
        zonder_tekst.filter(pk__in=[rij.pk for rij in rijen]).delete()
    return len(rijen)


def _end(actor: Actor, rij: NoodtoegangRegel, moment: datetime) -> None:
    if rij.beeindigd_op is not None or rij.tot <= moment:
        return
    rij.beeindigd_op = moment
    rij.save(update_fields=["beeindigd_op"])
    note(actor, "noodtoegang.beeindigd", ZaakRef.parse(rij.zaak_ref), toegang=str(rij.pk))


def _lock(toegang_id: str, **van: int) -> NoodtoegangRegel:
    rijen = NoodtoegangRegel.objects.select_for_update(of=("self",))
    rij = rijen.filter(pk=_parse(toegang_id), **van).first()
    if rij is None:
        raise NietGevonden
    return rij


def _parse(toegang_id: str) -> uuid.UUID:
    try:
        return uuid.UUID(toegang_id)
    except ValueError:
        raise NietGevonden from None


def _note(actor: Actor, actie: str, **kenmerken: str) -> None:
    """About no zaak in particular."""
    audit.record(actor_soort=actor.soort, actor_key=actor.key, actie=actie, object_ref=LIJST, **kenmerken)
