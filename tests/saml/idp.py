"""A SAML provider, in process: an answer that is right, of which a test bends one thing at a time.

It is as strict as a real one: it takes an AuthnRequest and an ArtifactResolve only when our signature holds, and the
back channel only with our certificate (TLS). It is written on lxml and xmlsec, and takes nothing from `identity.saml`.
"""

import base64
import hashlib
import secrets
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import xmlsec
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from eloket.kernel import klok
from tests.saml.bouw import BINDINGS, DS, MD, NS, SAML, SAMLP, SOAP, make, sign
from tests.saml.sleutels import Paar, gemeente, gezag, inlogdienst

ENTITY = "https://idp.example/saml"
PORTAAL = "https://portaal.example/saml"
MIDDEN = "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract"
BASIS = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
LADDER = [
    BASIS,
    MIDDEN,
    *(f"urn:oasis:names:tc:SAML:2.0:ac:classes:{n}" for n in ("Smartcard", "SmartcardPKI")),
]


class Idp:
    """`velden` are what an answer says: a test changes one, or bends the finished answer (`buig`), or its assertion
    before that (`wijzig`)."""

    def __init__(self, map_: Path) -> None:
        self.map = map_
        self.paar: Paar = inlogdienst()
        self.velden: dict[str, Any] = {}
        self.status: list[str] = ["Success"]
        self.buig: Callable[[etree._Element], None] = lambda _: None
        self.buig_bytes: Callable[[bytes], bytes] = lambda b: b
        self.teken_assertie = self.teken_antwoord = True
        self.http_status = 200
        self.nsmap: dict[str, str] = {}  # prefixes of the whole message
        self.fouten: list[BaseException] = []
        self.traag = threading.Event()
        self.scheef = 0.0  # seconds that its clock is ahead
        self.antwoorden: dict[str, dict[str, str]] = {}
        self.gevraagd: list[etree._Element] = []
        self.clienten: list[bytes] = []
        self.wijzig: Callable[[etree._Element], etree._Element] = lambda assertie: assertie

    # --- the front channel ---

    def take(self, verzoek: str) -> dict[str, str]:
        """What a browser brought: checked as DigiD does. Returns what the question was."""
        wortel = etree.fromstring(base64.b64decode(verzoek))
        assert wortel.tag == f"{{{SAMLP}}}AuthnRequest"
        _check_ours(wortel)
        assert wortel.findtext("saml:Issuer", namespaces=NS) == PORTAAL
        assert wortel.get("Destination") == f"{self.url}/sso"
        assert wortel.get("ForceAuthn") == "true"
        gevraagd = wortel.find("samlp:RequestedAuthnContext", NS)
        assert gevraagd is not None
        assert gevraagd.get("Comparison") == "minimum"
        niveau = gevraagd.findtext("saml:AuthnContextClassRef", namespaces=NS) or ""
        acs = wortel.get("AssertionConsumerServiceURL", "")
        dienst = wortel.get("AttributeConsumingServiceIndex", "")
        binding = wortel.get("ProtocolBinding", "")
        return {
            "id": wortel.get("ID", ""),
            "acs": acs,
            "niveau": niveau,
            "dienst": dienst,
            "binding": binding,
        }

    def answer(self, vraag: dict[str, str]) -> str:
        """An artifact that stands for the answer to this question."""
        bron = hashlib.sha1(ENTITY.encode()).digest()
        artifact = base64.b64encode(b"\x00\x04\x00\x00" + bron + secrets.token_bytes(20)).decode()
        self.antwoorden[artifact] = vraag
        return artifact

    def take_logout(self, verzoek: str) -> str:
        """Whom a browser brought to log out: checked as DigiD does."""
        wortel = etree.fromstring(base64.b64decode(verzoek))
        assert wortel.tag == f"{{{SAMLP}}}LogoutRequest"
        _check_ours(wortel)
        assert wortel.findtext("saml:Issuer", namespaces=NS) == PORTAAL
        assert wortel.get("Destination") == f"{self.url}/logout"
        return wortel.findtext("saml:NameID", namespaces=NS) or ""

    def make_logout(self, naam_id: str) -> etree._Element:
        """That somebody logged out here, for the portal: a SOAP message."""
        vraag = make(
            f"{{{SAMLP}}}LogoutRequest",
            _issuer(self.get("issuer", ENTITY)),
            make(f"{{{SAML}}}NameID", naam_id),
            ID=f"_{secrets.token_hex(16)}",
            Version=self.get("versie", "2.0"),
            IssueInstant=self.get("uitgegeven", self.tijd()),
            Destination=self.get("destination", "http://testserver/inloggen/saml/digid/uitloggen/"),
            **self.get("erbij", {}),
        )
        omhulsel = make(f"{{{SOAP}}}Envelope", make(f"{{{SOAP}}}Body", vraag))
        if self.teken_antwoord:
            sign(vraag, self.paar, **self.get("hoe", {}))
        self.buig(omhulsel)
        return omhulsel

    # --- the back channel ---

    def resolve(self, omslag: bytes) -> bytes:
        """An ArtifactResponse, signed, once."""
        vraag = etree.fromstring(omslag).find("soap:Body/samlp:ArtifactResolve", NS)
        assert vraag is not None
        _check_ours(vraag)
        assert vraag.findtext("saml:Issuer", namespaces=NS) == PORTAAL
        self.gevraagd.append(vraag)
        gevonden = self.antwoorden.pop(vraag.findtext("samlp:Artifact", namespaces=NS) or "", None)
        return self.make_answer(self.make_response(gevonden) if gevonden else None, vraag.get("ID") or "")

    def make_answer(self, inhoud: etree._Element | None, vraag_id: str) -> bytes:
        """The SOAP message around a Response, or around nothing."""
        antwoord = make(
            f"{{{SAMLP}}}ArtifactResponse",
            _issuer(self.get("issuer", ENTITY)),
            _status(["Success"]),
            *([inhoud] if inhoud is not None else []),
            ID=f"_{secrets.token_hex(16)}",
            Version="2.0",
            IssueInstant=self.tijd(),
            InResponseTo=self.get("artifact_inresponseto", vraag_id),
        )
        omhulsel = etree.Element(f"{{{SOAP}}}Envelope", nsmap={**NS, **self.nsmap})
        omhulsel.append(make(f"{{{SOAP}}}Body", antwoord))
        if self.teken_antwoord:
            sign(antwoord, self.get("sleutel_antwoord", self.paar), **self.get("hoe", {}))
        self.buig(omhulsel)
        return self.buig_bytes(etree.tostring(omhulsel))

    def make_response(self, vraag: dict[str, str]) -> etree._Element:
        goed = self.status == ["Success"]
        assertie = [self.make_assertion(vraag)] if goed else []
        return make(
            f"{{{SAMLP}}}Response",
            _issuer(self.get("response_issuer", ENTITY)),
            _status(self.status),
            *assertie,
            ID=f"_{secrets.token_hex(16)}",
            Version="2.0",
            IssueInstant=self.tijd(),
            Destination=self.get("destination", vraag["acs"]),
            InResponseTo=self.get("response_inresponseto", vraag["id"]),
        )

    def make_assertion(self, vraag: dict[str, str]) -> etree._Element:
        assertie = make(
            f"{{{SAML}}}Assertion",
            _issuer(self.get("assertie_issuer", ENTITY)),
            self._subject(vraag),
            make(
                f"{{{SAML}}}Conditions",
                *[
                    make(f"{{{SAML}}}AudienceRestriction", make(f"{{{SAML}}}Audience", aud))
                    for aud in self.get("audiences", [PORTAAL])
                ],
                *self.get("voorwaarden", []),
                NotBefore=self.get("not_before", self.tijd(minutes=-2)),
                NotOnOrAfter=self.get("conditions_tot", self.tijd(minutes=2)),
            ),
            make(
                f"{{{SAML}}}AuthnStatement",
                make(
                    f"{{{SAML}}}AuthnContext",
                    make(f"{{{SAML}}}AuthnContextClassRef", self.get("niveau", vraag["niveau"])),
                ),
                AuthnInstant=self.get("ingelogd", self.tijd()),
                SessionIndex="17",
            ),
            *self.get("kenmerken", []),
            ID=f"_{secrets.token_hex(16)}",
            Version=self.get("versie", "2.0"),
            IssueInstant=self.get("uitgegeven", self.tijd()),
        )
        if self.teken_assertie:
            sign(assertie, self.get("sleutel_assertie", self.paar), **self.get("hoe", {}))
        return self.wijzig(assertie)

    def _subject(self, vraag: dict[str, str]) -> etree._Element:
        gegevens = {
            "InResponseTo": self.get("inresponseto", vraag["id"]),
            "Recipient": self.get("recipient", vraag["acs"]),
            "NotOnOrAfter": self.get("subject_tot", self.tijd(minutes=2)),
        }
        return make(
            f"{{{SAML}}}Subject",
            make(f"{{{SAML}}}NameID", self.get("name_id", "s00000000:999990019")),
            make(
                f"{{{SAML}}}SubjectConfirmation",
                make(
                    f"{{{SAML}}}SubjectConfirmationData",
                    **{naam: waarde for naam, waarde in gegevens.items() if waarde is not None},
                ),
                Method=self.get("methode", "urn:oasis:names:tc:SAML:2.0:cm:bearer"),
            ),
        )

    def get(self, naam: str, standaard: Any) -> Any:
        return self.velden.get(naam, standaard)

    def tijd(self, **verschil: float) -> str:
        """A moment, by its own clock."""
        return tijd(seconden=self.scheef, **verschil)

    @staticmethod
    def check_signature(element: etree._Element) -> None:
        """Raises when it is not signed by the municipality."""
        _check_ours(element)

    # --- where it stands ---

    def start(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        eigen = inlogdienst().write(self.map, "idp-tls")
        context.load_cert_chain(eigen.certificaat, eigen.sleutel)
        (self.map / "gezag.crt").write_bytes(gezag().certificaat_pem)
        context.load_verify_locations(self.map / "gezag.crt")
        context.verify_mode = ssl.CERT_REQUIRED
        self.server = _Server(("127.0.0.1", 0), _Handler)
        self.server.idp = self
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.server.server_port}"
        threading.Thread(
            target=self.server.serve_forever, daemon=True, kwargs={"poll_interval": 0.05}
        ).start()

    def stop(self) -> None:
        self.traag.set()
        self.server.shutdown()
        self.server.server_close()

    def metadata(self, **anders: str) -> bytes:
        cert = base64.b64encode(self.paar.certificaat.public_bytes(Encoding.DER)).decode()
        rol = make(
            f"{{{MD}}}IDPSSODescriptor",
            make(
                f"{{{MD}}}KeyDescriptor",
                make(f"{{{DS}}}KeyInfo", make(f"{{{DS}}}X509Data", make(f"{{{DS}}}X509Certificate", cert))),
                use="signing",
            ),
            make(
                f"{{{MD}}}ArtifactResolutionService",
                Binding=BINDINGS + "SOAP",
                Location=f"{self.url}/resolve",
                index="0",
            ),
            make(
                f"{{{MD}}}SingleLogoutService",
                Binding=BINDINGS + self.get("uitloggen", "HTTP-POST"),
                Location=f"{self.url}/logout",
            ),
            make(f"{{{MD}}}SingleSignOnService", Binding=BINDINGS + "HTTP-POST", Location=f"{self.url}/sso"),
            protocolSupportEnumeration=SAMLP,
        )
        return etree.tostring(make(f"{{{MD}}}EntityDescriptor", rol, entityID=ENTITY, **anders))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    idp: Idp

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A refused TLS handshake is what a test asks for, and no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        idp = self.server.idp
        client = self.connection.getpeercert(binary_form=True)
        idp.clienten.append(client)
        inhoud = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["Content-Type"].startswith("text/xml")
        if idp.get("traag", False):
            idp.traag.wait(15)
            return
        try:
            antwoord = idp.resolve(inhoud)
        except BaseException as error:
            idp.fouten.append(error)  # of the test itself: told at its end
            raise
        self.send_response(idp.http_status)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(antwoord)))
        self.end_headers()
        self.wfile.write(antwoord)

    def log_message(self, *_: Any) -> None: ...


