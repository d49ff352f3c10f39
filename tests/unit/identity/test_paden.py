"""The return path: whatever is offered, a browser stays on our own site."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eloket.identity.paden import login_url, veilig_pad

SITE = "https://loket.example/inloggen/"
STUKJES = st.lists(
    st.sampled_from(
        [
            "/",
            "//",
            "\\",
            "evil.example",
            ":",
            "@",
            "\t",
            "\n",
            " ",
            "https",
            "?",
            "#",
            ".",
            "..",
            "%2f",
            "a",
            "é",
            "\u2028",
        ]
    ),
    max_size=8,
).map("".join)


def als_browser(pad: str) -> str:
    """What a browser makes of it: white space at the ends and tabs and newlines vanish, a backslash is a slash."""
    schoon = pad.strip("".join(map(chr, range(0x21)))).replace("\t", "").replace("\n", "").replace("\r", "")
    return urljoin(SITE, schoon.replace("\\", "/"))


@given(st.one_of(STUKJES, STUKJES.map(lambda s: "/" + s), st.text()))
@example("/\t/evil.example")
@example("/\\evil.example")
@example("//evil.example")
@example("///evil.example")
@example("https:evil.example")
@example("/..//evil.example")
def test_een_toegelaten_pad_blijft_op_onze_site(pad: str):
    toegelaten = veilig_pad(pad)
    assert toegelaten in {None, pad}
    if toegelaten is not None:
        delen = urlsplit(als_browser(toegelaten))
        assert (delen.scheme, delen.netloc) == ("https", "loket.example")


@pytest.mark.parametrize(
    "pad",
    ["/", "/zaken/ZAAK-2026-1/", "/zaken/?pagina=2&zoek=a%20b", "/zaken/1/#berichten", "/x?u=https://a.b//c"],
)
def test_gewone_paden_mogen(pad: str):
    assert veilig_pad(pad) == pad


@pytest.mark.parametrize(
    "pad", [None, "", "zaken/", "x" * 2000, "/" + "x" * 2000, "/a b", "/a\x00", "//a", "/a//b"]
)
def test_andere_niet(pad: str | None):
    assert veilig_pad(pad) is None
    assert login_url("/inloggen/", pad) == "/inloggen/"
