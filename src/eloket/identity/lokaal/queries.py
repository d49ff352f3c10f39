"""Local accounts, to read."""

from collections.abc import Iterable

from eloket.identity.lokaal.models import LokaalAccount
from eloket.identity.lokaal.types import AccountInfo, AuthenticatorInfo, AuthenticatorSoort
from eloket.kernel import klok


def find_account(medewerker_id: int | None) -> AccountInfo | None:
    """The local account of this civil servant, or None. Four queries."""
    rij = (
        LokaalAccount.objects.filter(medewerker_id=medewerker_id)
        .select_related("uitnodiging")
        .prefetch_related("authenticators")
        .first()
        if medewerker_id
        else None
    )
    if rij is None:
        return None
    link = getattr(rij, "uitnodiging", None)
    return AccountInfo(
        inlognaam=rij.inlognaam,
        heeft_wachtwoord=bool(rij.wachtwoord),
        wachtwoord_op=rij.wachtwoord_op,
        ingelogd_op=rij.ingelogd_op,
        authenticators=tuple(
            AuthenticatorInfo(een.pk, AuthenticatorSoort(een.soort), een.naam, een.gemaakt, een.gebruikt)
            for een in sorted(rij.authenticators.all(), key=lambda een: een.pk)
        ),
        herstelcodes=rij.herstelcodes.count(),
        uitgenodigd_tot=link.verloopt if link is not None and link.verloopt > klok.nu() else None,
    )


def list_met_account() -> frozenset[int]:
    """The civil servants with a local account that works. One query."""
    rijen: Iterable[int] = LokaalAccount.objects.exclude(wachtwoord="").values_list(
        "medewerker_id", flat=True
    )
    return frozenset(rijen)
