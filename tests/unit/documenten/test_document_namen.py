import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eloket.documenten import formaten
from eloket.documenten.namen import MAX_TEKENS, content_disposition, leesbaar, schoon

FORMAAT = st.sampled_from(formaten.FORMATEN)


@pytest.mark.parametrize(
    ("naam", "formaat", "verwacht"),
    [
        ("rapport.pdf", formaten.PDF, ("rapport.pdf", "rapport")),
        (
            "Café brief_aan de gemeente.PDF",
            formaten.PDF,
            ("Café brief_aan de gemeente.pdf", "Café brief aan de gemeente"),
        ),
        ("Cafe\u0301.pdf", formaten.PDF, ("Café.pdf", "Café")),
        ('de "oude" schuur.jpeg', formaten.JPG, ('de "oude" schuur.jpeg', 'de "oude" schuur')),
        ("rapport.pdf", formaten.PNG, ("rapport.png", "rapport")),
        ("rapport.pdf.exe", formaten.PDF, ("rapport.pdf", "rapport")),
        ("foto.html", formaten.JPG, ("foto.jpg", "foto")),
        ("verslag v1.2", formaten.PDF, ("verslag v1.2.pdf", "verslag v1.2")),
        ("IMG_0001", formaten.HEIC, ("IMG_0001.heic", "IMG 0001")),
        ("../../etc/passwd", formaten.TXT, ("passwd.txt", "passwd")),
        (r"C:\Users\jan\brief.docx", formaten.DOCX, ("brief.docx", "brief")),
        ("", formaten.PDF, ("document.pdf", "Document")),
        (".pdf", formaten.PDF, ("pdf.pdf", "pdf")),
        ("...", formaten.PDF, ("document.pdf", "Document")),
        ("con.pdf", formaten.PDF, ("_con.pdf", "con")),
        ("LPT1.x.pdf", formaten.PDF, ("_LPT1.x.pdf", "LPT1.x")),
        ("facturen\u202efdp.exe", formaten.PDF, ("facturenfdp.pdf", "facturenfdp")),
        ("regel\r\nX-Kop: ja.pdf", formaten.PDF, ("regel X-Kop: ja.pdf", "regel X-Kop: ja")),
        ("a\x00b.pdf", formaten.PDF, ("ab.pdf", "ab")),
    ],
)
def test_a_name_is_kept_as_far_as_it_is_safe(naam, formaat, verwacht):
    assert schoon(naam, formaat) == verwacht


@given(naam=st.text(max_size=400), formaat=FORMAAT)
@example(naam="x" * 300 + ".pdf", formaat=formaten.PDF)
@example(naam="\U0001f3e0" * 200, formaat=formaten.JPG)
@example(naam="aux" + " " * 200 + ".pdf", formaat=formaten.PDF)
def test_every_name_becomes_one_that_every_system_can_save(naam, formaat):
    bestandsnaam, titel = schoon(naam, formaat)
    assert 0 < len(bestandsnaam) <= MAX_TEKENS
    assert len(bestandsnaam.encode()) <= 255
    assert bestandsnaam.rpartition(".")[2] in formaat.extensies
    assert not bestandsnaam.startswith((".", " "))
    assert not set("/\\") & set(bestandsnaam)
    assert not any(unicodedata.category(teken)[0] == "C" for teken in bestandsnaam + titel)
    assert not re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d)\s*\.", bestandsnaam)
    assert unicodedata.is_normalized("NFC", bestandsnaam)
    assert titel.strip() == titel != ""


@given(naam=st.text(max_size=300), formaat=FORMAAT)
def test_a_clean_name_stays_as_it_is(naam, formaat):
    bestandsnaam, _ = schoon(naam, formaat)
    assert schoon(bestandsnaam, formaat)[0] == bestandsnaam


@given(naam=st.text(max_size=300), inline=st.booleans())
def test_a_header_is_one_line_of_ascii_whatever_the_name(naam, inline):
    kop = content_disposition(naam, inline=inline)
    assert kop.isascii()
    assert kop.isprintable()
    assert kop.startswith("inline; filename" if inline else "attachment; filename")


@pytest.mark.parametrize(
    ("naam", "kop"),
    [
        ("brief.pdf", 'attachment; filename="brief.pdf"'),
        ("mijn brief.pdf", 'attachment; filename="mijn brief.pdf"'),
        ("café.pdf", "attachment; filename*=utf-8''caf%C3%A9.pdf"),
        ('de "oude".pdf', "attachment; filename*=utf-8''de%20%22oude%22.pdf"),
        ("100%20.pdf", "attachment; filename*=utf-8''100%2520.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", 'attachment; filename="a Set-Cookie: x=1.pdf"'),
    ],
)
def test_a_browser_saves_under_the_right_name(naam, kop):
    assert content_disposition(naam, inline=False) == kop


def test_a_name_in_a_sentence_is_short_and_never_empty():
    assert leesbaar("\u202e") == "Bestand zonder naam"
    assert len(leesbaar("x" * 500)) == 80
