"""Every part of the check, in the order in which somebody reads it."""

import logging
from collections.abc import Iterator

from eloket.ops.productie.antwoorden import check_antwoorden
from eloket.ops.productie.database import check_database
from eloket.ops.productie.diensten import check_mail, check_mailserver, check_scanner, check_scanner_antwoord
from eloket.ops.productie.geheimen import check_geheimen
from eloket.ops.productie.huis import check_bestanden, check_demo_gegevens, check_medewerkers, check_worker
from eloket.ops.productie.inloggen import check_bereik, check_groepen, check_middelen, check_opnieuw
from eloket.ops.productie.instellingen import (
    check_adres,
    check_bronnen,
    check_gemeente,
    check_omgeving,
    check_zelf,
)
from eloket.ops.productie.lokaal import check_lokaal
from eloket.ops.productie.saml import check_saml, check_saml_bereik
from eloket.ops.productie.toezicht import check_toezicht
from eloket.ops.productie.types import Onderdeel, Regel, fout

log = logging.getLogger(__name__)
ONDERDELEN = (
    Onderdeel("omgeving", "C.08", check_omgeving),
    Onderdeel("geheimen", "U/WA.05", check_geheimen),
    Onderdeel("adres", "U/PW.02", check_adres),
    Onderdeel("antwoorden", "U/PW.03", check_antwoorden),
    Onderdeel("inlogmiddelen", "U/TV.01", check_middelen),
    Onderdeel("opnieuw-inloggen", "U/TV.01", check_opnieuw),
    Onderdeel("groepen", "U/TV.01", check_groepen),
    Onderdeel("inlogdiensten", "U/TV.01", check_bereik, netwerk=True),
    Onderdeel("saml", "U/WA.05", check_saml),
    Onderdeel("saml-bereik", "U/TV.01", check_saml_bereik, netwerk=True),
    Onderdeel("medewerkers", "U/TV.01", check_medewerkers),
    Onderdeel("toezicht", "C.07", check_toezicht),
    Onderdeel("lokale-accounts", "U/TV.01", check_lokaal),
    Onderdeel("database", "U/WA.05", check_database),
    Onderdeel("bestanden", "U/PW.07", check_bestanden),
    Onderdeel("demo-gegevens", "BIO 14.3.1", check_demo_gegevens),
    Onderdeel("bronnen", "BIO 14.3.1", check_bronnen),
    Onderdeel("mail", "BIO 13.2.3", check_mail),
    Onderdeel("mailserver", "BIO 13.2.3", check_mailserver, netwerk=True),
    Onderdeel("gemeente", "BIO 13.2.3", check_gemeente),
    Onderdeel("scanner", "BIO 12.2.1", check_scanner),
    Onderdeel("scanner-antwoord", "BIO 12.2.1", check_scanner_antwoord, netwerk=True),
    Onderdeel("worker", "C.07", check_worker),
    Onderdeel("zelf", "-", check_zelf),
)


def check_all(*, netwerk: bool = True, onderdelen: tuple[Onderdeel, ...] = ONDERDELEN) -> Iterator[Regel]:
    """Every line. What cannot be looked at is a FOUT too, and stops no other; without `netwerk` nobody is asked."""
    for onderdeel in onderdelen:
        if onderdeel.netwerk and not netwerk:
            continue
        try:
            yield from onderdeel.kijk()
        except Exception as error:  # noqa: BLE001 - a check that breaks proves nothing: told as a line, and the next goes on
            log.warning("check-production: %s niet nagekeken: %s", onderdeel.code, type(error).__name__)
            yield fout(
                f"{onderdeel.code}-niet-nagekeken",
                onderdeel.norm,
                f"Dit kon niet worden nagekeken ({type(error).__name__}).",
                "Draai eerst eloket prepare, en kijk of de database antwoordt.",
            )
