"""Every act that is recorded about a zaak has words, because the history on its page shows them."""

from eloket.zaken.historie import TEKSTEN
from tests.architecture.handelingen import recorded

_VAN_EEN_ZAAK = (
    "zaak.",
    "notitie.",
    "document.",
    "antwoord.",
    "taak.",
    "bericht.",
    "gesprek.",
    "dossier.",
    "verzendbewijs.",
    "vernietiging.stop_",
    "vernietiging.zaak_",
    "machtiging.",
    "contact.",
    "noodtoegang.",
    "audit.zaak_",
    "inzage.",
    "ontvangstbewijs.",
    "ontvangstbewijzen.",
)
# Named so, and about a party or a list: no line of a zaak.
_ELDERS = {
    "contact.telefoon_gezien",
    "machtiging.zaken_bekeken",
    "noodtoegang.mislukt",
}


def acties() -> set[str]:
    """Every act about a zaak that is written to the audit trail; of a judgement its name follows `taak.`."""
    return {een for een in recorded() if een.startswith(_VAN_EEN_ZAAK)} - _ELDERS


def test_every_act_has_words():
    bekend = acties()
    assert len(bekend) > 60
    assert bekend - TEKSTEN.keys() == set()


def test_what_is_no_line_of_a_zaak_is_still_written():
    assert recorded() >= _ELDERS
    assert not _ELDERS & TEKSTEN.keys()
