"""Writes of the register. Each checks the state of the zaak in the same statement that changes it (`versie`), so that
two civil servants at once never overwrite each other; the caller (zaken.service) owns the transaction around it.
"""

import hashlib
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from eloket.identity.errors import AfdelingOnbekend
from eloket.identity.models import Afdeling
from eloket.identity.types import Partij, Soort
from eloket.kernel.klok import datum_van
from eloket.sources.register import archief
from eloket.sources.register.models import (
    INITIATOR,
    Eigenschap,
    NaamSleutel,
    Rol,
    Status,
    StatusType,
    Toegang,
    Volgnummer,
    Zaak,
    ZaakType,
)
from eloket.sources.register.queries import parse_id
from eloket.sources.register.zoeken import naam_sleutels, zoektekst
from eloket.zaken.errors import (
    StatusNietToegestaan,
    TermijnLoopt,
    TermijnNietTeVerlengen,
    TermijnStaatStil,
    ZaakGewijzigd,
    ZaakIsGesloten,
    ZaakIsOpen,
    ZaakNietGevonden,
    ZaakTypeOnbekend,
)
from eloket.zaken.maandtermijn import extended_end, first_end
from eloket.zaken.types import Aandacht, NieuweZaak


def start_zaak(opdracht: NieuweZaak, moment: datetime) -> tuple[str, bool]:
    """The id of the zaak, and whether it was made now. Safe when the same order comes in many times at once.

    Raises ZaakTypeOnbekend.
    """
    partij = _initiator(opdracht)
    sleutel = _scoped(partij, opdracht.sleutel)
    if bestaand := _find(sleutel):
        return bestaand, False
    zaaktype = ZaakType.objects.filter(identificatie=opdracht.zaaktype, einde_geldigheid=None).first()
    if zaaktype is None:
        raise ZaakTypeOnbekend
    try:
        with transaction.atomic():
            return str(_create(opdracht, partij, sleutel, zaaktype, moment)), True
    except IntegrityError:
        if bestaand := _find(sleutel):
            return bestaand, False  # another request with this sleutel was a moment earlier
        raise


def _initiator(opdracht: NieuweZaak) -> Partij | None:
    """None for who did not say who they are: then the zaak has no initiator."""
    if opdracht.initiator_soort == Soort.ANONIEM:
        return None
    if opdracht.initiator_soort == Soort.INWONER:
        return Partij.inwoner(opdracht.initiator_nummer)
    if opdracht.initiator_soort == Soort.ONDERNEMING:
        return Partij.onderneming(opdracht.initiator_nummer, opdracht.initiator_vestigingsnummer)
    raise ValueError("een zaak begint bij een inwoner of een onderneming")


def _scoped(partij: Partij | None, sleutel: str) -> str | None:
    """A sleutel counts within one party: nobody reaches another's zaak by sending the same one."""
    if not sleutel:
        return None
    van = f"{partij.key}|{partij.vestiging_key}" if partij else Soort.ANONIEM.value
    return hashlib.sha256(f"{van}|{sleutel}".encode()).hexdigest()


def _find(sleutel: str | None) -> str | None:
    if sleutel is None:
        return None
    zaak_id = Zaak.objects.filter(sleutel=sleutel).values_list("id", flat=True).first()
    return str(zaak_id) if zaak_id else None


