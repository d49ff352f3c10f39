"""The rows of an export: its list of zaken, each zaak that was collected, and its end."""

import hashlib
import json
from dataclasses import replace
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from eloket.audit import service as audit
from eloket.export import kopvorm
from eloket.export.bladzijde import ZaakLink, render_index, render_zaak
from eloket.export.models import Export, ExportDeel
from eloket.export.namen import map_van_zaak
from eloket.export.persoondeel import collect_persoon
from eloket.export.types import BEWAARTIJD, Gegevens, Kop, Verzameld
from eloket.identity.types import Actor, Partij, Soort, partij_ref
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import datum_van, nu
from eloket.notifications.service import enqueue
from eloket.notifications.types import NotificatieSoort
from eloket.zaken.queries import list_zaken
from eloket.zaken.types import ZaakFilter, ZaakSamenvatting

VERSIE = 1  # of the shape of the JSON (docs/gegevens-meenemen.md)
_PER_KEER = 200
GEMIST_ZAAK = "de gegevens van deze zaak"
GEMIST_NIVEAU = "de gegevens van deze zaak, omdat u daarvoor op een hoger niveau moet inloggen,"
WEGGELATEN: tuple[Gegevens, ...] = (
    {
        "wat": "Notities van medewerkers",
        "waarom": "Medewerkers schrijven soms een notitie bij een zaak. Die zit niet in dit bestand, omdat er ook "
        "gegevens van anderen in kunnen staan. U kunt erom vragen met een AVG-verzoek.",
    },
    {
        "wat": "Gegevens in andere systemen van de gemeente",
        "waarom": "Dit bestand gaat over deze omgeving. De gemeente heeft ook andere systemen, bijvoorbeeld voor "
        "belastingen. Ook daarnaar kunt u vragen met een AVG-verzoek.",
    },
)
_HOGER: Gegevens = {
    "wat": "Gegevens waarvoor u op een hoger niveau moet inloggen",
    "waarom": "U was lager ingelogd toen u dit bestand vroeg. Log in op het hogere niveau en vraag een nieuw bestand.",
}
_VESTIGINGEN: Gegevens = {
    "wat": "Contactgegevens van vestigingen",
    "waarom": "Een vestiging heeft eigen contactgegevens en keuzes. Log in voor die vestiging om ze mee te nemen.",
}


def list_all(rij: Export, actor: Actor, *, with_gaps: bool) -> None:
    """Make a part for each zaak of the party, need-to-know ones too, as they are now.

    Raises BronOnbereikbaar when a source does not answer; `with_gaps` names it instead.
    """
    partij = actor.partij
    assert partij is not None  # service.request_export saw to that
    zaken: dict[str, ZaakSamenvatting] = {}
    gemist: set[str] = set()
    for is_open in (True, False):
        try:
            gemist |= _list(partij, is_open=is_open, zaken=zaken)
        except BronOnbereikbaar as error:
            gemist.add(error.bron)
    if gemist and not with_gaps:
        raise BronOnbereikbaar(", ".join(sorted(gemist)))
    with transaction.atomic():
        ExportDeel.objects.bulk_create(
            (
                ExportDeel(export=rij, volgnummer=nummer, zaak_ref=ref, kop=kopvorm.to_text(_kop(een)))
                for nummer, (ref, een) in enumerate(zaken.items(), start=1)
            ),
            ignore_conflicts=True,  # another worker, whose lease ended, was here
        )
        rij.zaken_op, rij.gemist = nu(), json.dumps(sorted(gemist))
        rij.save(update_fields=["zaken_op", "gemist"])


def _list(partij: Partij, *, is_open: bool, zaken: dict[str, ZaakSamenvatting]) -> set[str]:
    """Adds to `zaken`; the sources that did not answer."""
    gemist: set[str] = set()
    offset = 0
    while True:
        deel = list_zaken(partij, ZaakFilter(is_open=is_open, offset=offset, limit=_PER_KEER))
        zaken |= {str(een.ref): een for een in deel.zaken}
        gemist |= set(deel.onbereikbaar)
        offset += _PER_KEER
        if offset >= deel.aantal:
            return gemist


def _kop(een: ZaakSamenvatting) -> Kop:
    return Kop(een.identificatie, een.omschrijving, een.startdatum)


def keep_part(deel: ExportDeel, verzameld: Verzameld) -> None:
    """What was collected of one zaak. Twice gives one: the last counts."""
    oud = kopvorm.from_text(deel.kop)
    kop = replace(oud, documenten=verzameld.documenten, gemist=verzameld.gemist, nodig=verzameld.nodig)
    _keep(
        deel,
        kop,
        gegevens=to_json(verzameld.gegevens),
        pagina=render_zaak(kop, verzameld.gegevens),
    )


def keep_lost(deel: ExportDeel, wat: str = GEMIST_ZAAK) -> None:
    """Nothing of this zaak could be fetched: it is named."""
    kop = replace(kopvorm.from_text(deel.kop), documenten=(), gemist=(wat,))
    _keep(deel, kop, gegevens="", pagina="")


