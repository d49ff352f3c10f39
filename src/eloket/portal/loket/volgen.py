"""Following a report that was made without logging in, by its code."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from eloket.identity.pagina import render_pagina
from eloket.loket.errors import CodeOnbekend
from eloket.loket.versturen import follow_by_code
from eloket.portal.loket.weergave import make_volgend
from eloket.portal.paden import LOKET


@require_http_methods(["GET", "HEAD", "POST"])
def volgen(request: HttpRequest) -> HttpResponse:
    """The code is posted, so that it stands in no address, no history and no log."""
    code, fout, zaak = request.POST.get("code", "")[:60], "", None
    if request.method == "POST":
        try:
            zaak = make_volgend(follow_by_code(code))
        except CodeOnbekend as error:
            fout = error.tekst if code.strip() else "Vul de code in"
    context = {"code": code, "fout": fout, "zaak": zaak}
    return render_pagina(
        request, "portal/loket/volgen.html", context, deel=LOKET, status=422 if fout else 200
    )