def _create(
    opdracht: NieuweZaak, partij: Partij | None, sleutel: str | None, zaaktype: ZaakType, moment: datetime
) -> uuid.UUID:
    startdatum = datum_van(moment)
    identificatie = _next_identificatie(startdatum.year)
    eerste = StatusType.objects.get(zaaktype=zaaktype, volgnummer=1)
    omschrijving = opdracht.omschrijving.strip() or zaaktype.omschrijving
    zaak = Zaak.objects.create(
        identificatie=identificatie,
        zaaktype=zaaktype,
        omschrijving=omschrijving,
        toelichting=opdracht.toelichting,
        zoektekst=zoektekst(omschrijving, identificatie),
        startdatum=startdatum,
        registratiedatum=moment,
        uiterlijke_einddatum=first_end(
            startdatum, dagen=zaaktype.doorlooptijd_dagen, maanden=zaaktype.doorlooptijd_maanden
        ),
        statustype=eerste,
        badge=eerste.badge,
        afdeling_id=zaaktype.afdeling_id,
        sleutel=sleutel,
        kanaal=opdracht.kanaal.value,
    )
    Status.objects.create(zaak=zaak, statustype=eerste, datum_status_gezet=moment)
    if partij is not None:
        _add_initiator(zaak, partij, opdracht.initiator_naam)
    Eigenschap.objects.bulk_create(
        Eigenschap(zaak=zaak, naam=naam, waarde=waarde) for naam, waarde in opdracht.kenmerken
    )
    return zaak.id


def _add_initiator(zaak: Zaak, partij: Partij, naam: str) -> None:
    Rol.objects.create(
        zaak=zaak,
        omschrijving_generiek=INITIATOR,
        betrokkene_key=partij.key,
        vestiging_key=partij.vestiging_key,
        nummer=partij.nummer,
        vestigingsnummer=partij.vestigingsnummer,
        naam=naam,
        is_onderneming=partij.soort is Soort.ONDERNEMING,
    )
    NaamSleutel.objects.bulk_create(
        NaamSleutel(zaak=zaak, sleutel=gezocht, open_bij_id=zaak.afdeling_id)
        for gezocht in sorted(naam_sleutels(naam))
    )


def _next_identificatie(jaar: int) -> str:
    """`Z-2026-004213`: the next number of this year. The UPDATE holds the row until the transaction ends."""
    if not Volgnummer.objects.filter(jaar=jaar).update(laatste=F("laatste") + 1):
        Volgnummer.objects.bulk_create([Volgnummer(jaar=jaar, laatste=0)], ignore_conflicts=True)
        Volgnummer.objects.filter(jaar=jaar).update(laatste=F("laatste") + 1)
    return f"Z-{jaar}-{Volgnummer.objects.values_list('laatste', flat=True).get(jaar=jaar):06d}"


def continue_numbering(jaar: int, laatste: int) -> None:
    """The next zaaknummer of `jaar` comes after `laatste`: for a municipality that numbered elsewhere before.

    Never goes back: a lower number than the last one given out changes nothing.
    """
    Volgnummer.objects.bulk_create([Volgnummer(jaar=jaar, laatste=0)], ignore_conflicts=True)
    Volgnummer.objects.filter(jaar=jaar, laatste__lt=laatste).update(laatste=laatste)


def lock(zaak_id: str) -> None:
    """Hold the row until the transaction ends. On SQLite the transaction itself holds everything (IMMEDIATE)."""
    try:
        sleutel = parse_id(zaak_id)
    except ZaakNietGevonden:
        return
    Zaak.objects.select_for_update().filter(pk=sleutel).values_list("pk").first()


def set_status(zaak_id: str, *, volgnummer: int, toelichting: str, moment: datetime, versie: int) -> None:
    """Go to a later step. Raises ZaakNietGevonden, ZaakGewijzigd, ZaakIsGesloten, StatusNietToegestaan."""
    with transaction.atomic():
        zaak = _get_open(zaak_id, versie)
        statustype = StatusType.objects.filter(zaaktype=zaak.zaaktype_id, volgnummer=volgnummer).first()
        if statustype is None or volgnummer <= zaak.statustype.volgnummer:
            raise StatusNietToegestaan
        velden: dict[str, Any] = {"statustype": statustype, "badge": statustype.badge}
        if statustype.is_eindstatus:
            velden |= {"einddatum": datum_van(moment), **_end_of_suspension(zaak, moment)}
            velden |= archief.velden_van(zaak.zaaktype_id, resultaat="", einddatum=datum_van(moment))
        _update(zaak, versie, **velden)
        if statustype.is_eindstatus:
            NaamSleutel.objects.filter(zaak=zaak).update(open_bij=None)
        Status.objects.create(
            zaak=zaak, statustype=statustype, datum_status_gezet=moment, statustoelichting=toelichting
        )


