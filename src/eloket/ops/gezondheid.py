"""Health for a load balancer: `leeft` (the process answers) and `klaar` (the database answers too)."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def leeft(_request: HttpRequest) -> HttpResponse:
    """200 while the process runs."""
    return HttpResponse("leeft\n", content_type="text/plain; charset=utf-8")


@require_safe
def klaar(_request: HttpRequest) -> HttpResponse:
    """200 when a page can be served, 503 when the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database antwoordt niet\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("klaar\n", content_type="text/plain; charset=utf-8")
