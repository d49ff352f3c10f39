"""What the groups of a civil servant at the login provider give them here. Pure: no I/O.

Groups are an access list that somebody else keeps, so nothing is guessed: a claim of another shape than a list of texts
refuses the login, and a provider that says there are too many groups to send is never read as one without groups.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eloket.identity.errors import GroepenOverschot, LoginMislukt, TweedeFactorNodig
from eloket.identity.middel import Groep, Middel
from eloket.identity.types import Recht

MAX_SUBJECT = 120
# Says who somebody is today, not for ever: a mail address goes to a colleague of the same name.
GEEN_SUBJECT = frozenset({"email", "mail", "upn", "unique_name", "preferred_username", "name", "nickname"})


@dataclass(frozen=True, slots=True)
class Toekenning:
    """What somebody has by all of their groups together."""

    afdelingen: frozenset[str]
    rechten: frozenset[Recht]
    zaaktypen: frozenset[str]


def read_groepen(claims: Mapping[str, Any], pad: tuple[str, ...]) -> frozenset[str]:
    """The groups in the claim at `pad` (Keycloak: `realm_access`, `roles`); none when it was not sent.

    Raises GroepenOverschot (Entra ID sends `_claim_names` instead of more than 200 groups) and LoginMislukt.
    """
    elders = claims.get("_claim_names", {})
    if not isinstance(elders, dict):
        raise LoginMislukt("groepen-vorm")
    if pad[0] in elders or claims.get("hasgroups"):
        raise GroepenOverschot("laat de inlogdienst alleen de groepen sturen die bij deze toepassing horen")
    waarde: Any = claims
    for naam in pad:
        if not isinstance(waarde, dict):
            raise LoginMislukt("groepen-vorm")
        waarde = waarde.get(naam)
        if waarde is None:
            return frozenset()
    if not isinstance(waarde, list) or not all(isinstance(een, str) for een in waarde):
        raise LoginMislukt("groepen-vorm")
    return frozenset(waarde)


def grant(koppeling: Iterable[Groep], namen: frozenset[str]) -> Toekenning | None:
    """What these groups give together; None when none of them is ours.

    As soon as one of them names zaaktypen, only those that are named are seen: two groups never give more than both
    of them say.
    """
    eigen = [een for een in koppeling if een.groep in namen]
    if not eigen:
        return None
    return Toekenning(
        afdelingen=frozenset().union(*(een.afdelingen for een in eigen)),
        rechten=frozenset().union(*(een.rechten for een in eigen)),
        zaaktypen=frozenset().union(*(een.zaaktypen for een in eigen)),
    )


def must_have_second_factor(middel: "Middel", claims: Mapping[str, Any]) -> None:
    """One of the claims that are asked for (`amr`, `acr`) says how they logged in (RFC 8176; OpenID Connect Core 2).

    Raises TweedeFactorNodig when none does, and LoginMislukt for a claim that is neither a text nor a list of texts.
    """
    if middel.tweede_factor and not any(
        _said(claims, naam) & goed for naam, goed in middel.tweede_factor.items()
    ):
        raise TweedeFactorNodig("tweede-factor")


def _said(claims: Mapping[str, Any], naam: str) -> frozenset[str]:
    waarde = claims.get(naam, [])
    if isinstance(waarde, str):
        return frozenset({waarde})
    if not isinstance(waarde, list) or not all(isinstance(een, str) for een in waarde):
        raise LoginMislukt("claim-vorm")
    return frozenset(waarde)


def check_subject(subject: str) -> str:
    """The stable name of somebody at the provider, as we can keep it. Raises LoginMislukt."""
    if not subject or len(subject) > MAX_SUBJECT or not subject.isprintable():
        raise LoginMislukt("subject-vorm")
    return subject