def destroy(zaak_id: str) -> None:
    """The zaak with its statuses, roles, facts, names and access, in the caller's transaction. Its number is never
    given out again. Raises ZaakNietGevonden."""
    _must_exist(Zaak.objects.filter(pk=parse_id(zaak_id)).delete()[0])


def set_resultaat(zaak_id: str, *, resultaat: str) -> None:
    """Note the result, and with it how long a closed zaak is kept; comes with the eindstatus, so it leaves `versie` to
    that. Raises ZaakNietGevonden."""
    rijen = Zaak.objects.filter(pk=parse_id(zaak_id))
    zaak = rijen.only("zaaktype_id", "einddatum").first()
    if zaak is None:
        raise ZaakNietGevonden
    velden: dict[str, Any] = {"resultaat": resultaat}
    if zaak.einddatum is not None:
        velden |= archief.velden_van(zaak.zaaktype_id, resultaat=resultaat, einddatum=zaak.einddatum)
    _must_exist(rijen.update(**velden))


def set_behandelaar(zaak_id: str, *, medewerker_id: int | None, versie: int) -> None:
    """Raises ZaakNietGevonden, ZaakGewijzigd, ZaakIsGesloten."""
    with transaction.atomic():
        _update(_get_open(zaak_id, versie), versie, behandelaar_id=medewerker_id)


def set_afdeling(zaak_id: str, *, afdeling: str, versie: int) -> None:
    """The zaak goes to another afdeling, without behandelaar. Raises as `set_behandelaar`, and AfdelingOnbekend."""
    gevonden = Afdeling.objects.filter(code=afdeling).first()
    if gevonden is None:
        raise AfdelingOnbekend
    with transaction.atomic():
        zaak = _get_open(zaak_id, versie)
        _update(zaak, versie, afdeling=gevonden, behandelaar_id=None)
        NaamSleutel.objects.filter(zaak=zaak).update(open_bij=gevonden)


def set_toegang(zaak_id: str, *, medewerkers: frozenset[int] | None, versie: int) -> None:
    """Need-to-know: only these civil servants, or (None) everybody of the afdeling. Also for a closed zaak.

    Raises ZaakNietGevonden, ZaakGewijzigd.
    """
    with transaction.atomic():
        zaak = _get(zaak_id, versie)
        _update(zaak, versie, is_afgeschermd=medewerkers is not None)
        Toegang.objects.filter(zaak=zaak).delete()
        Toegang.objects.bulk_create(
            Toegang(zaak=zaak, medewerker_id=medewerker_id) for medewerker_id in sorted(medewerkers or ())
        )


def reopen(zaak_id: str, *, moment: datetime, versie: int) -> None:
    """Back to the last status before the eindstatus; the eindstatus can be set again later.

    Raises ZaakNietGevonden, ZaakGewijzigd, ZaakIsOpen.
    """
    with transaction.atomic():
        zaak = _get(zaak_id, versie)
        if zaak.einddatum is None:
            raise ZaakIsOpen
        Status.objects.filter(zaak=zaak, statustype__is_eindstatus=True).delete()
        over = Status.objects.filter(zaak=zaak).select_related("statustype")
        laatste = over.order_by("-statustype__volgnummer").first()
        if laatste is None:
            raise StatusNietToegestaan
        _update(
            zaak,
            versie,
            statustype=laatste.statustype,
            badge=laatste.statustype.badge,
            einddatum=None,
            resultaat="",
            heropend_op=moment,
            archiefnominatie="",
            archiefactiedatum=None,
        )
        NaamSleutel.objects.filter(zaak=zaak).update(open_bij=zaak.afdeling_id)


