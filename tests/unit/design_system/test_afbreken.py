import pytest

from eloket.design_system.afbreken import breek_af


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("Gehandicaptenparkeerkaart", "Gehandicapten|parkeer|kaart"),
        ("Aanvraag evenementenvergunning", "Aanvraag evenementen|vergunning"),
        ("Parkeerkaart", "Parkeerkaart"),
        ("Kapvergunning: twee populieren", "Kapvergunning: twee populieren"),
        ("x" * 40, "x" * 40),
    ],
)
def test_a_long_compound_breaks_between_its_parts(tekst, verwacht):
    assert breek_af(tekst) == verwacht.replace("|", "\u00ad")