def tijd(*, seconden: float = 0, **verschil: float) -> str:
    moment: datetime = klok.nu() + timedelta(seconds=seconden, **verschil)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _check_ours(element: etree._Element) -> None:
    """Raises when it is not signed by the municipality, with SHA-256, over all of it."""
    blok = element.find("ds:Signature", NS)
    assert blok is not None, "niet ondertekend"
    assert blok.find("ds:SignedInfo/ds:SignatureMethod", NS).get("Algorithm").endswith("#rsa-sha256")  # type: ignore[union-attr]
    assert blok.find("ds:SignedInfo/ds:Reference", NS).get("URI") == f"#{element.get('ID')}"  # type: ignore[union-attr]
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(gemeente().certificaat_pem, xmlsec.constants.KeyDataFormatCertPem)
    context.register_id(element, "ID")
    context.verify(blok)


def _issuer(wie: str) -> etree._Element:
    return make(f"{{{SAML}}}Issuer", wie)


def _status(codes: list[str]) -> etree._Element:
    binnen: list[etree._Element] = []
    for code in reversed(codes):
        waarde = f"urn:oasis:names:tc:SAML:2.0:status:{code}"
        binnen = [make(f"{{{SAMLP}}}StatusCode", *binnen, Value=waarde)]
    return make(f"{{{SAMLP}}}Status", *binnen)