def set_aandacht(
    zaak_id: str, soort: Aandacht, moment: datetime | None, *, gezien: datetime | None = None
) -> None:
    """Raises ZaakNietGevonden. With `gezien` nothing is changed when it is new since another moment. Leaves `versie`: a
    message is no reason to refuse what a handler is deciding.
    """
    veld, ander = "nieuw_bericht_sinds", "nieuw_document_sinds"
    if soort is Aandacht.DOCUMENT:
        veld, ander = ander, veld
    sleutel = parse_id(zaak_id)
    with transaction.atomic():
        zaak = Zaak.objects.filter(pk=sleutel)
        gewijzigd = zaak.filter(**({veld: gezien} if gezien else {})).update(**{veld: moment})
        if gezien and not gewijzigd:
            _must_exist(zaak.count())
            return
        _must_exist(gewijzigd)
        # That UPDATE holds the row, so what is read now stays true until the end: two at once cannot hide each other.
        heeft = moment is not None or zaak.filter(**{f"{ander}__isnull": False}).exists()
        zaak.update(heeft_aandacht=heeft)


def suspend(zaak_id: str, *, reden: str, moment: datetime, versie: int) -> None:
    """The term stands still from this day (Awb 4:15). Raises as `set_status`; TermijnStaatStil."""
    with transaction.atomic():
        zaak = _get_open(zaak_id, versie)
        if zaak.opgeschort_sinds is not None:
            raise TermijnStaatStil
        _update(zaak, versie, opgeschort_sinds=datum_van(moment), opgeschort_reden=reden)


def resume(zaak_id: str, *, moment: datetime, versie: int) -> None:
    """The term goes on, later by the days that it stood still. Raises as `suspend`."""
    with transaction.atomic():
        zaak = _get_open(zaak_id, versie)
        if zaak.opgeschort_sinds is None:
            raise TermijnLoopt
        _update(zaak, versie, **_end_of_suspension(zaak, moment))


def extend(zaak_id: str, *, reden: str, moment: datetime, versie: int) -> None:
    """The term ends later by the months of its zaaktype, once. Raises as `suspend`; TermijnNietTeVerlengen."""
    with transaction.atomic():
        zaak = _get_open(zaak_id, versie)
        soort = ZaakType.objects.get(pk=zaak.zaaktype_id)
        if zaak.opgeschort_sinds is not None:
            raise TermijnStaatStil
        erbij = soort.verlenging_maanden
        if not erbij or zaak.verlengd_op is not None or zaak.uiterlijke_einddatum < datum_van(moment):
            raise TermijnNietTeVerlengen
        einde = extended_end(
            zaak.startdatum,
            zaak.uiterlijke_einddatum,
            dagen=soort.doorlooptijd_dagen,
            maanden=soort.doorlooptijd_maanden,
            erbij=erbij,
        )
        _update(zaak, versie, uiterlijke_einddatum=einde, verlengd_op=datum_van(moment), verlengd_reden=reden)


def _end_of_suspension(zaak: Zaak, moment: datetime) -> dict[str, Any]:
    """The term moves by the days that it stood still; nothing when it runs."""
    if zaak.opgeschort_sinds is None:
        return {}
    dagen = max(0, (datum_van(moment) - zaak.opgeschort_sinds).days)
    einde = zaak.uiterlijke_einddatum + timedelta(days=dagen)
    return {"uiterlijke_einddatum": einde, "opgeschort_sinds": None, "opgeschort_reden": ""}


def _get(zaak_id: str, versie: int) -> Zaak:
    zaak = Zaak.objects.select_related("statustype").filter(pk=parse_id(zaak_id)).first()
    if zaak is None:
        raise ZaakNietGevonden
    if zaak.versie != versie:
        raise ZaakGewijzigd
    return zaak


def _get_open(zaak_id: str, versie: int) -> Zaak:
    zaak = _get(zaak_id, versie)
    if zaak.einddatum is not None:
        raise ZaakIsGesloten
    return zaak


def _update(zaak: Zaak, versie: int, **velden: Any) -> None:
    if not Zaak.objects.filter(pk=zaak.pk, versie=versie).update(versie=F("versie") + 1, **velden):
        raise ZaakGewijzigd


def _must_exist(aantal: int) -> None:
    if not aantal:
        raise ZaakNietGevonden
