"""The lines of the audit trail about local accounts: who, which account, how; never a name, a password or a code."""

from datetime import datetime

from eloket.audit import service as audit
from eloket.audit.queries import count_since
from eloket.identity.access import medewerker_key
from eloket.identity.lokaal.models import LokaalAccount
from eloket.identity.lokaal.types import MIDDEL
from eloket.identity.types import Soort


def note_refused(account: LokaalAccount | None, reden: str) -> None:
    """Somebody tried to log in and was refused. Without an account the line names nobody: what was typed may be a
    password."""
    audit.record(
        actor_soort=Soort.MEDEWERKER,
        actor_key=_key(account) if account else "",
        actie="sessie.geweigerd",
        object_ref=_ref(account) if account else "",
        middel=MIDDEL,
        reden=reden,
    )


def count_refused(account: LokaalAccount, sinds: datetime) -> int:
    """How often somebody was refused with this account after that moment."""
    return count_since(_ref(account), actie="sessie.geweigerd", sinds=sinds)


def note_account(account: LokaalAccount, actie: str, **kenmerken: str | int | bool) -> None:
    """Somebody did something with their own account; `actie` as `account.wachtwoord`."""
    audit.record(
        actor_soort=Soort.MEDEWERKER,
        actor_key=_key(account),
        actie=actie,
        object_ref=_ref(account),
        **kenmerken,
    )


def _key(account: LokaalAccount) -> str:
    return medewerker_key(account.medewerker.subject)


def _ref(account: LokaalAccount) -> str:
    return f"medewerker:{account.medewerker_id}"
