from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.portal.informatie import views

urlpatterns = [
    route("", views.home, audience=Audience.IEDEREEN, name="home"),
    route("contact/", views.contact, audience=Audience.IEDEREEN, name="contact"),
    route("veelgestelde-vragen/", views.vragen, audience=Audience.IEDEREEN, name="veelgestelde-vragen"),
    route("toegankelijkheid/", views.toegankelijkheid, audience=Audience.IEDEREEN, name="toegankelijkheid"),
    route("privacy/", views.privacy, audience=Audience.IEDEREEN, name="privacy"),
    route("cookies/", views.cookies, audience=Audience.IEDEREEN, name="cookies"),
]
