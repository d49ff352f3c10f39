"""Reads a mail that came back: a delivery status notification (RFC 3464), or the plain text of an old server.

Anybody can send us a mail, so it is rubbish until it proves otherwise: at most 256 kB is looked at, in bounded time,
and the only thing taken out is which mail of ours it is about and what happened to it. Our ids are 122 random bits, so
who knows one received that mail: a forged notification reaches no further than one's own address.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message

from eloket.notifications.retour.codes import classify, find_status, status_of_reply
from eloket.notifications.retour.ontvanger import find_zending_id
from eloket.notifications.retour.types import Actie, Klasse, Retour

MAX_BYTES = 256 * 1024
_LANGSTE_REGEL = 1000  # RFC 5322, 2.1.1
_LANGSTE_KOP = 4000  # the parser of parameters takes time squared in the length of a header
_MEESTE_DELEN = 40
_DELEN = re.compile(rb"multipart/|message/", re.IGNORECASE)
# RFC 6533 names the same parts otherwise when an address has letters outside ASCII.
_GLOBAAL = {
    re.compile(rb"message/global-delivery-status", re.IGNORECASE): b"message/delivery-status",
    re.compile(rb"message/global-headers", re.IGNORECASE): b"text/rfc822-headers",
    re.compile(rb"message/global\b(?!-)", re.IGNORECASE): b"message/rfc822",
}
_BERICHT_ID = re.compile(r"^message-id:\s*<([0-9a-f-]{32,36})@", re.IGNORECASE | re.MULTILINE)
_POSTBEAMBTE = re.compile(r"\b(mailer-daemon|postmaster)@|\bmailer-daemon\b", re.IGNORECASE)
_BEGIN_ORIGINEEL = re.compile(
    r"^(---+ ?(below this line|this is a copy|original message|the header|unsent)|-{3,}\s*$|return-path:|received:)",
    re.IGNORECASE | re.MULTILINE,
)
# A reply of SMTP that nobody types by accident: 550 with 5.1.1 behind it, or either at the place of a code.
_WEIGERING = re.compile(
    r"(?:^|[\s#(:\[])(5\d\d[ -]+#?5\.\d{1,3}\.\d{1,3}|#?5\.[0-7]\.\d{1,3}|55[0-4])(?=[\s;:,)\]-])"
)
_VOLGORDE = (Klasse.BEZORGD, Klasse.DOORGEGEVEN, Klasse.TIJDELIJK, Klasse.OPGEGEVEN, Klasse.PERMANENT)


def lees_retour(inhoud: bytes) -> Retour | None:
    """What this mail says about a mail of ours; None for everything else. Never raises, whatever the bytes.

    None too for automatic replies, read receipts and complaints: they say nothing about delivery.
    """
    try:
        bericht = _parse(inhoud)
        if bericht is None:
            return None
        if bericht.get_content_type() == "multipart/report":
            return _read_report(bericht) if _report_type(bericht) == "delivery-status" else None
        return _read_plain(bericht)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError):
        # The parser of the standard library has holes of its own, and what falls in one is rubbish.
        return None


def _parse(inhoud: bytes) -> "Message | None":
    data = _trim(inhoud[:MAX_BYTES])
    for patroon, gewoon in _GLOBAAL.items():
        data = patroon.sub(gewoon, data)
    if len(_DELEN.findall(data)) > _MEESTE_DELEN:
        return None  # no server nests that deep
    return message_from_bytes(data, policy=policy.compat32)


def _trim(inhoud: bytes) -> bytes:
    """Lines and folded headers of a length that is parsed in no time; what is longer is cut."""
    uit: list[bytes] = []
    kop = 0
    for regel in inhoud.splitlines():
        kort = regel[:_LANGSTE_REGEL].replace(b"\0", b"")
        kop = kop + len(kort) if kort[:1] in {b" ", b"\t"} else len(kort)
        if kop <= _LANGSTE_KOP:
            uit.append(kort)
    return b"\n".join(uit)


def _report_type(bericht: "Message") -> str:
    soort = bericht.get_param("report-type")
    return soort.lower() if isinstance(soort, str) else ""


def _header(bericht: "Message", naam: str) -> str:
    return str(bericht.get(naam, ""))


def _read_report(bericht: "Message") -> Retour | None:
    """RFC 3464: one group of fields for the mail, and one per recipient."""
    groepen = _groups(bericht)
    if len(groepen) < 2:
        return None
    zending_id = find_zending_id(
        envelop=_header(groepen[0], "Original-Envelope-Id"), ontvangers=_recipients(bericht)
    ) or _returned_id(bericht)
    gelezen = [een for een in map(_read_group, groepen[1:]) if een]
    if not zending_id or not gelezen:
        return None
    # Our mails have one recipient. Where that is a list or a forward, one that was reached is enough.
    actie, klasse, status = min(gelezen, key=lambda een: _VOLGORDE.index(een[1]))
    return Retour(zending_id=zending_id, actie=actie, klasse=klasse, status=status)


def _groups(bericht: "Message") -> "list[Message]":
    for deel in _parts(bericht):
        if deel.get_content_type() == "message/delivery-status":
            inhoud = deel.get_payload()
            return [een for een in inhoud if isinstance(een, Message)] if isinstance(inhoud, list) else []
    return []


def _read_group(groep: "Message") -> tuple[Actie, Klasse, str] | None:
    woord = _header(groep, "Action").strip().lower().split(" ", 1)[0].split("(", 1)[0]
    if woord not in set(Actie):
        return None
    actie = Actie(woord)
    status = find_status(_header(groep, "Status")) or status_of_reply(_header(groep, "Diagnostic-Code"))
    klasse = classify(actie, status)
    return (actie, klasse, status) if klasse else None


def _recipients(bericht: "Message") -> list[str]:
    """To whom the notification itself was sent, the envelope before what anybody may write in To."""
    namen = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
    return [str(waarde) for naam in namen for waarde in bericht.get_all(naam, [])]


def _returned_id(bericht: "Message") -> str:
    """The Message-ID of the mail that was returned, whole or only its headers."""
    for deel in list(_parts(bericht))[1:]:
        if deel.get_content_type() == "text/rfc822-headers":
            gevonden = _BERICHT_ID.search(_text(deel))
            if gevonden:
                return find_zending_id(envelop=gevonden[1])
        if deel.get_content_type() == "message/rfc822" and deel.is_multipart():
            origineel = deel.get_payload(0)
            if not isinstance(origineel, Message):
                return ""
            return find_zending_id(
                envelop=_header(origineel, "Message-ID").strip().lstrip("<").split("@", 1)[0]
            )
    return ""


def _read_plain(bericht: "Message") -> Retour | None:
    """A server from before RFC 3464 (qmail, old Exim): only when it says unmistakably that it refused our id."""
    if not _is_from_server(bericht):
        return None
    tekst, los = "", ""
    for deel in _parts(bericht):
        if deel.get_content_type() == "text/plain" and not tekst:
            tekst = _text(deel)
        elif deel.get_content_type() == "message/rfc822":
            los = _returned_id(bericht)
    begin = _BEGIN_ORIGINEEL.search(tekst)
    uitleg, origineel = (tekst[: begin.start()], tekst[begin.start() :]) if begin else (tekst, "")
    gevonden = _BERICHT_ID.search(origineel)
    zending_id = los or (find_zending_id(envelop=gevonden[1]) if gevonden else "")
    weigering = _WEIGERING.search(uitleg)
    if not zending_id or not weigering:
        return None
    status = status_of_reply(weigering[1])
    klasse = classify(Actie.FAILED, status)
    return Retour(zending_id, Actie.FAILED, klasse, status) if klasse else None


def _is_from_server(bericht: "Message") -> bool:
    """No person and no out-of-office (those have an empty sender too): the name that mail servers have (RFC 2142)."""
    return "X-Failed-Recipients" in bericht or bool(_POSTBEAMBTE.search(_header(bericht, "From")))


def _parts(bericht: "Message") -> "Iterator[Message]":
    """The parts of the notification itself, not those of the mail that it returns."""
    yield bericht
    if bericht.get_content_maintype() != "multipart" or not bericht.is_multipart():
        return
    for deel in bericht.get_payload():
        if isinstance(deel, Message):
            yield from _parts(deel)


def _text(deel: "Message") -> str:
    """The text of a part as far as it can be read; only ASCII of it matters."""
    inhoud = deel.get_payload(decode=True)
    return inhoud.decode("ascii", "replace") if isinstance(inhoud, bytes) else ""
