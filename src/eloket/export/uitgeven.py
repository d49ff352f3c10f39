"""Hands an export out: one zip of known size, of which a zaak or a document is read when its turn comes."""

from collections.abc import Generator, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.http import HttpResponseBase, StreamingHttpResponse

from eloket.afschriften.errors import DossierOnvolledig
from eloket.afschriften.inpakken import measure, stream_zip
from eloket.afschriften.stukken import make_stuk
from eloket.afschriften.types import Stuk
from eloket.audit import service as audit
from eloket.documenten.antwoord import to_save
from eloket.documenten.queries import find_documenten, open_document
from eloket.documenten.types import DocumentInzage
from eloket.export import kopvorm
from eloket.export.access import find_export
from eloket.export.bladzijde import STIJL
from eloket.export.errors import ExportNietGevonden, ExportNietKlaar, ExportVerouderd
from eloket.export.models import ExportDeel
from eloket.export.namen import map_van_zaak
from eloket.export.types import BijgevoegdDocument, Kop, Pakket
from eloket.identity.hoger import must_be_sure
from eloket.identity.niveaus import highest
from eloket.identity.types import Actor, partij_ref
from eloket.kernel.errors import EloketFout
from eloket.kernel.klok import datum_van, nu
from eloket.zaken.access import must_have_rol
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.types import ZaakRef

_TEGELIJK = 500


def open_export(actor: Actor) -> Pakket:
    """All of it, ready to be sent; noted before the first byte.

    Raises ExportNietGevonden, ExportNietKlaar, ExportVanAnder, ExportVerouderd (a zaak or a document that is in it is
    not there any more, or not for them), BronOnbereikbaar, and NiveauNodig for who is logged in below the level of what
    is in it: it may have been asked at a higher one.
    """
    rij = find_export(actor)
    if rij is None or rij.verloopt_op <= nu():
        raise ExportNietGevonden
    if rij.klaar_op is None:
        raise ExportNietKlaar
    moment = rij.klaar_op
    delen = list(rij.delen.defer("gegevens", "pagina").order_by("volgnummer"))
    map_ = f"mijn-gegevens-{datum_van(moment).isoformat()}"
    koppen: list[tuple[ExportDeel, Kop]] = [(deel, kopvorm.from_text(deel.kop)) for deel in delen]
    must_be_sure(actor, highest(kop.nodig for _, kop in koppen))
    bijlagen = [(deel.zaak_ref, een) for deel, kop in koppen for een in kop.documenten]
    _check_zaken(actor, delen)
    _check_documenten(bijlagen)
    stukken = (
        *_first(delen, map_, moment),
        *(stuk for deel in delen if deel.zaak_ref for stuk in _of_zaak(deel, map_, moment)),
    )
    zaken = [een.zaak_ref for een in delen if een.zaak_ref and een.omvang_gegevens]
    _note(actor, rij.profiel_key, zaken, [(ref, een.id) for ref, een in bijlagen])
    return Pakket(f"{map_}.zip", stukken, measure(stukken))


def _note(
    actor: Actor, profiel_key: str, zaken: Sequence[str], documenten: Sequence[tuple[str, str]]
) -> None:
    """Before the first byte: who broke off the download may have read a part of it. In the trail of the party, and of
    each zaak and document in it (zaak, document), as when the dossier of that zaak is saved. All lines or none."""
    wie = {"actor_soort": actor.hoedanigheid, "actor_key": actor.key}
    with transaction.atomic():
        audit.record(
            **wie,
            actie="export.opgeslagen",
            object_ref=partij_ref(profiel_key),
            zaken=len(zaken),
            documenten=len(documenten),
            **actor.sporen,
        )
        audit.record_each(zaken, **wie, actie="zaak.meegenomen", **actor.sporen)
        audit.record_all(
            ((ref, {"document": een, **actor.sporen}) for ref, een in documenten),
            **wie,
            actie="document.opgeslagen",
        )


