"""Makes the exports that were asked, in the worker: zaak by zaak, each in a transaction of its own.

Why there and not while the person waits: somebody with thousands of zaken would wait longer than any proxy allows, and
a source that does not answer now may answer in ten minutes. What was made stays when the process is killed: the next
round goes on with the first zaak that is not done. A source that keeps silent is named in the export in the end.
"""

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from django.db.models import Q

from eloket.export.afmaken import GEMIST_NIVEAU, finish, keep_lost, keep_part, list_all
from eloket.export.models import Export, ExportDeel
from eloket.export.zaakdeel import collect_zaak
from eloket.identity.actor import actor_from_dict
from eloket.identity.errors import NiveauNodig
from eloket.identity.fouten import DATABASE_FOUTEN
from eloket.identity.types import Actor
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import nu
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.types import ZaakRef

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
# How long it waits after each time that something did not answer; after the last one, what is missing is named.
WACHTTIJDEN = tuple(timedelta(minutes=een) for een in (1, 5, 15, 60))
SECONDEN_PER_RONDE = 3.0  # so that mail never waits long


class Maker:
    """Of one worker, by its name; `is_gestopt` ends it after the zaak at hand."""

    def __init__(self, naam: str, is_gestopt: Callable[[], bool] = lambda: False) -> None:
        self._naam = naam[:80]
        self._is_gestopt = is_gestopt

    def run_round(self, now: datetime) -> bool:
        """Some seconds of work; True when there is more. Raises django.db.Error."""
        einde = monotonic() + SECONDEN_PER_RONDE
        while not self._is_gestopt():
            rij = self._claim(now)
            if rij is None:
                return False
            self._work(rij, einde)
            if monotonic() >= einde:
                return True
        return False

    def _claim(self, now: datetime) -> Export | None:
        """One that nobody is busy with, the one that waits longest; it is ours for five minutes."""
        vrij = Q(lease_tot=None) | Q(lease_tot__lte=now) | Q(lease_door=self._naam)
        wachtend = Export.objects.filter(vrij, klaar_op=None, volgende_op__lte=now, verloopt_op__gt=now)
        for pk in list(wachtend.order_by("volgende_op").values_list("pk", flat=True)[:5]):
            if wachtend.filter(pk=pk).update(lease_door=self._naam, lease_tot=nu() + LEASE):
                return Export.objects.filter(pk=pk).first()
        return None

    def _work(self, rij: Export, einde: float) -> None:
        """As far as the time allows. What does not answer is tried again later, and costs the others nothing."""
        actor = actor_from_dict(json.loads(rij.wie))
        with_gaps = rij.pogingen >= len(WACHTTIJDEN)
        try:
            if rij.zaken_op is None:
                list_all(rij, actor, with_gaps=with_gaps)
            while (deel := _next(rij)) is not None:
                self._make_part(rij, deel, actor, with_gaps=with_gaps)
                if monotonic() >= einde or self._is_gestopt() or not self._is_kept(rij):
                    return
            if rij.delen.filter(gemaakt_op=None).exclude(zaak_ref="").exists():
                _later(rij)
            else:
                finish(rij, actor, with_gaps=with_gaps)
        except DATABASE_FOUTEN:
            raise
        except BronOnbereikbaar as error:
            log.warning("export %s wacht op %s", rij.pk, error.bron)
            _later(rij)
        except Exception as error:  # noqa: BLE001 - the others go on, and so does the mail
            # The message may hold what somebody typed: only the kind of error is told.
            log.error("export %s mislukt: %s", rij.pk, type(error).__name__)  # noqa: TRY400
            _later(rij)

    def _is_kept(self, rij: Export) -> bool:
        """Keep the lease; False when the export is gone, or another worker took over."""
        van_ons = Export.objects.filter(pk=rij.pk, lease_door=self._naam, klaar_op=None)
        return bool(van_ons.update(lease_tot=nu() + LEASE))

    @staticmethod
    def _make_part(rij: Export, deel: ExportDeel, actor: Actor, *, with_gaps: bool) -> None:
        try:
            keep_part(deel, collect_zaak(actor, ZaakRef.parse(deel.zaak_ref), with_gaps=with_gaps))
        except ZaakNietGevonden:
            deel.delete()  # it was theirs when the list was made, and is not any more
        except NiveauNodig:
            keep_lost(deel, GEMIST_NIVEAU)  # waiting does not help: it was asked at too low a level
        except DATABASE_FOUTEN:
            raise
        except Exception as error:  # noqa: BLE001 - one zaak never holds up the others
            soort = error.bron if isinstance(error, BronOnbereikbaar) else type(error).__name__
            log.warning("zaak %s van export %s niet opgehaald: %s", deel.zaak_ref, rij.pk, soort)
            if with_gaps:
                keep_lost(deel)
            else:
                ExportDeel.objects.filter(pk=deel.pk).update(ronde=rij.pogingen + 1)


def _next(rij: Export) -> ExportDeel | None:
    """The first zaak that is not done, and was not tried in this turn."""
    te_doen = rij.delen.filter(gemaakt_op=None, ronde__lte=rij.pogingen).exclude(zaak_ref="")
    return te_doen.order_by("volgnummer").first()


def _later(rij: Export) -> None:
    wacht = WACHTTIJDEN[min(rij.pogingen, len(WACHTTIJDEN) - 1)]
    Export.objects.filter(pk=rij.pk, klaar_op=None).update(
        pogingen=rij.pogingen + 1, volgende_op=nu() + wacht, lease_tot=None, lease_door=""
    )
