"""Everything of one zaak that is of this party, in ZGW names. What is of somebody else in the same zaak stays out.

ZGW: Zaken API 1.5 (zaak, status, rol, zaakeigenschap), Documenten API 1.4 (enkelvoudiginformatieobject). What those do
not know (taken, messages, receipts) has names of ours; docs/gegevens-meenemen.md describes all of them.
"""

import json
from collections.abc import Iterable

from eloket.afschriften.namen import naam_van_document
from eloket.berichten.queries import list_gesprekken_van_zaak
from eloket.berichten.types import GesprekInzage
from eloket.documenten.queries import list_voor_aanvrager
from eloket.documenten.types import Controle, DocumentInzage
from eloket.export.delen import inzage_van, ontvangst, tell_notificatie
from eloket.export.types import BijgevoegdDocument, Gegevens, Verzameld
from eloket.identity.types import Actor, Partij
from eloket.inzage.eigen import one_zaak
from eloket.kernel.errors import BronOnbereikbaar
from eloket.loket.queries import list_verstuurd
from eloket.loket.types import ConceptInzage
from eloket.notifications.brieven.queries import list_geposte_brieven
from eloket.notifications.ontvangst.queries import count_ontvangsten, list_ontvangsten
from eloket.notifications.ontvangst.types import OntvangstInzage
from eloket.notifications.verantwoorden.levensloop import list_levenslopen
from eloket.notifications.verantwoorden.verzending import keys_of
from eloket.zaken.access import get_zaak_for
from eloket.zaken.betrokkenen import is_alone, is_document_of, is_van
from eloket.zaken.queries import list_gebeurtenissen, list_taken_van_zaak
from eloket.zaken.types import Betrokkene, TaakInzage, Zaak, ZaakRef

DOCUMENTEN = "de documenten van deze zaak"
_VAN_ANDER = "Iemand anders die bij deze zaak hoort, heeft dit gestuurd. Het zijn dus niet uw gegevens."
_BESMET = "In dit bestand zit een virus. Niemand kan het openen."
_WACHT = "Dit bestand was nog niet gecontroleerd op virussen toen wij uw gegevens verzamelden."
_INGEVULD = "Wat de aanvrager heeft ingevuld"


def collect_zaak(actor: Actor, ref: ZaakRef, *, with_gaps: bool) -> Verzameld:
    """What we hold of this party in this zaak. `with_gaps`: a source of documents that does not answer is named in it,
    and raises nothing.

    Raises ZaakNietGevonden (it is not theirs any more), BronOnbereikbaar, and NiveauNodig when it was asked at too low
    a level.
    """
    zaak = get_zaak_for(actor, ref)
    partij = actor.partij
    assert partij is not None  # access has just said so
    gemist: list[str] = []
    ontvangsten = list_ontvangsten(ref, partij=partij, limit=count_ontvangsten(ref, partij=partij))
    gevonden = _list_documenten(ref, gemist if with_gaps else None)
    op_volgorde = sorted(gevonden, key=lambda een: (een.ontvangen_op, een.id))
    eigen = [een for een in op_volgorde if _is_eigen(een, zaak, partij, ontvangsten)]
    documenten = tuple(_bijlage(nummer, een) for nummer, een in enumerate(eigen, 1) if een.is_beschikbaar)
    paden = {een.id: een.naam for een in documenten}
    keys = keys_of(zaak, partij)
    gegevens: Gegevens = {
        **_zaak(zaak, partij),
        "taken": [_taak(een) for een in list_taken_van_zaak(ref, partij=partij)],
        "gebeurtenissen": [
            {"moment": een.moment, "omschrijving": een.tekst}
            for een in list_gebeurtenissen(zaak, partij=partij)
        ],
        "gesprekken": [_gesprek(een) for een in list_gesprekken_van_zaak(ref, partij=partij)],
        "formulieren": [verstuurd_formulier(een) for een in list_verstuurd(ref, keys)],
        "zaakinformatieobjecten": [_document(een, paden.get(een.id, "")) for een in eigen],
        "ontvangstbewijzen": [ontvangst(een) for een in ontvangsten],
        "notificaties": [
            tell_notificatie(een) for een in list_levenslopen(ref).meldingen if een.betrokkene_key in keys
        ],
        "brieven": [
            {
                "kenmerk": een.kenmerk,
                "gemaaktOp": een.geprint_op,
                "opDePostGedaanOp": een.gepost_op,
                "inhoud": brief(een.inhoud),
            }
            for een in list_geposte_brieven(str(ref), keys)
        ],
        "inzage": inzage_van(actor, one_zaak(actor, ref), titels={een.titel for een in eigen}),
        "weggelaten": _weggelaten(zaak, partij, len(op_volgorde) - len(eigen)),
        "nietOpgehaald": gemist,
    }
    return Verzameld(gegevens, documenten, tuple(gemist), zaak.zekerheid)