def export_response(pakket: Pakket) -> HttpResponseBase:
    """The zip, sent while it is made; closing the response stops the work."""
    antwoord = StreamingHttpResponse(
        stream_zip(pakket.stukken, pakket.omvang), content_type="application/zip"
    )
    antwoord["Content-Length"] = str(pakket.omvang)
    antwoord["Accept-Ranges"] = "none"
    return to_save(antwoord, pakket.naam)


def _first(delen: Iterable[ExportDeel], map_: str, moment: datetime) -> list[Stuk]:
    stijl = make_stuk(f"{map_}/stijl.css", "", STIJL.read_bytes(), moment)
    for deel in delen:
        if not deel.zaak_ref:
            return [
                _stuk(deel, "pagina", f"{map_}/index.html", moment),
                _stuk(deel, "gegevens", f"{map_}/gegevens.json", moment),
                stijl,
            ]
    raise ExportNietKlaar


def _of_zaak(deel: ExportDeel, map_: str, moment: datetime) -> list[Stuk]:
    if not deel.omvang_gegevens:
        return []  # nothing of it could be fetched: the first page says so
    plek = f"{map_}/{map_van_zaak(deel)}"
    return [
        _stuk(deel, "pagina", f"{plek}zaak.html", moment),
        _stuk(deel, "gegevens", f"{plek}gegevens.json", moment),
        *(
            Stuk(f"{plek}{een.naam}", een.titel, een.omvang, een.sha256, een.moment, _read_document(een.id))
            for een in kopvorm.from_text(deel.kop).documenten
        ),
    ]


def _stuk(deel: ExportDeel, veld: str, naam: str, moment: datetime) -> Stuk:
    omvang, sha256 = getattr(deel, f"omvang_{veld}"), getattr(deel, f"sha_{veld}")
    return Stuk(naam, "", omvang, sha256, moment, _read_part(deel.pk, veld))


def _read_part(pk: int, veld: str) -> Generator[bytes, None, None]:
    tekst = ExportDeel.objects.filter(pk=pk).values_list(veld, flat=True).first()
    if tekst is None:  # removed while it was sent
        raise DossierOnvolledig
    yield tekst.encode()


def _read_document(document_id: str) -> Generator[bytes, None, None]:
    try:
        inhoud = open_document(document_id)
    except EloketFout as fout:
        raise DossierOnvolledig from fout
    yield from inhoud.brokken


def _check_zaken(actor: Actor, delen: Iterable[ExportDeel]) -> None:
    """Each of which anything was collected is still theirs. Of one that could not be fetched there is only its name.

    Raises ExportVerouderd, BronOnbereikbaar.
    """
    try:
        must_have_rol(
            actor, {ZaakRef.parse(een.zaak_ref) for een in delen if een.zaak_ref and een.omvang_gegevens}
        )
    except ZaakNietGevonden as error:
        raise ExportVerouderd from error


def _check_documenten(bijlagen: list[tuple[str, BijgevoegdDocument]]) -> None:
    """Each is still there, in that zaak, the same, for the applicant, and may be handed out. Raises ExportVerouderd,
    BronOnbereikbaar.
    """
    for begin in range(0, len(bijlagen), _TEGELIJK):
        deel = bijlagen[begin : begin + _TEGELIJK]
        nu_ = find_documenten([een.id for _, een in deel])
        if not all(_is_same(zaak_ref, een, nu_.get(een.id)) for zaak_ref, een in deel):
            raise ExportVerouderd


def _is_same(zaak_ref: str, een: BijgevoegdDocument, gevonden: DocumentInzage | None) -> bool:
    return (
        gevonden is not None
        and gevonden.zaak_ref == zaak_ref
        and gevonden.sha256 == een.sha256
        and gevonden.is_beschikbaar
        and gevonden.is_voor_aanvrager
    )
