"""The secrets: long, hard to guess, each for one purpose, and not those of the demo (U/WA.05, BIO 10.1)."""

from collections.abc import Iterator

from django.conf import settings

from eloket.identity.middelen import list_middelen
from eloket.kernel.geheimen import DEMO_GEHEIM, KORTSTE, estimate_bits, is_plain_text
from eloket.ops.productie.types import Regel, fout, let_op, ok

NORM = "U/WA.05, BIO 10.1.2"
MINSTE_BITS = 96.0  # of our own; 32 random hexadecimal digits have more
MINSTE_BITS_GEKREGEN = 64.0  # of what a login provider gave us
_MAAK = "Maak een nieuw geheim met: openssl rand -base64 48"


def own_secrets() -> dict[str, str]:
    """Those that the municipality makes itself, by the name of their setting."""
    eloket = settings.ELOKET
    eigen = {f"ELOKET_SECRETS ({plek})": geheim for plek, geheim in enumerate(eloket.secrets, start=1)}
    eigen["ELOKET_HASH_SECRET"] = eloket.hash_secret
    if eloket.retour_geheim:
        eigen["ELOKET_RETOUR_GEHEIM"] = eloket.retour_geheim
    return eigen


def given_secrets() -> dict[str, str]:
    """Those that a login provider gave us."""
    if settings.ELOKET.middelen_bestand:
        return {f"{een.code} in ELOKET_MIDDELEN_BESTAND": een.client_secret for een in list_middelen()}
    namen = (naam for naam in type(settings.ELOKET).model_fields if naam.endswith("client_secret"))
    return {f"ELOKET_{naam.upper()}": str(getattr(settings.ELOKET, naam) or "") for naam in namen}


def check_geheimen() -> Iterator[Regel]:
    eigen, gekregen = own_secrets(), {naam: een for naam, een in given_secrets().items() if een}
    yield _strong(eigen, gekregen)
    yield _words(eigen)
    yield _different({**eigen, **gekregen})
    yield _not_of_the_demo({**eigen, **gekregen})
    yield let_op(
        "geheimen-leeftijd",
        "BIO 10.1.2",
        "E-loket kan niet zien hoe oud een geheim is.",
        "Schrijf op wanneer u elk geheim hebt gemaakt, en zet elk jaar een nieuw geheim vooraan in ELOKET_SECRETS.",
    )


def _strong(eigen: dict[str, str], gekregen: dict[str, str]) -> Regel:
    zwak = [n for n, een in eigen.items() if len(een) < KORTSTE or estimate_bits(een) < MINSTE_BITS]
    zwak += [naam for naam, een in gekregen.items() if estimate_bits(een) < MINSTE_BITS_GEKREGEN]
    if zwak:
        return fout(
            "geheimen-sterkte",
            NORM,
            f"Te kort of te makkelijk te raden: {', '.join(zwak)}.",
            f"{_MAAK}. Een client secret vraagt u opnieuw aan bij de inlogdienst.",
        )
    return ok("geheimen-sterkte", NORM, "Elk geheim is lang genoeg en niet makkelijk te raden.")


def _words(eigen: dict[str, str]) -> Regel:
    if woorden := [naam for naam, een in eigen.items() if is_plain_text(een)]:
        return let_op(
            "geheimen-woorden",
            NORM,
            f"Dit lijkt een zin die iemand heeft bedacht: {', '.join(woorden)}.",
            f"{_MAAK}.",
        )
    return ok("geheimen-woorden", NORM, "Geen geheim lijkt een bedachte zin.")


def _different(alle: dict[str, str]) -> Regel:
    namen = list(alle)
    gelijk = [naam for plek, naam in enumerate(namen) if alle[naam] in [alle[n] for n in namen[:plek]]]
    if gelijk:
        return fout(
            "geheimen-verschillend",
            NORM,
            f"Gelijk aan een ander geheim: {', '.join(gelijk)}.",
            f"Geef elk geheim een eigen waarde. {_MAAK}.",
        )
    return ok("geheimen-verschillend", NORM, "Elk geheim heeft een eigen waarde.")


def _not_of_the_demo(alle: dict[str, str]) -> Regel:
    if demo := [naam for naam, een in alle.items() if DEMO_GEHEIM in een]:
        return fout(
            "geheimen-demo",
            NORM,
            f"Dit is het geheim van de demo, dat iedereen kan lezen: {', '.join(demo)}.",
            f"{_MAAK}. Gegevens die met het demo-geheim zijn gemaakt, horen niet in productie.",
        )
    return ok("geheimen-demo", NORM, "Geen geheim is dat van de demo.")