def brief(inhoud: str) -> Gegevens:
    """What a letter said, without how its page looks."""
    kaal = json.loads(inhoud)
    return {
        "geadresseerde": [str(regel) for regel in kaal["aan"]],
        "aanleiding": kaal["aanleiding"],
        "regels": [" ".join(deel for deel in regel if deel) for regel in kaal["regels"]],
    }


def verstuurd_formulier(een: ConceptInzage) -> Gegevens:
    """A form that was sent, with its questions as they were read then."""
    return {
        "formulier": een.formulier,
        "versie": een.versie,
        "begonnenOp": een.begonnen_op,
        "verstuurdOp": een.verstuurd_op,
        "verstuurdDoor": een.verstuurd_door,
        "stappen": [
            {
                "titel": blok.titel,
                "antwoorden": [{"vraag": regel.vraag, "antwoord": regel.antwoord} for regel in blok.regels],
            }
            for blok in een.overzicht
        ],
    }


def _list_documenten(ref: ZaakRef, gemist: list[str] | None) -> tuple[DocumentInzage, ...]:
    try:
        return list_voor_aanvrager(str(ref))
    except BronOnbereikbaar:
        if gemist is None:
            raise
        gemist.append(DOCUMENTEN)
        return ()


def _eigen_rollen(zaak: Zaak, partij: Partij) -> list[Betrokkene]:
    return [een for een in zaak.betrokkenen if is_van(partij, een.key, een.vestiging_key)]


def _is_aanvrager(zaak: Zaak, partij: Partij) -> bool:
    return any(een.roltype == "initiator" for een in _eigen_rollen(zaak, partij))


def _is_eigen(
    een: DocumentInzage, zaak: Zaak, partij: Partij, ontvangsten: Iterable[OntvangstInzage]
) -> bool:
    """Of the municipality, or sent by or for this party: the rule of the page and of the dossier (zaken.betrokkenen).
    A document of a release that did not keep whose it was is also theirs when a receipt of this party names it."""
    if not een.is_van_aanvrager:
        return is_alone(zaak, partij) or not _is_kopie_van_ander(een, zaak, partij)
    if is_document_of(partij, zaak, een):
        return True
    namen = {bestand.sha256 for bewijs in ontvangsten for bestand in bewijs.bestanden}
    return not een.betrokkene_key and een.sha256 in namen


def _is_kopie_van_ander(een: DocumentInzage, zaak: Zaak, partij: Partij) -> bool:
    """Whether it is the copy of a form (loket.bewijzen) that somebody else in the zaak sent: made by the municipality,
    and full of what they filled in. One that names no party, of who did not log in, is of the applicant."""
    if not een.auteur_key:
        return not _is_aanvrager(zaak, partij)
    allen = {key for rol in zaak.betrokkenen for key in (rol.key, rol.vestiging_key)}
    return een.auteur_key in allen - keys_of(zaak, partij)


