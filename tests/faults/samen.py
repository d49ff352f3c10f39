"""Work beside work that was done and not yet committed, on a database with real concurrency."""

import threading
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
