from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.saml import views
from eloket.identity.types import Audience

# The provider knows these addresses from our metadata.
urlpatterns = [
    route(
        "<slug:middel>/terug/", views.terug, audience=Audience.IEDEREEN, name="saml-terug", limiet=tabel.TERUG
    ),
    route(
        "<slug:middel>/uitloggen/",
        views.uitloggen,
        audience=Audience.IEDEREEN,
        name="saml-uitloggen",
        limiet=tabel.UITLOGMELDING,
    ),
    route("<slug:middel>/uitgelogd/", views.uitgelogd, audience=Audience.IEDEREEN, name="saml-uitgelogd"),
    route("<slug:middel>/metadata/", views.metadata, audience=Audience.IEDEREEN, name="saml-metadata"),
]