def _zaak(zaak: Zaak, partij: Partij) -> Gegevens:
    is_eigen = _is_aanvrager(zaak, partij)
    return {
        "identificatie": zaak.identificatie,
        "omschrijving": zaak.omschrijving,
        "toelichting": zaak.toelichting if is_eigen else "",
        "zaaktype": {"identificatie": zaak.zaaktype, "omschrijving": zaak.zaaktype_omschrijving},
        "communicatiekanaal": zaak.kanaal.value,
        "behandelendeAfdeling": zaak.afdeling_naam,
        "startdatum": zaak.startdatum,
        "registratiedatum": zaak.registratiedatum,
        "uiterlijkeEinddatumAfdoening": zaak.uiterlijke_einddatum,
        "einddatum": zaak.einddatum,
        "resultaat": zaak.resultaat,
        "stand": zaak.badge.tekst,
        "opschorting": {
            "indicatie": zaak.opschorting is not None,
            "reden": zaak.opschorting.reden if zaak.opschorting else "",
            "sinds": zaak.opschorting.sinds if zaak.opschorting else None,
        },
        "verlenging": {
            "indicatie": zaak.verlenging is not None,
            "reden": zaak.verlenging.reden if zaak.verlenging else "",
            "sinds": zaak.verlenging.op if zaak.verlenging else None,
        },
        "rollen": [
            {"omschrijvingGeneriek": een.roltype, "naam": een.naam} for een in _eigen_rollen(zaak, partij)
        ],
        "statussen": [
            {
                "omschrijving": een.omschrijving,
                "datumStatusGezet": een.datum_status_gezet,
                "statustoelichting": een.statustoelichting,
            }
            for een in zaak.statussen
        ],
        "eigenschappen": [{"naam": naam, "waarde": waarde} for naam, waarde in zaak.kenmerken if is_eigen],
    }


def _taak(een: TaakInzage) -> Gegevens:
    return {
        "titel": een.titel,
        "toelichting": een.toelichting,
        "soort": een.soort.value,
        "gevraagdOp": een.gevraagd_op,
        "uiterlijkeDag": een.laatste_dag,
        "langerDeTijd": een.verlengd_om,
        "vervuldOp": een.vervuld_op,
        "antwoord": een.antwoord,
        "stand": een.stand.value,
        "afkeurreden": een.afkeurreden,
    }


def _gesprek(een: GesprekInzage) -> Gegevens:
    return {
        "onderwerp": een.onderwerp,
        "berichten": [
            {
                "afzender": bericht.afzender_naam,
                "vanGemeente": bericht.is_van_gemeente,
                "verzondenOp": bericht.verzonden_op,
                "gelezen": bericht.is_gelezen,
                "tekst": bericht.tekst,
                "bijlagen": [bijlage.naam for bijlage in bericht.bijlagen],
            }
            for bericht in reversed(een.berichten)
        ],
    }


def _bijlage(nummer: int, een: DocumentInzage) -> BijgevoegdDocument:
    return BijgevoegdDocument(
        een.id,
        f"documenten/{naam_van_document(nummer, een)}",
        een.titel,
        een.omvang,
        een.sha256,
        een.ontvangen_op,
    )


def _document(een: DocumentInzage, pad: str) -> Gegevens:
    return {
        "titel": een.titel,
        "bestandsnaam": een.bestandsnaam,
        "bestand": pad,
        "waaromGeenBestand": "" if pad else _BESMET if een.controle is Controle.BESMET else _WACHT,
        "herkomst": een.herkomst.value,
        "ontvangstdatum": een.ontvangen_op,
        "versie": een.versie,
        "informatieobjecttype": een.documenttype,
        "vertrouwelijkheidaanduiding": een.vertrouwelijkheid,
        "formaat": een.formaat.mime,
        "bestandsomvang": een.omvang,
        "beoordeling": een.beoordeling.value,
        "beoordeeldOp": een.beoordeeld_op,
        "afkeurreden": een.afkeurreden,
        "integriteit": {"algoritme": "sha_256", "waarde": een.sha256},
    }


def _weggelaten(zaak: Zaak, partij: Partij, documenten: int) -> list[Gegevens]:
    """What belongs to the zaak and is of somebody else: told, so that nobody thinks that it is not there."""
    weg: list[Gegevens] = []
    if not _is_aanvrager(zaak, partij):
        weg.append({"wat": _INGEVULD, "waarom": _VAN_ANDER})
    if documenten:
        aantal = "1 document" if documenten == 1 else f"{documenten} documenten"
        weg.append({"wat": aantal, "waarom": _VAN_ANDER})
    return weg
