"""Local accounts of civil servants: how passwords are kept, and whether every account has its second factor."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.hashers import get_hasher

from eloket.identity.lokaal.models import LokaalAccount, Uitnodiging
from eloket.identity.lokaal.wachtwoord import Argon2
from eloket.kernel import klok
from eloket.ops.productie.types import Regel, fout, let_op, ok

NORM = "U/TV.01, BIO 9.4.2"
_WACHTWOORD = "U/TV.01, BIO 9.4.3"


def check_lokaal() -> Iterator[Regel]:
    if not settings.ELOKET.lokale_accounts:
        yield ok(
            "lokale-accounts", NORM, "Er zijn geen lokale accounts: medewerkers loggen in bij de gemeente."
        )
        return
    met = LokaalAccount.objects.exclude(wachtwoord="")
    yield let_op(
        "lokale-accounts",
        NORM,
        f"Medewerkers kunnen inloggen met een lokaal account: {met.count()} werken er.",
        "Kijk elk kwartaal na of dat klopt. Is er een inlogdienst voor iedereen? Zet ELOKET_LOKALE_ACCOUNTS dan uit.",
    )
    yield _hashes()
    if zonder := met.filter(authenticators=None).count():
        yield fout(
            "lokale-accounts-tweede-stap",
            NORM,
            f"{zonder} lokale accounts hebben geen tweede stap.",
            "Laat ze opnieuw beginnen: eloket uitnodigen INLOGNAAM --opnieuw.",
        )
    else:
        yield ok("lokale-accounts-tweede-stap", NORM, "Elk lokaal account heeft een tweede stap.")
    if te_oud := Uitnodiging.objects.filter(verloopt__lt=klok.nu()).count():
        yield let_op(
            "lokale-accounts-links",
            "BIO 9.2.4",
            f"{te_oud} medewerkers lieten hun link verlopen.",
            "Maak een nieuwe link, of trek het account in bij Beheer.",
        )


def _hashes() -> Regel:
    """Argon2id is what new ones are made with, and what all are."""
    anders = LokaalAccount.objects.exclude(wachtwoord="").exclude(wachtwoord__startswith="argon2$argon2id$")
    if not isinstance(get_hasher(), Argon2) or anders.exists():
        return fout(
            "lokale-accounts-argon2",
            _WACHTWOORD,
            "Er zijn wachtwoorden die niet met Argon2id zijn bewaard.",
            "Laat de eigenaar opnieuw beginnen: eloket uitnodigen INLOGNAAM --opnieuw.",
        )
    return ok("lokale-accounts-argon2", _WACHTWOORD, "Wachtwoorden zijn bewaard met Argon2id.")
