"""Means that are connected by SAML: certificates that last, strong keys, files for us alone, and a back channel."""

import stat
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import Certificate, load_pem_x509_certificate

from eloket.identity.errors import LoginFout
from eloket.identity.middel import Middel
from eloket.identity.middelen import list_middelen
from eloket.identity.saml.koppeling import SamlKoppeling
from eloket.kernel import klok
from eloket.ops.productie.inloggen import judge_clock
from eloket.ops.productie.types import Regel, fout, let_op, ok

if TYPE_CHECKING:
    from eloket.identity.saml.idp import Idp

NORM = "U/WA.05, BIO 10.1.2"
_BINNENKORT = timedelta(days=60)  # a certificate of PKIoverheid takes weeks to get
_HASHES = {"sha256", "sha384", "sha512"}


def check_saml() -> Iterator[Regel]:
    """What stands in the files. No line without a means of SAML."""
    for middel, koppeling in _of_saml():
        idp = _idp(koppeling)
        eigen = [paar.load_certificate() for paar in koppeling.paren]
        van_hen = [load_pem_x509_certificate(pem) for pem in idp.certificaten]
        yield judge_end(f"saml-certificaat-{middel.code}", f"het eigen certificaat voor {middel.naam}", eigen)
        yield judge_end(f"saml-idp-certificaat-{middel.code}", f"het certificaat van {middel.naam}", van_hen)
        yield judge_strength(middel, [*eigen, *van_hen])
        yield judge_rights(middel, koppeling)
        if idp.geldig_tot is not None and idp.geldig_tot < klok.nu():
            yield let_op(
                f"saml-metadata-{middel.code}",
                NORM,
                f"De metadata van {middel.naam} zijn verlopen.",
                "Haal ze opnieuw op bij de inlogdienst, en zet ze neer bij idp_metadata.",
            )


def check_saml_bereik() -> Iterator[Regel]:
    """A real question over the back channel, with our certificate, for an answer that does not exist."""
    for middel, koppeling in _of_saml():
        if not _idp(koppeling).artifact:
            continue  # nothing is fetched there: the answer comes through the browser
        from eloket.identity.saml.inloggen import ask_time  # noqa: PLC0415 - of the extra, which is there now

        code = f"inlogdienst-{middel.code}"
        try:
            hun = ask_time(middel)
        except LoginFout as error:
            yield fout(
                code,
                "U/TV.01",
                f"{middel.naam}: geen bruikbaar antwoord ({error.reden}).",
                "Kijk certificaten, idp_metadata, tls_ca, ELOKET_INTERNE_HOSTS en de firewall na.",
            )
            continue
        yield ok(code, "U/TV.01", f"{middel.naam}: de inlogdienst antwoordt, en kent ons certificaat.")
        yield judge_clock(middel, hun)


def judge_end(code: str, van_wie: str, certificaten: Sequence[Certificate]) -> Regel:
    """By the one that ends first: each is in use."""
    einde = min(een.not_valid_after_utc for een in certificaten)
    tekst = f"Geldig tot {klok.schrijf_datum(klok.datum_van(einde))}: {van_wie}."
    herstel = "Vraag op tijd een nieuw certificaat aan, en geef de inlogdienst uw nieuwe metadata."
    if einde <= klok.nu():
        return fout(code, NORM, f"Verlopen: {van_wie}.", herstel)
    return let_op(code, NORM, tekst, herstel) if _is_soon(einde) else ok(code, NORM, tekst)


def _is_soon(einde: datetime) -> bool:
    return einde - klok.nu() < _BINNENKORT


def judge_strength(middel: Middel, certificaten: Sequence[Certificate]) -> Regel:
    """Keys that are too short stop the start; here the hash under a certificate. Ours sign with SHA-256, always."""
    code = f"saml-sterkte-{middel.code}"
    maten = []
    for een in certificaten:
        sleutel, hash_ = een.public_key(), een.signature_hash_algorithm
        if hash_ is None or hash_.name not in _HASHES:
            return fout(
                code,
                NORM,
                f"{middel.naam}: een certificaat is ondertekend met een zwakke hash.",
                "Gebruik certificaten met SHA-256 of beter.",
            )
        maten.append(sleutel.key_size if isinstance(sleutel, RSAPublicKey) else 0)
    return ok(code, NORM, f"{middel.naam}: sleutels van minstens {min(maten)} bits, overal SHA-256 of beter.")


def judge_rights(middel: Middel, koppeling: SamlKoppeling) -> Regel:
    code, norm = f"saml-sleutel-{middel.code}", "U/WA.05, BIO 9.4.1"
    open_voor = [
        paar.sleutel.name for paar in koppeling.paren if stat.S_IMODE(paar.sleutel.stat().st_mode) & 0o077
    ]
    if open_voor:
        return fout(
            code,
            norm,
            f"Ook anderen op deze machine kunnen de sleutel lezen: {', '.join(open_voor)}.",
            "Haal de rechten weg met chmod go-rwx.",
        )
    return ok(code, norm, f"{middel.naam}: alleen E-loket zelf kan bij de sleutels.")


def _of_saml() -> list[tuple[Middel, SamlKoppeling]]:
    return [(een, een.saml) for een in list_middelen() if een.saml is not None]


def _idp(koppeling: SamlKoppeling) -> "Idp":
    from eloket.identity.saml.idp import load_idp  # noqa: PLC0415 - of the extra, which is there with such a means

    return load_idp(koppeling.idp_metadata, koppeling.idp_entity_id)
