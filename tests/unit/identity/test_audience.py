import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from eloket.identity.audience import all_routes, audience_of, check_urls, route
from eloket.identity.types import Audience


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def test_een_url_zonder_audience_stopt_de_start_met_zijn_naam():
    binnen = [route("a/", view, audience=Audience.IEDEREEN, name="a"), path("b/", view, name="vergeten")]
    with pytest.raises(ImproperlyConfigured, match=r"/zaken/b/ \(vergeten\)") as fout:
        check_urls([path("zaken/", include(binnen)), path("c/", view)])
    assert "/c/ (zonder naam)" in str(fout.value)
    assert "/zaken/a/" not in str(fout.value)


def test_een_view_achter_twee_urls_leent_geen_audience():
    open_, dicht = (route("x/", view, audience=a, name="x") for a in (Audience.IEDEREEN, Audience.MEDEWERKER))
    assert audience_of(open_.callback) is Audience.IEDEREEN
    assert audience_of(dicht.callback) is Audience.MEDEWERKER
    assert audience_of(view) is None
    with pytest.raises(ImproperlyConfigured):
        check_urls([path("x/", view)])


@pytest.mark.urls("tests.unit.identity.proefsite")
def test_alle_routes_van_het_loket_hebben_een_audience():
    routes = list(all_routes())
    assert {"inloggen", "uitloggen", "simulatie-token"} <= {r.naam for r in routes}
    assert all(r.audience for r in routes)
