"""Requests as the page of a zaak shows them: where they stand, the days left, and what came in. Pure: no I/O."""

from dataclasses import dataclass, field
from datetime import date

from eloket.kernel.klok import datum_van, schrijf_dagen, schrijf_datum
from eloket.workbench.zaken.stukken import DocumentRegel
from eloket.zaken.betrokkenen import DE_AANVRAGER, describe
from eloket.zaken.types import TaakInzage, TaakStand, Zaak

_STANDEN = {
    TaakStand.GEVRAAGD: ("Gevraagd", "active"),
    TaakStand.ONTVANGEN: ("Ontvangen, nog te beoordelen", "warning"),
    TaakStand.GOEDGEKEURD: ("Goedgekeurd", "success"),
    TaakStand.AFGEKEURD: ("Afgekeurd", "danger"),
}


@dataclass(frozen=True, slots=True)
class TaakRegel:
    """A request. With `wacht_op_document` the decision about its documents is the decision about it.

    `langer` says why its date is later than was asked. `resterend` is '' when it was delivered; then `ontvangen` says
    when. `aan` is who was asked. `hier` is where its refusal is typed.
    """

    id: str
    titel: str = field(repr=False)
    soort: str
    toelichting: str = field(repr=False)
    stand: str
    stand_soort: str
    is_open: bool
    is_te_beoordelen: bool
    wacht_op_document: bool
    deadline: date
    resterend: str
    langer: str
    is_te_laat: bool
    gevraagd_op: date
    aan: str = field(repr=False)
    is_aan_aanvrager: bool
    ontvangen: str
    antwoord: str = field(repr=False)
    afkeurreden: str = field(repr=False)
    is_vervolg: bool
    documenten: tuple[DocumentRegel, ...]
    intrekken: str
    goedkeuren: str
    afkeuren: str
    hier: str


def build_taak(taak: TaakInzage, documenten: tuple[DocumentRegel, ...], basis: str, zaak: Zaak) -> TaakRegel:
    """`documenten` are all of the zaak; those that answer this request stand with it."""
    stand, stand_soort = _STANDEN[taak.stand]
    pad = f"{basis}vraag/{taak.id}/"
    eigen = tuple(een for een in documenten if een.taak_id == taak.id)
    wacht_op_document = any(een.is_onbehandeld for een in eigen)
    aan = describe(zaak, taak.betrokkene_key, taak.vestiging_key)
    return TaakRegel(
        id=taak.id,
        titel=taak.titel,
        soort=taak.soort.value.capitalize(),
        toelichting=taak.toelichting,
        stand=stand,
        stand_soort=stand_soort,
        is_open=taak.stand is TaakStand.GEVRAAGD,
        is_te_beoordelen=taak.stand is TaakStand.ONTVANGEN and not wacht_op_document,
        wacht_op_document=taak.stand is TaakStand.ONTVANGEN and wacht_op_document,
        deadline=taak.deadline,
        resterend=_resterend(taak),
        langer=f"{aan[0].upper()}{aan[1:]} kreeg meer tijd. {taak.verlengd_om}" if taak.verlengd_om else "",
        is_te_laat=taak.stand is TaakStand.GEVRAAGD and taak.dagen_te_laat > 0,
        gevraagd_op=datum_van(taak.gevraagd_op),
        aan=aan,
        is_aan_aanvrager=aan == DE_AANVRAGER,
        ontvangen=_ontvangen(taak),
        antwoord=taak.antwoord,
        afkeurreden=taak.afkeurreden,
        is_vervolg=bool(taak.vervolg_van),
        documenten=eigen,
        intrekken=f"{pad}intrekken/",
        goedkeuren=f"{pad}goedkeuren/",
        afkeuren=f"{pad}afkeuren/",
        hier=f"{basis}?deel=vragen&taak={taak.id}",
    )


def _resterend(taak: TaakInzage) -> str:
    if taak.stand is not TaakStand.GEVRAAGD:
        return ""
    if laat := taak.dagen_te_laat:
        return f"{schrijf_dagen(laat)} te laat"
    return "Vandaag is de laatste dag" if taak.dagen_over == 1 else f"Nog {schrijf_dagen(taak.dagen_over)}"


def _ontvangen(taak: TaakInzage) -> str:
    """When it came in, and how late that was: the deadline itself is too late already."""
    if taak.vervuld_op is None:
        return ""
    dag = datum_van(taak.vervuld_op)
    laat = max(0, (dag - taak.deadline).days + 1)
    return f"Ontvangen op {schrijf_datum(dag)}" + (f", {schrijf_dagen(laat)} te laat" if laat else "")
