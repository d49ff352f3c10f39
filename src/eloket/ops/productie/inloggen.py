"""The login means: there are some, over https, they answer, and their clock is ours (U/TV.01, BIO 12.4.4)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import requests
from django.conf import settings
from requests.exceptions import RequestException

from eloket.identity import provider
from eloket.identity.access import list_afdelingen
from eloket.identity.errors import LoginFout
from eloket.identity.middel import Middel
from eloket.identity.middelen import list_middelen
from eloket.identity.types import Recht
from eloket.kernel import klok
from eloket.ops.productie.types import Regel, fout, let_op, ok

NORM = "U/TV.01"
_SCHEEF, _TE_SCHEEF = timedelta(seconds=5), timedelta(seconds=60)


def check_middelen() -> Iterator[Regel]:
    """What the settings offer, and whether each is complete."""
    middelen = list_middelen()
    if onveilig := [
        _named(een) for een in middelen if not een.saml and not een.issuer.startswith("https://")
    ]:
        yield fout(
            "inlogmiddelen-https",
            NORM,
            f"Zonder https: {', '.join(onveilig)}.",
            "Geef een issuer met https://.",
        )
    else:
        yield ok("inlogmiddelen-https", NORM, "Elke inlogdienst wordt over https gevraagd.")
    inwoners = [m for m in middelen if not m.is_voor_medewerkers]
    if not inwoners or any(m.is_simulatie for m in middelen):
        yield fout(
            "inlogmiddelen",
            NORM,
            "Inwoners en bedrijven kunnen niet echt inloggen.",
            "Geef een issuer voor DigiD of eHerkenning (ELOKET_DIGID_ISSUER, ELOKET_EHERKENNING_ISSUER).",
        )
    elif len(inwoners) == len(middelen) and not settings.ELOKET.lokale_accounts:
        yield let_op(
            "inlogmiddelen",
            NORM,
            "Medewerkers kunnen niet inloggen in de werkplek.",
            "Geef ELOKET_MEDEWERKER_ISSUER, of kies ELOKET_LOKALE_ACCOUNTS=ja.",
        )
    else:
        yield ok("inlogmiddelen", NORM, f"Inloggen kan met {', '.join(m.naam for m in middelen)}.")
    if half := [_named(m) for m in middelen if not m.saml and not (m.client_id and m.client_secret)]:
        yield fout(
            "inlogmiddelen-client",
            NORM,
            f"Zonder client id of client secret: {', '.join(half)}.",
            "Vul beide in, zoals de inlogdienst ze u gaf.",
        )
    else:
        yield ok("inlogmiddelen-client", NORM, "Elke inlogdienst kent E-loket met een eigen client secret.")


def _named(middel: Middel) -> str:
    """Two means may have one name, as DigiD by two brokers: the code is that of ELOKET_MIDDELEN_BESTAND."""
    return middel.naam if middel.code == middel.soort.value else f"{middel.naam} ({middel.code})"


def check_opnieuw() -> Iterator[Regel]:
    """Each provider tells when somebody logged in there, or an administrator said that it does not: then a session of
    theirs may pass for logging in again, which stays something to look at."""
    middelen = [een for een in list_middelen() if een.saml is None]
    code = "inlogmiddelen-opnieuw"
    if zonder := [_named(een) for een in middelen if not een.has_auth_time]:
        yield let_op(
            code,
            NORM,
            f"Niet te zien of iemand echt opnieuw inlogt: {', '.join(zonder)}. Misschien is een klik genoeg.",
            "Vraag de inlogdienst om auth_time mee te sturen, en haal dan zonder_auth_time weg.",
        )
    else:
        yield ok(code, NORM, "Inloggen telt alleen als de inlogdienst zegt dat het net gebeurde.")


def check_groepen() -> Iterator[Regel]:
    """Of the groups that let civil servants in: somebody manages, every afdeling is there, a second factor is asked."""
    for middel in list_middelen():
        if not middel.is_voor_medewerkers or middel.is_simulatie:
            continue
        yield _second_factor(middel)
        if middel.groepen:
            yield _managers(middel)
            yield _afdelingen(middel)


def _second_factor(middel: Middel) -> Regel:
    """A password alone is not enough from a network that is not trusted (BIO 9.4.2), as it is not for a local account.
    We check it, or somebody declared in writing that the provider does: that stays something to look at."""
    code = "medewerkers-tweede-factor"
    if middel.tweede_factor:
        return ok(code, NORM, "Zonder tweede factor komt geen medewerker binnen.")
    if middel.tweede_factor_elders:
        return let_op(
            code,
            NORM,
            f"E-loket controleert de tweede factor niet zelf. Uw beheerder verklaart: {middel.tweede_factor_elders}",
            "Kijk bij de inlogdienst na of dit nog klopt. Geef tweede_factor zodra die amr of acr meestuurt.",
        )
    return fout(
        code,
        NORM,
        "Medewerkers kunnen misschien met alleen een wachtwoord inloggen: E-loket vraagt geen tweede factor.",
        "Geef in ELOKET_MIDDELEN_BESTAND tweede_factor (amr of acr). Stuurt de inlogdienst dat niet mee? Schrijf dan "
        "in tweede_factor_elders hoe die zelf iedereen om een tweede factor vraagt.",
    )


def _managers(middel: Middel) -> Regel:
    if any(Recht.BEHEREN in een.rechten for een in middel.groepen):
        return ok("groepen-beheren", NORM, "Er is een groep die het recht Beheren geeft.")
    return let_op(
        "groepen-beheren",
        NORM,
        "Geen groep geeft het recht Beheren: na de volgende keer inloggen is er geen beheerder meer.",
        "Geef een groep het recht beheren, of maak een vast account: eloket medewerker ... --recht beheren --vast.",
    )


def _afdelingen(middel: Middel) -> Regel:
    genoemd = {code for een in middel.groepen for code in een.afdelingen}
    weg = genoemd - {code for code, _ in list_afdelingen()}
    if not weg:
        return ok("groepen-afdelingen", NORM, "De afdelingen van de groepen bestaan.")
    return let_op(
        "groepen-afdelingen",
        NORM,
        f"Groepen geven afdelingen die niet bestaan: {', '.join(sorted(weg))}.",
        "Voeg de afdeling toe in beheer, of verbeter ELOKET_MIDDELEN_BESTAND.",
    )


def check_bereik() -> Iterator[Regel]:
    """Each provider answers with its configuration and keys; its clock tells how ours is."""
    for middel in list_middelen():
        if middel.saml is not None:  # productie.saml
            continue
        code = f"inlogdienst-{middel.code}"
        try:
            provider.configuration(middel)
            aantal = len(provider.keys(middel, refresh=True).keys)
        except LoginFout as error:
            herstel = f"Kijk ELOKET_{middel.code.upper()}_ISSUER, ELOKET_INTERNE_HOSTS en de firewall na."
            yield fout(code, NORM, f"{_named(middel)}: geen bruikbaar antwoord ({error.reden}).", herstel)
            continue
        if not aantal:
            yield fout(code, NORM, f"{_named(middel)}: geen sleutels.", "Vraag het na bij de inlogdienst.")
            continue
        yield ok(code, NORM, f"{middel.naam}: de inlogdienst antwoordt.")
        yield _clock(middel)


def _clock(middel: Middel) -> Regel:
    """A token is refused when the clocks differ; and what is kept as proof has the time of ours."""
    return judge_clock(middel, _their_time(middel))


def judge_clock(middel: Middel, hun: datetime | None) -> Regel:
    """`hun` is what time it is at the provider."""
    code, norm = f"klok-{middel.code}", "BIO 12.4.4"
    if hun is None:
        return let_op(code, norm, f"{middel.naam}: de inlogdienst zegt niet hoe laat het is.", "Gebruik NTP.")
    scheef = abs(klok.nu() - hun)
    seconden = int(scheef.total_seconds())
    if scheef > _TE_SCHEEF:
        return fout(
            code, norm, f"De klok scheelt {seconden} seconden met die van {middel.naam}.", "Gebruik NTP."
        )
    if scheef > _SCHEEF:
        return let_op(
            code, norm, f"De klok scheelt {seconden} seconden met die van {middel.naam}.", "Gebruik NTP."
        )
    return ok(code, norm, f"De klok loopt gelijk met die van {middel.naam}.")


def _their_time(middel: Middel) -> datetime | None:
    url = f"{middel.issuer.rstrip('/')}/.well-known/openid-configuration"
    try:
        with requests.Session() as client:
            provider.prepare(client, middel)
            antwoord = client.get(url, timeout=provider.TIMEOUT, allow_redirects=False)
        return parsedate_to_datetime(antwoord.headers["Date"])
    except (RequestException, KeyError, ValueError, TypeError):
        return None
