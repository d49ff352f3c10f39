"""Every kind of notification falls under one choice of the receiver, or under none on purpose."""

from eloket.notifications.rubrieken import rubriek_van
from eloket.notifications.types import NotificatieSoort
from eloket.profile.types import Rubriek


def test_every_kind_has_its_place_and_every_choice_has_a_kind():
    plaatsen = {soort: rubriek_van(soort) for soort in NotificatieSoort}
    assert set(plaatsen.values()) - {None} == set(Rubriek)
    assert [soort for soort, rubriek in plaatsen.items() if rubriek is None] == [
        NotificatieSoort.MELDING_ONTVANGEN,
        NotificatieSoort.ADRES_BEVESTIGEN,
        NotificatieSoort.ADRES_GEWIJZIGD,
    ]
