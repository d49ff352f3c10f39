"""Reads an e-mail address and a telephone number as people type them: one form to keep, or a text that helps."""

import re
import unicodedata

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from phonenumbers import PhoneNumber, PhoneNumberFormat

MAX_EMAIL = 254  # RFC 5321, path without brackets
EMAIL_FOUT = "Vul een volledig e-mailadres in, bijvoorbeeld naam@voorbeeld.nl"
EMAIL_NODIG = "Vul eerst een e-mailadres in. Daarna kunnen wij u een e-mail sturen."
TELEFOON_FOUT = "Vul een telefoonnummer in van 10 cijfers"
TELEFOON_BUITENLAND_FOUT = (
    "Vul een volledig telefoonnummer in. Begin bij een buitenlands nummer met + en de landcode, "
    "bijvoorbeeld +32 470 12 34 56"
)
_NEDERLAND = 31
_validate = EmailValidator(allowlist=[])
# Quotes and brackets are allowed by the RFC, and used by nobody but those who try to break something.
_NOOIT_IN_EMAIL = frozenset('"<>()[],;:\\')
_TELEFOON_TEKENS = re.compile(r"\+?[0-9 ().\-/]+")


def mask_email(adres: str) -> str:
    """`ma***@bakkerij.nl`: enough for who knows the address, of no use to others."""
    naam, _, domein = adres.rpartition("@")
    return f"{naam[:2] if len(naam) > 3 else naam[:1]}***@{domein}"


class VeldFout(ValueError):
    """The text for beside the field."""


def parse_email(invoer: str) -> str:
    """The address to keep: outer space gone, domain in small letters. Raises VeldFout.

    White space and control characters inside are refused, so an address can never add a header to a mail.
    International domains are allowed (they go out as punycode); other characters before the @ are not, because
    many mail servers still refuse them (RFC 6531 is optional).
    """
    naam, at, domein = invoer.strip().rpartition("@")
    adres = f"{naam}{at}{domein.lower()}"
    if any(teken.isspace() or not teken.isprintable() or teken in _NOOIT_IN_EMAIL for teken in adres):
        raise VeldFout(EMAIL_FOUT)
    try:
        _validate(adres)
        verzonden = f"{naam}@{domein.lower().encode('idna').decode('ascii')}"
        _validate(verzonden)
    except (ValidationError, UnicodeError) as error:
        raise VeldFout(EMAIL_FOUT) from error
    if len(verzonden) > MAX_EMAIL or "." not in domein or len(naam) > 64:
        raise VeldFout(EMAIL_FOUT)
    return adres


def parse_telefoon(invoer: str) -> str:
    """The number in E.164, as in `+31612345678`; without a country code it is Dutch. Raises VeldFout."""
    schoon = unicodedata.normalize("NFKC", invoer).strip().replace("\u2010", "-").replace("\u2013", "-")
    internationaal = schoon.startswith(("+", "00"))
    fout = TELEFOON_BUITENLAND_FOUT if internationaal else TELEFOON_FOUT
    if not _TELEFOON_TEKENS.fullmatch(schoon):
        raise VeldFout(fout)
    nummer = _parse(schoon, fout)
    if nummer.country_code == _NEDERLAND and len(str(nummer.national_number)) != 9:
        raise VeldFout(TELEFOON_FOUT)
    e164 = phonenumbers.format_number(nummer, PhoneNumberFormat.E164)
    if phonenumbers.format_number(_parse(e164, fout), PhoneNumberFormat.E164) != e164:
        raise VeldFout(fout)  # read twice it would be another number: then we have not understood it
    return e164


def _parse(tekst: str, fout: str) -> PhoneNumber:
    try:
        nummer = phonenumbers.parse(tekst, "NL")
    except phonenumbers.NumberParseException as error:
        raise VeldFout(fout) from error
    if not phonenumbers.is_valid_number(nummer):
        raise VeldFout(fout)
    return nummer


def schrijf_telefoon(e164: str) -> str:
    """The number for reading: `06 12 34 56 78`, `088 000 0000`, `+32 470 12 34 56`; "" stays ""."""
    if not e164:
        return ""
    nummer = phonenumbers.parse(e164)
    if nummer.country_code != _NEDERLAND:
        return phonenumbers.format_number(nummer, PhoneNumberFormat.INTERNATIONAL)
    if (cijfers := str(nummer.national_number)).startswith("6"):
        return " ".join(["06", *(cijfers[i : i + 2] for i in range(1, 9, 2))])
    return phonenumbers.format_number(nummer, PhoneNumberFormat.NATIONAL)
