from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.types import Audience
from eloket.portal.aantekenen import seen_by
from eloket.portal.zaken import documenten, lijst, meenemen, views, vragen

BETROKKENE = Audience.BETROKKENE
_DOCUMENT = "mijn/zaken/<str:ref>/documenten/<str:document_id>/"

urlpatterns = [
    route(
        "mijn/zaken/",
        seen_by(lijst.zaken, actie="zaken.bekeken"),
        audience=BETROKKENE,
        name="mijn-zaken",
        limiet=tabel.ZOEKEN,
    ),
    route(
        "mijn/zaken/zoeken/",
        lijst.zoek,
        audience=BETROKKENE,
        name="mijn-zaken-zoeken",
        limiet=tabel.ZOEKEN,
    ),
    route("mijn/zaken/<str:ref>/", views.zaak, audience=BETROKKENE, name="mijn-zaak"),
    route(
        "mijn/zaken/<str:ref>/berichten/",
        views.bericht,
        audience=BETROKKENE,
        name="mijn-zaak-bericht",
        limiet=tabel.BERICHT,
    ),
    route(
        "mijn/zaken/<str:ref>/documenten/",
        documenten.toevoegen,
        audience=BETROKKENE,
        name="mijn-zaak-documenten",
        limiet=tabel.UPLOAD,
    ),
    route(
        "mijn/zaken/<str:ref>/vragen/<str:taak_id>/",
        seen_by(vragen.vraag, actie="taak.bekeken"),
        audience=BETROKKENE,
        name="mijn-vraag",
    ),
    route(
        "mijn/zaken/<str:ref>/dossier/",
        meenemen.dossier,
        audience=BETROKKENE,
        name="mijn-zaak-dossier",
        limiet=tabel.DOSSIER,
    ),
    route(
        "mijn/zaken/<str:ref>/bewijs/",
        meenemen.bewijs,
        audience=BETROKKENE,
        name="mijn-zaak-bewijs",
        limiet=tabel.PDF,
    ),
    route(
        "mijn/zaken/<str:ref>/agenda.ics",
        seen_by(meenemen.zaak_agenda, actie="zaak.agenda_opgeslagen", is_bestand=True),
        audience=BETROKKENE,
        name="mijn-zaak-agenda",
    ),
    route(
        "mijn/zaken/<str:ref>/vragen/<str:taak_id>/agenda.ics",
        seen_by(meenemen.taak_agenda, actie="taak.agenda_opgeslagen", is_bestand=True),
        audience=BETROKKENE,
        name="mijn-taak-agenda",
    ),
    route(
        f"{_DOCUMENT}openen/",
        documenten.openen,
        audience=BETROKKENE,
        name="mijn-document-openen",
        limiet=tabel.DOCUMENT,
    ),
    route(
        f"{_DOCUMENT}opslaan/",
        documenten.opslaan,
        audience=BETROKKENE,
        name="mijn-document-opslaan",
        limiet=tabel.DOCUMENT,
    ),
]
