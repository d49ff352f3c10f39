import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from eloket.config.huisstijl import check_contrast, contrast
from eloket.config.jinja import environment

STANDAARD = ["#0a2540", "#0c3b66", "#0f548c", "#1f72b5", "#a3caec", "#cfe3f5", "#e8f1fa", "#f4f8fc"]
GROENEDIJK = ["#0b2a1e", "#0f4632", "#146046", "#2b8163", "#9fd3bf", "#cde9de", "#e6f4ee", "#f3faf7"]
kleuren = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_black_on_white_has_the_greatest_contrast():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@given(kleuren, kleuren)
def test_contrast_is_symmetric_and_at_least_one(een, ander):
    assert contrast(een, ander) == contrast(ander, een) >= 1


@pytest.mark.parametrize("thema", [STANDAARD, GROENEDIJK])
def test_the_two_shipped_themes_can_be_read(thema):
    assert check_contrast(thema) == []


def test_a_theme_that_is_too_light_is_refused_with_the_pair_that_fails():
    fouten = check_contrast(["#888888", *STANDAARD[1:]])
    assert any("700" in fout and "moet minstens" in fout for fout in fouten)


@pytest.mark.parametrize("letter", ["", "Georgia, serif"])
def test_our_own_font_is_fetched_in_advance_only_when_the_page_uses_it(letter, monkeypatch):
    monkeypatch.setattr(settings, "ELOKET", settings.ELOKET.model_copy(update={"thema_letter": letter}))
    assert environment(autoescape=True).globals["has_letter"] is bool(letter)
