"""What a letter says, as discreet as the mail: what there is, whether and by when to react, and where to read it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from eloket.design_system.pdf import render_pdf
from eloket.kernel.klok import datum_van, schrijf_datum
from eloket.notifications.brieven.types import kenmerk_van
from eloket.notifications.mail.bundel import make_regels
from eloket.notifications.models import Notificatie
from eloket.notifications.types import Melding, NotificatieSoort
from eloket.profile.types import Taal

ONDERWERP = "Er staat iets voor u klaar"
MAIL_MISLUKT = "Wij wilden u een e-mail sturen. Dat lukte niet. Daarom krijgt u deze brief."
NIETS_GEOPEND = "U heeft nog niet bekeken wat wij voor u klaarzetten. Daarom krijgt u deze brief."


def write_inhoud(zending_id: UUID, adres: str, notificaties: Iterable[Notificatie], now: datetime) -> str:
    """Everything that differs from letter to letter, as JSON: what is kept. The rest of the page is the template."""
    meldingen = [
        Melding(NotificatieSoort(een.soort), een.context, een.zaak_ref) for een in once_each(notificaties)
    ]
    is_ongeopend = all(een.soort is NotificatieSoort.ONGELEZEN_HERINNERING for een in meldingen)
    basis = settings.ELOKET.base_url.rstrip("/")
    return json.dumps(
        {
            "aan": json.loads(adres),
            "datum": schrijf_datum(datum_van(now)),
            "aanleiding": NIETS_GEOPEND if is_ongeopend else MAIL_MISLUKT,
            "kenmerk": kenmerk_van(zending_id),
            "regels": [(een.tekst, een.reactie) for een in make_regels(meldingen, Taal.NL, basis)],
            "site": urlsplit(basis).netloc,
            "gemeente": settings.ELOKET.gemeente,
            "telefoon": settings.ELOKET.telefoon,
            "openingstijden": settings.ELOKET.openingstijden,
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def once_each(notificaties: Iterable[Notificatie]) -> Iterator[Notificatie]:
    """Each thing once, as it was told last: the mails of several contactpersonen about it may all have failed.

    What has no `onderwerp_id` cannot be told apart: of a kind in a zaak, those of who was told of it most often.
    """
    dingen: dict[tuple[str, str, str], list[Notificatie]] = {}
    for een in notificaties:
        dingen.setdefault((een.soort, een.zaak_ref, een.onderwerp_id), []).append(een)
    for (_, _, onderwerp_id), zelfde in dingen.items():
        if onderwerp_id:
            yield zelfde[-1]
            continue
        ((meest, _),) = Counter(een.betrokkene_key for een in zelfde).most_common(1)
        yield from (een for een in zelfde if een.betrokkene_key == meest)


def hash_inhoud(inhoud: str) -> str:
    """Of the JSON; a PDF that is made from it has another."""
    return sha256(inhoud.encode()).hexdigest()


def make_pdf(inhouden: Sequence[str], moment: datetime) -> bytes:
    """These letters in one file, each on a page of its own (PDF/UA-1, dated `moment`), in the template of this release:
    within one release the same bytes each time."""
    brieven = [json.loads(inhoud) for inhoud in inhouden]
    gegevens = {"brieven": brieven, "gemeente": brieven[0]["gemeente"], "onderwerp": ONDERWERP}
    titel = "Brief" if len(brieven) == 1 else f"{len(brieven)} brieven"
    return render_pdf("notificatiebrief", gegevens, titel=titel, moment=moment)
