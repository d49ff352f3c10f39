"""Logging out by SAML: there too when somebody logs out here, and here when they logged out there (SAML core 3.7).

A question to log out holds who it is about, for DigiD a BSN: it goes in the body of a form, never in an address. So a
provider that only takes it in an address (HTTP-Redirect) is left as it is.
"""

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from eloket.identity.errors import LoginMislukt
from eloket.identity.middel import Middel
from eloket.identity.saml import berichten
from eloket.identity.saml.attributen import read_name_id
from eloket.identity.saml.handtekening import check_signed, sign, to_bytes
from eloket.identity.saml.idp import load_idp
from eloket.identity.saml.inloggen import koppeling_of
from eloket.identity.saml.koppeling import slo_url
from eloket.identity.saml.terugkanaal import body_of
from eloket.identity.saml.tijd import SPELING, maybe_moment, read_moment
from eloket.identity.saml.xml import SAMLP, only, parse, text
from eloket.kernel import klok

_OUDSTE = timedelta(minutes=5)  # of a message over the back channel


@dataclass(frozen=True, slots=True)
class Uitlogvraag:
    """A provider tells that this person logged out there, at `moment`. `id` is what our answer names."""

    id: str
    naam_id: str = field(repr=False)
    moment: datetime


def make_form(middel: Middel, naam_id: str) -> tuple[str, dict[str, str]] | None:
    """The address and the fields of a form that logs this person out at the provider; None when it takes none."""
    koppeling = koppeling_of(middel)
    idp = load_idp(koppeling.idp_metadata, koppeling.idp_entity_id)
    if not idp.uitloggen or not naam_id:
        return None
    verzoek = berichten.make_logout_request(koppeling, url=idp.uitloggen, naam_id=naam_id, nu=klok.nu())
    sign(verzoek, koppeling.ondertekenen)
    return idp.uitloggen, {"SAMLRequest": base64.b64encode(to_bytes(verzoek)).decode()}


def read_request(middel: Middel, inhoud: bytes) -> Uitlogvraag:
    """The question in a SOAP message, signed by the provider. Raises LoginMislukt with the rule that it broke."""
    koppeling = koppeling_of(middel)
    idp = load_idp(koppeling.idp_metadata, koppeling.idp_entity_id)
    bericht = body_of(parse(inhoud))
    if bericht.tag != f"{{{SAMLP}}}LogoutRequest":
        raise LoginMislukt("uitlogvraag")
    gedekt = check_signed(bericht, idp.certificaten)
    nu, moment = klok.nu(), read_moment(gedekt, "IssueInstant")
    tot = maybe_moment(gedekt, "NotOnOrAfter")
    naam_id = read_name_id(gedekt, koppeling)
    regels = {
        "versie": gedekt.get("Version") == "2.0",
        "issuer": text(only(gedekt, "saml:Issuer")) == idp.entity_id,
        "destination": gedekt.get("Destination", slo_url(middel.code)) == slo_url(middel.code),
        "tijd": nu - _OUDSTE < moment < nu + SPELING and (tot is None or tot > nu - SPELING),
        "nameid": bool(naam_id),
    }
    for naam, klopt in regels.items():
        if not klopt:
            raise LoginMislukt(f"uitlogvraag-{naam}")
    return Uitlogvraag(gedekt.get("ID") or "", naam_id, moment)


def make_answer(middel: Middel, vraag: Uitlogvraag) -> bytes:
    """That they are logged out here now: a SOAP message, signed."""
    koppeling = koppeling_of(middel)
    antwoord = berichten.make_logout_response(koppeling, antwoord_op=vraag.id, nu=klok.nu())
    sign(antwoord, koppeling.ondertekenen)
    return to_bytes(berichten.envelope(antwoord))
