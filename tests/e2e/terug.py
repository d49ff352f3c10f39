"""A mail that came back in the demo: run by the product of the e2e tests in a process of its own."""

import django

BSN = "999990123"  # a resident whom nobody logs in as


def return_mail() -> None:
    """A resident with two zaken of Parkeren or elsewhere gets a mail that comes back, and a letter that is ready."""
    django.setup()
    from eloket.identity.types import Partij  # noqa: PLC0415 - models exist only from here on
    from eloket.kernel.klok import nu  # noqa: PLC0415
    from eloket.notifications.bezorgen import samenstellen  # noqa: PLC0415
    from eloket.notifications.brieven.adressen import find_adressen  # noqa: PLC0415
    from eloket.notifications.models import Zending  # noqa: PLC0415
    from eloket.notifications.retour.types import Actie, Klasse, Retour  # noqa: PLC0415
    from eloket.notifications.retour.verwerken import verwerk  # noqa: PLC0415
    from eloket.notifications.service import enqueue  # noqa: PLC0415
    from eloket.notifications.types import NotificatieSoort  # noqa: PLC0415
    from eloket.profile.models import Profiel  # noqa: PLC0415
    from eloket.zaken.queries import list_zaken  # noqa: PLC0415
    from eloket.zaken.types import ZaakFilter  # noqa: PLC0415

    partij, now = Partij.inwoner(BSN), nu()
    Profiel.objects.create(
        profiel_key=partij.profiel_key,
        email="weg@voorbeeld.nl",
        email_bevestigd_op=now,
        wil_mail=True,
        telefoon="+31612345678",
    )
    for zaak in list_zaken(partij, ZaakFilter()).zaken:
        enqueue(
            NotificatieSoort.BERICHT_BEANTWOORD, betrokkene_key=partij.profiel_key, zaak_ref=str(zaak.ref)
        )
    samenstellen.compose(nu(), 1000)
    for zending in Zending.objects.filter(betrokkene_key=partij.profiel_key):
        Zending.objects.filter(pk=zending.pk).update(verzonden_op=nu())
        verwerk(Retour(str(zending.pk), Actie.FAILED, Klasse.PERMANENT, "5.1.1"))
    assert find_adressen(nu()) == 1
