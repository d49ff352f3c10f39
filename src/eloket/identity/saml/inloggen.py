"""A login by SAML: the question that the browser takes along, and what comes back, as claims.

The same shape as `identity.oidc`: `begin`, and `finish` with what was kept meanwhile.
"""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from eloket.identity.errors import LoginMislukt
from eloket.identity.middel import Middel
from eloket.identity.niveaus import Niveau
from eloket.identity.saml import berichten
from eloket.identity.saml.antwoord import check_artifact_response, open_artifact_response, read_claims
from eloket.identity.saml.handtekening import check_signed, sign, to_bytes
from eloket.identity.saml.idp import Idp, load_idp
from eloket.identity.saml.koppeling import Binding, SamlKoppeling
from eloket.identity.saml.terugkanaal import ask
from eloket.identity.saml.tijd import read_moment
from eloket.identity.saml.xml import SAMLP, Element, parse
from eloket.kernel import klok

_ARTIFACT = 4 + 20 + 20  # bytes: type and index, who made it, which message (SAML bindings 3.6.4)


@dataclass(frozen=True, slots=True)
class Vraag:
    """What the browser must post to `naar`; `id` is what the answer must name."""

    naar: str
    verzoek: str = field(repr=False)
    id: str


def begin(middel: Middel, niveau: Niveau | None = None) -> Vraag:
    """A signed question to log in, at this level or above; None is the minimum of the means. Raises
    LoginNietBereikbaar.
    """
    koppeling = koppeling_of(middel)
    idp = load_idp(koppeling.idp_metadata, koppeling.idp_entity_id)
    verzoek_id = berichten.new_id()
    verzoek = berichten.make_authn_request(
        koppeling,
        idp,
        code=middel.code,
        verzoek_id=verzoek_id,
        niveau=niveau.waarde if niveau else middel.minimum,
        nu=klok.nu(),
    )
    sign(verzoek, koppeling.ondertekenen)
    return Vraag(idp.sso, base64.b64encode(to_bytes(verzoek)).decode(), verzoek_id)


def finish(middel: Middel, verzoek_id: str, antwoord: Mapping[str, str]) -> dict[str, str]:
    """The checked claims of who came back. `antwoord` is the query or the form that the browser brought.

    Raises LoginGeannuleerd, NiveauTeLaag, LoginNietBereikbaar, KlokLooptScheef, and LoginMislukt for all that does not
    add up.
    """
    koppeling = koppeling_of(middel)
    idp = load_idp(koppeling.idp_metadata, koppeling.idp_entity_id)
    if koppeling.binding is Binding.ARTIFACT:
        bericht = _resolve(koppeling, idp, antwoord.get("SAMLart", ""))
    else:
        bericht = _posted(idp, antwoord.get("SAMLResponse", ""))
    return read_claims(bericht, middel, koppeling, idp, verzoek_id=verzoek_id, nu=klok.nu())


def ask_time(middel: Middel) -> datetime:
    """What time it is at the provider, by an answer that it signed: so certificates, keys and addresses are right.

    Asks for an artifact that does not exist. Raises LoginNietBereikbaar, LoginMislukt.
    """
    koppeling = koppeling_of(middel)
    idp = load_idp(koppeling.idp_metadata, koppeling.idp_entity_id)
    index, url = min(idp.artifact.items())
    bron = hashlib.sha1(idp.entity_id.encode(), usedforsecurity=False).digest()
    artifact = b"\x00\x04" + index.to_bytes(2) + bron + secrets.token_bytes(20)
    vraag_id, antwoord = _ask(koppeling, url, base64.b64encode(artifact).decode())
    return read_moment(check_artifact_response(antwoord, idp, vraag_id=vraag_id), "IssueInstant")


def koppeling_of(middel: Middel) -> SamlKoppeling:
    """Raises LoginMislukt for a means that is not connected by SAML."""
    if middel.saml is None:
        raise LoginMislukt("geen-saml")
    return middel.saml


def _resolve(koppeling: SamlKoppeling, idp: Idp, artifact: str) -> Element:
    url = idp.artifact.get(_check_artifact(artifact, idp))
    if url is None:
        raise LoginMislukt("artifact-index")
    vraag_id, antwoord = _ask(koppeling, url, artifact)
    return open_artifact_response(antwoord, idp, vraag_id=vraag_id)


def _ask(koppeling: SamlKoppeling, url: str, artifact: str) -> tuple[str, Element]:
    """The id of our question, and the answer, not looked at yet."""
    vraag_id = berichten.new_id()
    vraag = berichten.make_artifact_resolve(
        koppeling, artifact=artifact, bericht_id=vraag_id, url=url, nu=klok.nu()
    )
    sign(vraag, koppeling.ondertekenen)
    return vraag_id, ask(koppeling, url, vraag)


def _check_artifact(artifact: str, idp: Idp) -> int:
    """The index of the endpoint to ask. One of somebody else is not sent anywhere. Raises LoginMislukt."""
    try:
        inhoud = base64.b64decode(artifact, validate=True)
    except (binascii.Error, ValueError) as error:
        raise LoginMislukt("artifact-vorm") from error
    if len(inhoud) != _ARTIFACT or inhoud[:2] != b"\x00\x04":
        raise LoginMislukt("artifact-vorm")
    if inhoud[4:24] != hashlib.sha1(idp.entity_id.encode(), usedforsecurity=False).digest():
        raise LoginMislukt("artifact-bron")
    return int.from_bytes(inhoud[2:4])


def _posted(idp: Idp, antwoord: str) -> Element:
    """The Response that the browser brought: signed as a whole. Raises LoginMislukt."""
    try:
        inhoud = base64.b64decode("".join(antwoord.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise LoginMislukt("antwoord-vorm") from error
    bericht = parse(inhoud)
    if bericht.tag != f"{{{SAMLP}}}Response":
        raise LoginMislukt("antwoord")
    return check_signed(bericht, idp.certificaten)
