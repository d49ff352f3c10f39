"""Work beside work that was done and not yet committed, on a database with real concurrency."""

import threading
import time
from collections.abc import Callable

from django.db import connection, transaction


def alone(werk: Callable[[], object]) -> list[object]:
    """What came of it on a connection of its own: its answer or its error."""
    try:
        return [werk()]
    except Exception as fout:  # noqa: BLE001 - told by the test
        return [fout]
    finally:
        connection.close()


def before_commit(eerst: Callable[[], object], dan: Callable[[], object]) -> object:
    """What came of `dan`, which began when `eerst` was done and not yet committed."""
    uitkomst: list[object] = []
    draad = threading.Thread(target=lambda: uitkomst.extend(alone(dan)))
    with transaction.atomic():
        eerst()
        draad.start()
        draad.join(1)  # it waits for us, or is done: either way we go on
    draad.join(60)
    return uitkomst[0]


def wait_for_waiter() -> None:
    """Until somebody waits for what we hold. Raises AssertionError when nobody comes to wait."""
    einde = time.monotonic() + 30
    while time.monotonic() < einde:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone():
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits for us")


def while_held(houd: Callable[[], object], ander: Callable[[], object], dan: Callable[[], object]) -> object:
    """What came of `ander`, which runs into what `houd` holds; `dan` is done in the same transaction as `houd`, when
    the other waits. Raises what `dan` raises: also when the database ends it, because both wait for each other."""
    uitkomst: list[object] = []
    draad = threading.Thread(target=lambda: uitkomst.extend(alone(ander)))
    try:
        with transaction.atomic():
            houd()
            draad.start()
            wait_for_waiter()
            dan()
    finally:
        draad.join(60)
    return uitkomst[0]
