"""Of which zaak a page of a form shows something."""

from typing import Any

from django.http import HttpRequest

from eloket.loket.queries import find_zaak_of
from eloket.loket.versies import is_gepubliceerd
from eloket.portal.loket import paden


def zaak_van(request: HttpRequest, deel: dict[str, Any]) -> str:
    """portal.aantekenen.ZaakVan: the zaak that asked for the form, that it became, or that it is about; "" for none.

    At most one query. Where a form begins only what its page read stands for one (invullen.start): of a form that was
    withdrawn the page asks nothing of a zaak, so whatever its address says, it showed none.
    """
    if "concept_id" in deel:
        return find_zaak_of(str(deel["concept_id"]))
    gegevens = request.POST if request.method == "POST" else request.GET
    if gegevens.get(paden.TAAK):
        return gegevens.get(paden.ZAAK, "")
    over = gegevens.get(paden.OVER, "")
    return over if over and is_gepubliceerd(str(deel["formulier"])) else ""
