"""Who is told stands in every row, also of a previous release that runs beside this one during an upgrade.

That one leaves `partij_key` empty. Nothing is lost by it: the mail goes as always, and a letter is for who would have
been mailed (Notificatie.partij). Who looks at it before the worker has filled it, has it opened when they look again.
"""

from datetime import datetime

from django.db.models import F

from eloket.notifications.models import Notificatie


def fill_partij(_now: datetime) -> int:
    """Fill it where it is empty: who is mailed is told. For the worker; says of how many notifications."""
    return Notificatie.objects.filter(partij_key="").update(partij_key=F("betrokkene_key"))
