"""Included under demo/mail/."""

from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.ops.demo_mail import views

urlpatterns = [
    route("", views.lijst, audience=Audience.DEMO, name="demo-mail"),
    route("<str:naam>/", views.mail, audience=Audience.DEMO, name="demo-mail-lezen"),
    route("<str:naam>/html/", views.mail_html, audience=Audience.DEMO, name="demo-mail-html"),
]
