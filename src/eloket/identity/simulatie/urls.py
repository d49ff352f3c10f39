from eloket.identity.audience import route
from eloket.identity.simulatie import views
from eloket.identity.types import Audience

urlpatterns = [
    route(
        "<slug:middel>/.well-known/openid-configuration",
        views.discovery,
        audience=Audience.DEMO,
        name="simulatie-discovery",
    ),
    route("<slug:middel>/jwks/", views.jwks, audience=Audience.DEMO, name="simulatie-jwks"),
    route("<slug:middel>/authorize/", views.authorize, audience=Audience.DEMO, name="simulatie-authorize"),
    route("<slug:middel>/token/", views.token, audience=Audience.DEMO, name="simulatie-token"),
    route("<slug:middel>/userinfo/", views.userinfo, audience=Audience.DEMO, name="simulatie-userinfo"),
    route("<slug:middel>/logout/", views.logout, audience=Audience.DEMO, name="simulatie-logout"),
]
