"""Who is half-way: what the anonymous session holds between two steps, for a few minutes. It opens nothing.

Every step that succeeds gets a new session id (fixation), and each looks whether the account is still what it was.
"""

from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest

from eloket.identity.actor import set_actor
from eloket.identity.lokaal.errors import StapVerlopen
from eloket.identity.lokaal.instelling import may_have
from eloket.identity.lokaal.models import LokaalAccount
from eloket.identity.models import Medewerker
from eloket.identity.sessie import ACTOR
from eloket.kernel import klok

_SLEUTEL = "lokaal"
MEESTE_FOUTEN = 5


class Stap(StrEnum):
    WACHTWOORD = "wachtwoord"  # opened a link: choose a password
    INRICHTEN = "inrichten"  # chose one, and has no second factor
    CODE = "code"  # gave the password (or chose a new one), and has a second factor


# Seconds for one step: who sets up an app may have to find it first.
GELDIG = {Stap.WACHTWOORD: 20 * 60, Stap.INRICHTEN: 20 * 60, Stap.CODE: 10 * 60}


@dataclass(frozen=True, slots=True)
class Halverwege:
    """`uitnodiging` is the key of the link that this is about, `wachtwoord` the hash of the password that was chosen:
    both are used when the last step is done, and not before."""

    account: int
    versie: int
    stap: Stap
    terug: str = ""
    uitnodiging: str = ""
    wachtwoord: str = field(default="", repr=False)
    geheim: str = field(default="", repr=False)  # of the app that is being set up
    uitdaging: dict[str, Any] | None = None  # of the passkey that is asked
    fouten: int = 0
    tot: float = 0.0


def begin(request: HttpRequest, stand: Halverwege) -> None:
    """From here on this session is at that step, under a new id. Who was logged in with it is so no more. One that was
    ended meanwhile (or that the other click of a double click took) leaves nothing to the new one."""
    if ACTOR in request.session:
        request.session.flush()
        set_actor(request, None)
    try:
        request.session.cycle_key()
    except UpdateError:
        request.session.flush()
    keep(request, replace(stand, tot=klok.nu().timestamp() + GELDIG[stand.stap]))


def keep(request: HttpRequest, stand: Halverwege) -> None:
    """The same step goes on."""
    request.session[_SLEUTEL] = {**asdict(stand), "stap": stand.stap.value}


def find(request: HttpRequest) -> Halverwege | None:
    """Where this session is, whichever step; None when nowhere, or too late."""
    bewaard = request.session.get(_SLEUTEL)
    if not bewaard or bewaard["tot"] < klok.nu().timestamp():
        return None
    return Halverwege(**{**bewaard, "stap": Stap(bewaard["stap"])})


def must_be_at(request: HttpRequest, *stappen: Stap) -> Halverwege:
    """Raises StapVerlopen when this session is at none of these steps."""
    stand = find(request)
    if stand is None or stand.stap not in stappen:
        raise StapVerlopen("stap")
    return stand


def stop(request: HttpRequest) -> None:
    """Nothing is under way any more."""
    request.session.pop(_SLEUTEL, None)


def count_error(request: HttpRequest, stand: Halverwege) -> None:
    """One more wrong answer; after five of them it begins anew. Raises StapVerlopen then."""
    if stand.fouten + 1 >= MEESTE_FOUTEN:
        stop(request)
        raise StapVerlopen("te-vaak-fout")
    keep(request, replace(stand, fouten=stand.fouten + 1))


def account_of(stand: Halverwege, *, lock: bool = False) -> LokaalAccount:
    """The account that this is about. Raises StapVerlopen when it was changed or withdrawn since, or its owner may not
    log in any more. With `lock` in a transaction: who then shuts them out waits, and ends the session that this makes.
    """
    rijen = LokaalAccount.objects.select_related("medewerker")
    if lock:  # first the civil servant, as everybody does
        Medewerker.objects.select_for_update(of=("self",)).filter(lokaal_account=stand.account).first()
        rijen = rijen.select_for_update(of=("self",))
    account = rijen.filter(pk=stand.account, versie=stand.versie).first()
    if account is None or not may_have(account.medewerker):
        raise StapVerlopen("account-gewijzigd")
    return account
