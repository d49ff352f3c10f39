"""A list of zaken to destroy that was carried out years ago; whoever the zaken were of is not there any more."""

import uuid
from datetime import UTC, date, datetime

from eloket.archief.models import LijstRegel, Vernietigingslijst
from eloket.archief.types import LijstStand, RegelStand
from eloket.identity.types import Actor

MOMENT = datetime(2025, 1, 15, 10, tzinfo=UTC)


def make_executed_list(maker: Actor, goedkeurder: Actor) -> uuid.UUID:
    """Its id."""
    lijst = Vernietigingslijst.objects.create(
        nummer=Vernietigingslijst.objects.count() + 1, stand=LijstStand.UITGEVOERD, sleutel=uuid.uuid4().hex,
        gemaakt_op=MOMENT, gemaakt_door=maker.key, aangeboden_op=MOMENT, aangeboden_door=maker.key,
        besloten_op=MOMENT, besloten_door=goedkeurder.key,
        klaar_op=MOMENT,
    )  # fmt: skip
    LijstRegel.objects.create(
        lijst=lijst, zaak_ref=f"register-{uuid.uuid4()}", zaaknummer="Z-2018-000007", zaaktype="MOR",
        zaaktype_naam="Melding openbare ruimte", resultaat="Opgelost", einddatum=date(2018, 3, 1),
        archiefactiedatum=date(2019, 3, 1), zaak_versie=4, stand=RegelStand.VERNIETIGD, vernietigd_op=MOMENT,
    )  # fmt: skip
    return lijst.pk
