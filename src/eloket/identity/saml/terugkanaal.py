"""The back channel: one SOAP question over TLS, in which both sides show a certificate."""

import requests
from django.conf import settings
from requests.exceptions import RequestException

from eloket.identity.errors import LoginMislukt, LoginNietBereikbaar
from eloket.identity.saml.berichten import envelope
from eloket.identity.saml.handtekening import to_bytes
from eloket.identity.saml.koppeling import SamlKoppeling
from eloket.identity.saml.xml import MEESTE_BYTES, SOAP, Element, only, parse
from eloket.kernel.uitgaand import BewaakteAdapter, Grenzen

TIMEOUT = 5  # seconds, to connect and to read; ten for all of it
_HEADERS = {
    "Content-Type": "text/xml; charset=utf-8",  # DigiD refuses application/soap+xml
    "SOAPAction": '"http://www.oasis-open.org/committees/security"',
}


def ask(koppeling: SamlKoppeling, url: str, vraag: Element) -> Element:
    """What stands in the body of the answer. No retry: an artifact is spent by the first try.

    Raises LoginNietBereikbaar when there is no answer, LoginMislukt when there is none to our question.
    """
    eloket = settings.ELOKET
    grenzen = Grenzen(
        frozenset(map(str.casefold, eloket.interne_hosts)), is_proef=eloket.is_demo, meeste_bytes=MEESTE_BYTES
    )
    try:
        with requests.Session() as client:
            client.mount("https://", BewaakteAdapter(grenzen))
            client.mount("http://", BewaakteAdapter(grenzen))
            antwoord = client.post(
                url,
                data=to_bytes(envelope(vraag)),
                headers=_HEADERS,
                timeout=TIMEOUT,
                allow_redirects=False,
                cert=(str(koppeling.tls.certificaat), str(koppeling.tls.sleutel)),
                verify=str(koppeling.tls_ca) if koppeling.tls_ca else True,
            )
    except RequestException as error:
        raise LoginNietBereikbaar("terugkanaal") from error
    if antwoord.status_code >= 500 and b"Fault" not in antwoord.content:
        raise LoginNietBereikbaar(f"terugkanaal-{antwoord.status_code}")
    if antwoord.status_code != 200:  # a fault of SOAP comes with 500
        raise LoginMislukt(f"terugkanaal-{antwoord.status_code}")
    return body_of(parse(antwoord.content))


def body_of(omslag: Element) -> Element:
    """The one message in a SOAP envelope. Raises LoginMislukt."""
    if omslag.tag != f"{{{SOAP}}}Envelope":
        raise LoginMislukt("soap")
    delen = list(only(omslag, "soap:Body"))
    if len(delen) != 1:
        raise LoginMislukt("soap")
    return delen[0]
