"""The outbox from inside: `python -m bench.outbox_inside fill|send|poll N`, in the environment of one database.

It writes one line of JSON to standard output.
"""

import json
import sys
import threading
import time
from datetime import datetime, timedelta
from statistics import median

_PER_KEER = 2_000
_LATER = timedelta(hours=3)


def fill(aantal: int, gepland_op: datetime, *, in_zending: bool) -> None:
    """So many notifications of as many parties, with their proof. `in_zending`: half of them are in a mail already, as
    when the mail server is away."""
    from eloket.kernel.klok import nu  # noqa: PLC0415 - only this process has the environment for it
    from eloket.notifications import bewijs  # noqa: PLC0415
    from eloket.notifications.models import Notificatie, Zending  # noqa: PLC0415
    from eloket.notifications.types import BewijsSoort, NotificatieSoort  # noqa: PLC0415
    from eloket.sources.register.models import Zaak  # noqa: PLC0415

    moment, refs = nu(), [f"register-{pk}" for pk in Zaak.objects.values_list("pk", flat=True)[:300]]
    for begin in range(0, aantal, _PER_KEER):
        nummers = range(begin, min(begin + _PER_KEER, aantal))
        rijen = [
            Notificatie(
                soort=NotificatieSoort.STATUS_GEWIJZIGD,
                betrokkene_key=f"{gepland_op.timestamp():.0f}-{nummer}",
                partij_key=f"{gepland_op.timestamp():.0f}-{nummer}",
                zaak_ref=refs[nummer % len(refs)],
                aan=f"{nummer}@voorbeeld.nl",
                gemaakt_op=moment,
                gepland_op=gepland_op,
            )
            for nummer in nummers
        ]
        Notificatie.objects.bulk_create(rijen)
        bewijs.note_all(
            bewijs.Feit(BewijsSoort.GEMAAKT, rij.betrokkene_key, rij.zaak_ref, rij.pk) for rij in rijen
        )
        for rij in rijen[::2] if in_zending else ():
            rij.zending = Zending(
                aan=rij.aan,
                betrokkene_key=rij.betrokkene_key,
                volgorde=rij.pk,
                gemaakt_op=moment,
                volgende_poging_op=gepland_op,
                pogingen=9,  # so many, that it may wait so long
            )
        wachtend = [rij for rij in rijen if rij.zending]
        Zending.objects.bulk_create(rij.zending for rij in wachtend if rij.zending)
        Notificatie.objects.bulk_update(wachtend, ["zending"], batch_size=200)


def send(aantal: int) -> dict[str, float]:
    """Deliver so many mails as the worker does; seconds, and the bytes of one."""
    from eloket.kernel.klok import nu  # noqa: PLC0415
    from eloket.notifications.bezorgen.bezorging import _mail  # noqa: PLC0415 - the size of what is really sent
    from eloket.notifications.bezorgen.ronde import Bezorger  # noqa: PLC0415
    from eloket.notifications.models import Zending  # noqa: PLC0415

    fill(aantal, nu() - timedelta(minutes=1), in_zending=False)
    bezorger = Bezorger("bench", lambda: False)
    al = Zending.objects.exclude(verzonden_op=None).count()
    begin, cpu = time.perf_counter(), time.process_time()
    while bezorger.run_round(nu()):
        pass
    seconden, cpu = time.perf_counter() - begin, time.process_time() - cpu
    verzonden = Zending.objects.exclude(verzonden_op=None).order_by("-verzonden_op")
    assert verzonden.count() - al == aantal, "not everything went"
    omvang = len(_mail(verzonden[0].pk).message().as_bytes())
    return {"seconden": seconden, "cpu": cpu, "bytes": omvang}


def poll(keren: int) -> dict[str, float]:
    """Milliseconds that the outbox, and the whole round of a worker, take when there is nothing to do."""
    from eloket.kernel.klok import nu  # noqa: PLC0415
    from eloket.notifications.bezorgen.ronde import Bezorger  # noqa: PLC0415
    from eloket.ops.management.commands.worker import Worker  # noqa: PLC0415

    bezorger, worker = Bezorger("bench", lambda: False), Worker(threading.Event())
    while worker.run_once():
        pass
    tijden: dict[str, list[float]] = {"outbox": [], "ronde": []}
    for _ in range(keren):
        begin = time.perf_counter()
        assert not bezorger.run_round(nu())
        tijden["outbox"].append(time.perf_counter() - begin)
        begin = time.perf_counter()
        worker.run_once()
        tijden["ronde"].append(time.perf_counter() - begin)
    return {naam: median(lijst) * 1000 for naam, lijst in tijden.items()}


def _main(wat: str, aantal: int) -> None:
    import django  # noqa: PLC0415

    django.setup()
    from eloket.kernel.klok import nu  # noqa: PLC0415

    if wat == "fill":
        begin = time.perf_counter()
        fill(aantal, nu() + _LATER, in_zending=True)
        uit = {"seconden": time.perf_counter() - begin}
    else:
        uit = send(aantal) if wat == "send" else poll(aantal)
    print(json.dumps(uit))


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))
