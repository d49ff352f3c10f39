"""Takes the files of one post in, one after the other: looks at each, has it scanned, stores it or says why not."""

import logging
import time
from datetime import datetime

from django.db import transaction

from eloket.documenten import formaten, locatie, opslag, upload, weigeringen
from eloket.documenten.formaten import MAX_AANTAL
from eloket.documenten.inspectie import herken, waarom_niet
from eloket.documenten.models import Bestand
from eloket.documenten.namen import schoon
from eloket.documenten.pdfkeuring import Keuring, keur
from eloket.documenten.scannen import DeurScan, is_bekend_besmet
from eloket.documenten.types import Aangeboden, Controle, Formaat, Geweigerd, Klaar
from eloket.documenten.weigeringen import Reden

log = logging.getLogger(__name__)
KEURING_AAN_DE_DEUR = 20.0  # seconds for the pdfs of one post together


class Aanname:
    """One post. `aanwezig`: when what stands in the zaak already was received, by sha256."""

    def __init__(self, aanwezig: dict[str, datetime], moment: datetime, *, verwijder_locatie: bool) -> None:
        self._aanwezig = aanwezig
        self._moment = moment
        self._verwijder_locatie = verwijder_locatie
        self._gezien: dict[str, str] = {}
        self._aantal = 0
        self._scan = DeurScan()
        self._keuren_tot = time.monotonic() + KEURING_AAN_DE_DEUR

    def neem_aan(self, bestand: Aangeboden) -> Klaar | Geweigerd:
        self._aantal += 1
        geweigerd = self._weiger_vooraf(bestand)
        if geweigerd or bestand.pad is None:
            return geweigerd or weigeringen.weiger(bestand, Reden.MISLUKT)
        try:
            formaat = herken(bestand.pad, bestand.omvang)
            if formaat is None:
                return weigeringen.weiger(bestand, waarom_niet(bestand.pad, bestand.naam))
            if self._verwijder_locatie and formaat in locatie.FORMATEN:
                return self._zonder_locatie(bestand, formaat)
            return self._weiger_bekend(bestand) or self._bewaar(bestand, formaat)
        except locatie.FotoOnleesbaar:
            return weigeringen.weiger(bestand, Reden.BESCHADIGD)
        except OSError as error:
            log.error("document not stored: %s", type(error).__name__)  # noqa: TRY400 - a traceback holds the file name
            return weigeringen.weiger(bestand, Reden.MISLUKT)

    def _zonder_locatie(self, bestand: Aangeboden, formaat: Formaat) -> Klaar | Geweigerd:
        """In a temporary file of its own, which is gone afterwards. Raises FotoOnleesbaar, OSError."""
        assert bestand.pad is not None  # _weiger_vooraf saw to that
        nieuw = upload.bied_aan(bestand.naam, locatie.zonder_locatie(bestand.pad, formaat))
        try:
            if nieuw.pad is None:
                return weigeringen.weiger(bestand, Reden.MISLUKT)
            return self._weiger_bekend(nieuw) or self._bewaar(nieuw, formaat)
        finally:
            upload.verwijder(nieuw)

    def _weiger_vooraf(self, bestand: Aangeboden) -> Geweigerd | None:
        """What can be said without looking inside."""
        if bestand.is_te_veel or self._aantal > MAX_AANTAL:
            return weigeringen.weiger(bestand, Reden.TE_VEEL)
        if bestand.is_te_groot:
            return weigeringen.weiger(bestand, Reden.TE_GROOT)
        if bestand.is_mislukt or bestand.pad is None:
            return weigeringen.weiger(bestand, Reden.MISLUKT)
        if bestand.omvang == 0:
            return weigeringen.weiger(bestand, Reden.LEEG)
        return self._weiger_bekend(bestand)

    def _weiger_bekend(self, bestand: Aangeboden) -> Geweigerd | None:
        if bestand.sha256 in self._gezien:
            return weigeringen.weiger(bestand, Reden.DUBBEL, ander=self._gezien[bestand.sha256])
        if bestand.sha256 in self._aanwezig:
            return weigeringen.bestaat_al(bestand, self._aanwezig[bestand.sha256])
        return None

    def _bewaar(self, bestand: Aangeboden, formaat: Formaat) -> Klaar | Geweigerd:
        assert bestand.pad is not None  # _weiger_vooraf saw to that
        controle = self._scan.scan(bestand.pad)
        if controle is Controle.BESMET or (controle is Controle.WACHT and is_bekend_besmet(bestand.sha256)):
            return _weiger_besmet(bestand)
        keuring = Keuring()
        if formaat == formaten.PDF:
            keuring = keur(bestand.pad, seconden=self._keuren_tot - time.monotonic())
        _houd_vast(bestand, self._moment, controle, keuring)
        opslag.put(bestand.pad, bestand.sha256)
        # The worker was scanning it just now.
        if controle is Controle.WACHT and is_bekend_besmet(bestand.sha256):
            opslag.delete(bestand.sha256)
            return _weiger_besmet(bestand)
        self._gezien[bestand.sha256] = bestand.naam
        naam, titel = schoon(bestand.naam, formaat)
        return Klaar(naam=naam, titel=titel, formaat=formaat, omvang=bestand.omvang, sha256=bestand.sha256)


def _weiger_besmet(bestand: Aangeboden) -> Geweigerd:
    log.warning("besmet bestand geweigerd")
    return weigeringen.weiger(bestand, Reden.BESMET)


def _houd_vast(bestand: Aangeboden, moment: datetime, controle: Controle, keuring: Keuring) -> None:
    """Make or refresh the row. It waits for a clean-up of the same row that is under way.

    A scan that was not done never takes the place of one that was.
    """
    rij = Bestand(
        sha256=bestand.sha256,
        omvang=bestand.omvang,
        aangeraakt=moment,
        controle=controle,
        gescand_op=moment if controle is Controle.SCHOON else None,
        paginas=keuring.paginas,
        kenmerken=" ".join(sorted(keuring.kenmerken)),
    )
    velden = ["aangeraakt", "paginas", "kenmerken"]
    with transaction.atomic():
        Bestand.objects.bulk_create(
            [rij],
            update_conflicts=True,
            unique_fields=["sha256"],
            update_fields=[*velden, "controle", "gescand_op"] if controle is Controle.SCHOON else velden,
        )
