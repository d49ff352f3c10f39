"""The municipality's own look: /thema.css and /logo, from settings, with their contrast checked at start.

A theme sets eight colours (dark to light), a font and a radius; the style sheet derives everything else from them.
"""

import mimetypes
from collections.abc import Sequence
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from eloket.identity.audience import route
from eloket.identity.types import Audience

NAMEN = ("700", "600", "500", "400", "300", "200", "100", "50")
# (text or line, background, minimum): how the style sheet combines them; WCAG 2.2, 1.4.3 and 1.4.11.
PAREN = (
    ("700", "#ffffff", 7.0),
    ("500", "#ffffff", 4.5),
    ("500", "50", 4.5),
    ("500", "100", 4.5),
    ("600", "100", 4.5),
    ("700", "200", 4.5),
    ("#ffffff", "500", 4.5),
    ("#ffffff", "600", 4.5),
    ("#ffffff", "700", 4.5),
    ("400", "#ffffff", 3.0),
)


def luminance(kleur: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2 definition), 0 to 1."""
    delen = [int(kleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (d / 12.92 if d <= 0.04045 else ((d + 0.055) / 1.055) ** 2.4 for d in delen)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(een: str, ander: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    licht, donker = sorted((luminance(een), luminance(ander)), reverse=True)
    return (licht + 0.05) / (donker + 0.05)


def check_contrast(kleuren: Sequence[str]) -> list[str]:
    """A Dutch line for every pair of the theme that cannot be read well; empty when the theme is good."""
    waarde = dict(zip(NAMEN, kleuren, strict=True))
    fouten = []
    for voor, achter, minimum in PAREN:
        ratio = contrast(waarde.get(voor, voor), waarde.get(achter, achter))
        if ratio < minimum:
            fouten.append(f"kleur {voor} op {achter}: contrast {ratio:.1f}, moet minstens {minimum:.1f} zijn")
    return fouten


def build_thema() -> str:
    """The style sheet of the municipality; empty when it uses the default look."""
    eloket = settings.ELOKET
    regels = [
        f"--pip-merk-{naam}: {kleur};" for naam, kleur in zip(NAMEN, eloket.thema_kleuren, strict=False)
    ]
    if eloket.thema_letter:
        regels.append(f"--basis-text-font-family-default: {eloket.thema_letter};")
    if eloket.thema_radius:
        regels += [f"--basis-border-radius-{maat}: {eloket.thema_radius};" for maat in ("sm", "md")]
    return ":root { " + " ".join(regels) + " }\n" if regels else ""


def check() -> None:
    """Raises ImproperlyConfigured when the theme cannot be read well, or the logo is not there."""
    if settings.ELOKET.thema_kleuren and (fouten := check_contrast(settings.ELOKET.thema_kleuren)):
        raise ImproperlyConfigured("ELOKET_THEMA_KLEUREN: " + "; ".join(fouten))
    logo = settings.ELOKET.logo
    if logo and not (logo.is_file() and logo.suffix.lower() in {".svg", ".png", ".webp"}):
        raise ImproperlyConfigured("ELOKET_LOGO: geef een svg-, png- of webp-bestand dat bestaat")


@require_safe
def thema_css(_request: HttpRequest) -> HttpResponse:
    css = build_thema()
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    response["ETag"] = f'"{sha256(css.encode()).hexdigest()[:16]}"'
    return response


@require_safe
def logo(_request: HttpRequest) -> HttpResponseBase:
    pad = settings.ELOKET.logo
    if pad is None:
        raise Http404
    soort = mimetypes.guess_type(pad.name)[0] or "application/octet-stream"
    response = FileResponse(pad.open("rb"), content_type=soort)
    response["Cache-Control"] = "public, max-age=300"
    return response


urlpatterns = [
    route("thema.css", thema_css, audience=Audience.IEDEREEN, name="thema"),
    route("logo", logo, audience=Audience.IEDEREEN, name="logo"),
]
