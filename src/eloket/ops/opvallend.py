"""From when on looking is unusual, as the municipality set it."""

from django.conf import settings

from eloket.inzage.opvallend.types import Drempels, Maat


def read_drempels() -> Drempels:
    """From the settings, which were checked at the start."""
    eloket = settings.ELOKET
    begin, eind = eloket.werktijd.split("-")
    return Drempels(
        vanaf={
            Maat.ZAKEN: eloket.opvallend_zaken,
            Maat.BUITEN: eloket.opvallend_buiten,
            Maat.VREEMD: eloket.opvallend_vreemd,
            Maat.AFGESCHERMD: eloket.opvallend_afgeschermd,
            Maat.LIJST: eloket.opvallend_lijst,
            Maat.WERKLIJST: eloket.opvallend_werklijst,
            Maat.BRIEVEN: eloket.opvallend_brieven,
            Maat.OPGEZOCHT: eloket.opvallend_opgezocht,
        },
        factor=eloket.opvallend_factor,
        werktijd=(int(begin), int(eind)),
    )
