"""/demo/mail/: what would have been sent."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from eloket.identity.pagina import render_pagina
from eloket.kernel.errors import NietGevonden
from eloket.notifications.mail.voorbeelden import csp_of
from eloket.ops.demo_mail import postbus

MAX_MAILS = 100


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """The newest mails: to whom, what about, when."""
    mails = [
        {"mail": mail, "href": reverse("demo-mail-lezen", args=[mail.naam])}
        for mail in postbus.list_mails(_folder(), MAX_MAILS)
    ]
    return render_pagina(request, "ops/demo_mail/lijst.html", {"mails": mails, "maximum": MAX_MAILS})


@require_safe
def mail(request: HttpRequest, naam: str) -> HttpResponse:
    """The text of one mail, with its links."""
    gevonden = postbus.get_mail(_folder(), naam)
    context = {
        "mail": gevonden,
        "regels": postbus.split_links(gevonden.tekst),
        "html_href": reverse("demo-mail-html", args=[naam]) if gevonden.html else "",
    }
    return render_pagina(request, "ops/demo_mail/mail.html", context)


@require_safe
def mail_html(_request: HttpRequest, naam: str) -> HttpResponse:
    """The HTML of one mail, as a mail program shows it: nothing may run or load but its own style block."""
    html = postbus.get_mail(_folder(), naam).html
    if not html:
        raise NietGevonden
    return HttpResponse(html, headers={"Content-Security-Policy": csp_of(html)})


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)
