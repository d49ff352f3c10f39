"""Between a row of a concept and its value."""

import json
from dataclasses import asdict

from eloket.loket.melding import Melding
from eloket.loket.models import Concept
from eloket.loket.types import ConceptInzage
from eloket.zaken.types import ZaakRef


def to_json(melding: Melding) -> str:
    return json.dumps(asdict(melding), ensure_ascii=False)


def melding_of(rij: Concept) -> Melding:
    return Melding(**json.loads(rij.antwoorden))


def inzage(rij: Concept) -> ConceptInzage:
    return ConceptInzage(
        id=str(rij.pk),
        product=rij.product,
        melding=melding_of(rij),
        revisie=rij.revisie,
        gewijzigd_op=rij.gewijzigd_op,
        zaak_ref=ZaakRef.parse(rij.zaak_ref) if rij.zaak_ref else None,
        zaaknummer=rij.zaaknummer,
        verstuurd_op=rij.verstuurd_op,
    )