def _keep(deel: ExportDeel, kop: Kop, *, gegevens: str, pagina: str) -> None:
    json_bytes, html_bytes = gegevens.encode(), pagina.encode()
    ExportDeel.objects.filter(pk=deel.pk).update(
        kop=kopvorm.to_text(kop),
        gegevens=gegevens,
        pagina=pagina,
        omvang_gegevens=len(json_bytes),
        omvang_pagina=len(html_bytes),
        omvang_documenten=sum(een.omvang for een in kop.documenten),
        sha_gegevens=hashlib.sha256(json_bytes).hexdigest(),
        sha_pagina=hashlib.sha256(html_bytes).hexdigest(),
        gemaakt_op=nu(),
    )


def finish(rij: Export, actor: Actor, *, with_gaps: bool) -> None:
    """The rest, the first page, and the notification that it is ready: in one transaction, once. What was ready before,
    and is made again without a zaak that went (export.weghalen), lives no longer for it and is not told of again.

    Raises BronOnbereikbaar when a register does not answer, unless `with_gaps`.
    """
    verzameld = collect_persoon(actor, with_gaps=with_gaps)
    moment = nu()
    zaken = [
        ZaakLink(
            kopvorm.from_text(een.kop), map_van_zaak(een) if een.sha_gegevens and een.omvang_gegevens else ""
        )
        for een in rij.delen.exclude(zaak_ref="").defer("gegevens", "pagina").order_by("volgnummer")
    ]
    gemist = [*verzameld.gemist, *(f"zaken uit {een}" for een in json.loads(rij.gemist or "[]"))]
    is_beperkt = verzameld.is_beperkt or any(GEMIST_NIVEAU in een.kop.gemist for een in zaken)
    weggelaten = (
        *WEGGELATEN,
        *((_HOGER,) if is_beperkt else ()),
        *((_VESTIGINGEN,) if _is_hele_onderneming(actor) else ()),
    )
    gegevens = _make_index(actor, verzameld.gegevens, moment, zaken, gemist, weggelaten)
    pagina = render_index(
        verzameld.gegevens, voor=actor.naam, moment=moment, zaken=zaken, gemist=gemist, weggelaten=weggelaten
    )
    with transaction.atomic():
        export = Export.objects.select_for_update().filter(pk=rij.pk, klaar_op=None).first()
        if export is None:  # removed by its owner, or another worker was first
            return
        if export.delen.exclude(zaak_ref="").count() != len(zaken):
            return  # a zaak was destroyed meanwhile: the next round makes the first page without it
        deel, is_eerste = ExportDeel.objects.get_or_create(
            export=export, zaak_ref="", defaults={"volgnummer": 0}
        )
        kop = Kop("", "", datum_van(moment), nodig=verzameld.nodig)
        _keep(deel, kop, gegevens=to_json(gegevens), pagina=pagina)
        export.klaar_op = moment
        if is_eerste:
            export.verloopt_op = moment + BEWAARTIJD
            _tell(export, actor)
        export.lease_tot, export.lease_door = None, ""
        export.save(update_fields=["klaar_op", "verloopt_op", "lease_tot", "lease_door"])
        audit.record(
            actor_soort=audit.SYSTEEM,
            actor_key="",
            actie="export.gemaakt",
            object_ref=partij_ref(export.profiel_key),
            zaken=len(zaken),
        )


def _tell(export: Export, actor: Actor) -> None:
    enqueue(
        NotificatieSoort.EXPORT_KLAAR,
        betrokkene_key=actor.profiel_key,
        partij_key=export.profiel_key,
        onderwerp_id=str(export.pk),
        deadline=datum_van(export.verloopt_op),
    )


def _is_hele_onderneming(actor: Actor) -> bool:
    return actor.soort is Soort.ONDERNEMING and actor.partij is not None and not actor.partij.vestigingsnummer


def _make_index(  # noqa: PLR0917 - all that the first file says
    actor: Actor,
    gegevens: Gegevens,
    moment: datetime,
    zaken: list[ZaakLink],
    gemist: list[str],
    weggelaten: tuple[Gegevens, ...],
) -> Gegevens:
    return {
        "versie": VERSIE,
        "gemeente": settings.ELOKET.gemeente,
        "voor": actor.naam,
        "gemaaktOp": moment,
        "isCompleet": not gemist and not any(een.kop.gemist for een in zaken),
        "nietOpgehaald": gemist,
        "weggelaten": list(weggelaten),
        **gegevens,
        "zaken": [
            {
                "identificatie": een.kop.identificatie,
                "omschrijving": een.kop.omschrijving,
                "startdatum": een.kop.startdatum,
                "bestand": f"{een.map_}gegevens.json" if een.map_ else "",
                "nietOpgehaald": list(een.kop.gemist),
            }
            for een in zaken
        ],
    }


def to_json(gegevens: Gegevens) -> str:
    """Dates in ISO 8601, moments in UTC; readable without a program as well."""
    return json.dumps(gegevens, default=_iso, ensure_ascii=False, indent=1)


def _iso(waarde: object) -> str:
    assert isinstance(waarde, date)  # all else is JSON by itself
    return waarde.isoformat()
