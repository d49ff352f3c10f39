"""Codes of an app (TOTP, RFC 6238): six digits, a new one every 30 seconds."""

import hmac
import re
from datetime import datetime

import pyotp
import segno

CIJFERS = 6
_SPELING = (0, -1, 1)  # steps: a clock may be half a minute off (RFC 6238, 5.2)


def new_secret() -> str:
    """160 bits, as base32 (RFC 4226, 4)."""
    return pyotp.random_base32(32)


def find_step(geheim: str, code: str, now: datetime) -> int | None:
    """The time step that this code is of, or None. Whether it was used before is for who keeps the steps."""
    cijfers = re.sub(r"\s+", "", code)
    if not re.fullmatch(rf"[0-9]{{{CIJFERS}}}", cijfers):
        return None
    totp = pyotp.TOTP(geheim, digits=CIJFERS)
    stap = totp.timecode(now)
    gevonden = [
        stap + verschil
        for verschil in _SPELING
        if hmac.compare_digest(totp.generate_otp(stap + verschil), cijfers)
    ]
    return gevonden[0] if gevonden else None


def write_uri(geheim: str, *, inlognaam: str, gemeente: str) -> str:
    """What the picture holds for the app."""
    return pyotp.TOTP(geheim, digits=CIJFERS).provisioning_uri(name=inlognaam, issuer_name=gemeente)


def draw_qr(uri: str) -> str:
    """The picture as SVG to stand in a page: no request, no style, black on white whatever the theme."""
    beeld: str = segno.make_qr(uri, error="m").svg_inline(
        scale=5, border=4, dark="#000", light="#fff", omitsize=True
    )
    return beeld.replace("<svg ", '<svg role="img" aria-label="QR-code voor uw app" ', 1)


def write_secret(geheim: str) -> str:
    """To type over: in groups of four."""
    return " ".join(geheim[i : i + 4] for i in range(0, len(geheim), 4))
