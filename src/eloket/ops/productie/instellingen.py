"""What the settings say: environment, addresses, mail, and the municipality."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

import eloket
from eloket.ops.productie.types import Regel, fout, let_op, ok

LOKAAL = {"localhost", "127.0.0.1", "::1", "[::1]"}


def is_local(host: str) -> bool:
    """This machine itself: nothing goes over a network."""
    return host in LOKAAL or host == "" or host.startswith(("/", "127."))


def check_omgeving() -> Iterator[Regel]:
    if settings.ELOKET.is_demo:
        yield fout(
            "omgeving",
            "C.08, BIO 12.1.4",
            f"ELOKET_OMGEVING is {settings.ELOKET.omgeving}: iedereen kan dan inloggen als iemand anders.",
            "Zet ELOKET_OMGEVING=productie, en begin met een lege database.",
        )
    else:
        yield ok("omgeving", "C.08, BIO 12.1.4", "De omgeving is productie.")
    if settings.DEBUG:
        yield fout("debug", "U/PW.03", "DEBUG staat aan: foutpagina's laten code zien.", "Zet DEBUG uit.")
    else:
        yield ok("debug", "U/PW.03", "Foutpagina's laten geen code zien (DEBUG staat uit).")


def check_adres() -> Iterator[Regel]:
    delen = urlsplit(settings.ELOKET.base_url)
    host = delen.hostname or ""
    if delen.scheme != "https" or is_local(host) or re.fullmatch(r"[\d.]+|.*:.*", host):
        yield fout(
            "adres",
            "U/PW.02, U/WA.05",
            "ELOKET_BASE_URL is geen openbaar adres met https.",
            "Geef het adres waarop inwoners komen, zoals https://mijn.gemeente.example.",
        )
    else:
        yield ok("adres", "U/PW.02, U/WA.05", "Inwoners komen binnen over https.")
    yield _hosts(host)
    yield _proxy()
    yield _limits()


def _hosts(host: str) -> Regel:
    te_ruim = [een for een in settings.ALLOWED_HOSTS if een == "*" or een.startswith(".")]
    if te_ruim or host not in settings.ALLOWED_HOSTS:
        return fout(
            "hosts",
            "U/PW.03",
            "ELOKET_HOSTS staat ook andere sites toe (* of een punt vooraan)."
            if te_ruim
            else "De naam uit ELOKET_BASE_URL staat niet in ELOKET_HOSTS.",
            "Zet in ELOKET_HOSTS precies de namen waarop E-loket antwoordt.",
        )
    return ok("hosts", "U/PW.03", "E-loket antwoordt alleen op de namen in ELOKET_HOSTS.")


def _proxy() -> Regel:
    if settings.ELOKET.behind_proxy:
        return ok("proxy", "U/NW.03", "Er staat een proxy voor E-loket, die X-Forwarded-Proto zelf zet.")
    return let_op(
        "proxy",
        "U/NW.03",
        "ELOKET_BEHIND_PROXY staat uit: E-loket krijgt zelf het verkeer van internet.",
        "Zet nginx ervoor zoals in docs/operations.md, en ELOKET_BEHIND_PROXY=ja.",
    )


def _limits() -> Regel:
    if settings.ELOKET.limieten:
        return ok("limieten", "U/NW.04", "Er is een grens aan hoe vaak iemand iets mag doen.")
    return fout(
        "limieten",
        "U/NW.04",
        "ELOKET_LIMIETEN staat uit: codes raden en overbelasten kan zonder grens.",
        "Zet ELOKET_LIMIETEN=ja.",
    )


def check_gemeente() -> Iterator[Regel]:
    """What is still as the product came: residents would read it."""
    velden = type(settings.ELOKET).model_fields
    zelfde = [
        f"ELOKET_{naam.upper()}"
        for naam in ("gemeente", "telefoon")
        if getattr(settings.ELOKET, naam) == velden[naam].default
    ]
    if settings.ELOKET.mail_from == velden["mail_from"].default or ".example" in settings.ELOKET.mail_from:
        yield fout(
            "afzender",
            "BIO 13.2.3",
            "ELOKET_MAIL_FROM is geen adres van uw gemeente: e-mail komt niet aan.",
            "Geef een adres van uw eigen domein, met SPF, DKIM en DMARC.",
        )
    else:
        yield ok(
            "afzender", "BIO 13.2.3", "E-mail heeft een afzender van u. Kijk zelf SPF, DKIM en DMARC na."
        )
    if settings.ELOKET.security_contact:
        yield ok("security-txt", "C.03, BIO 16.1.3", "Wie een lek vindt, kan dat melden (security.txt).")
    else:
        yield let_op(
            "security-txt",
            "C.03, BIO 16.1.3",
            "E-loket zegt nergens waar iemand een lek kan melden (security.txt).",
            "Geef ELOKET_SECURITY_CONTACT, of laat uw webserver het doen. Voor overheden geldt: pas toe of leg uit.",
        )
    if zelfde:
        yield let_op("gemeente", "-", f"Nog een voorbeeld: {', '.join(zelfde)}.", "Vul uw eigen gegevens in.")
    else:
        yield ok("gemeente", "-", "Naam en telefoonnummer van de gemeente zijn ingevuld.")


def check_bronnen() -> Iterator[Regel]:
    """The invented people and streets of the product are files in its own folder."""
    pakket = Path(eloket.__file__).resolve().parent
    bestanden = {
        "ELOKET_PERSONEN_BESTAND": settings.ELOKET.personen_bestand,
        "ELOKET_ADRESSEN_BESTAND": settings.ELOKET.adressen_bestand,
    }
    if mis := [n for n, een in bestanden.items() if een and een.resolve().is_relative_to(pakket)]:
        yield fout(
            "bronnen",
            "BIO 14.3.1",
            f"Dit is het bestand van de demo: {', '.join(mis)}.",
            "Geef een eigen bestand, of laat de instelling leeg.",
        )
    else:
        yield ok(
            "bronnen", "BIO 14.3.1", "De verzonnen personen en adressen van de demo worden niet gebruikt."
        )


def check_zelf() -> Iterator[Regel]:
    """What no software can see from inside: the norms that are about contracts, networks, tests and people."""
    yield let_op(
        "contract",
        "B.05",
        "E-loket kan niet zien wat u afsprak met wie E-loket levert, draait of beheert.",
        "Leg de eisen van de DigiD-norm vast in elk contract, en vraag elk jaar om bewijs.",
    )
    yield let_op(
        "netwerk",
        "U/NW.03, U/NW.05, U/NW.06, U/PW.05",
        "E-loket kan niet zien hoe uw netwerk is ingedeeld.",
        "Zet E-loket in een eigen zone, beheer de machines over een ander netwerk dan dat van bezoekers, "
        "en sluit elke poort die niet nodig is.",
    )
    yield let_op(
        "onderzoek",
        "C.03, C.04",
        "E-loket kan niet zien of iemand van buiten naar zwakke plekken zocht.",
        "Laat elk jaar een scan en een pentest doen, en ook na een grote wijziging.",
    )
    yield let_op(
        "back-ups",
        "BIO 12.3.1",
        "E-loket kan niet zien of er back-ups zijn.",
        "Maak ze zoals in docs/operations.md, bewaar de geheimen apart, en zet er elk jaar een terug om te oefenen.",
    )
    yield let_op(
        "logboek",
        "C.06, C.07, BIO 12.4.1",
        "E-loket kan niet zien waar het logboek heen gaat.",
        "Stuur het naar een andere machine, en laat iemand ernaar kijken.",
    )
    yield let_op(
        "pakketten",
        "C.09, BIO 12.6.1",
        "E-loket kan niet zien of er een nieuwere versie met verbeteringen is.",
        "Werk E-loket, de database, nginx en het besturingssysteem elke maand bij.",
    )
