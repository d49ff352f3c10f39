"""Draws a chart as SVG, with matplotlib. Only imported when somebody looks at a chart: it takes 60 MB."""

from io import StringIO
from typing import Any
from xml.etree import ElementTree as ET

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from eloket.workbench.grafieken.types import Grafiek, schrijf_getal

KLEUREN = {"merk": "#154273", "grijs": "#8a94a0"}
_TERMIJN = ("#a50f15", "#b25a00", "#2f6b2f", "#6b7280")  # rood, oranje, groen, staat stil
_TEKST = "#1f2933"
_SVG = "{http://www.w3.org/2000/svg}"
_BREEDTE = 7.2  # inches at 100 dots: legible at 390 px wide, where the page scales it to half
_STIJL: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text
    "font.family": "sans-serif",
    "font.size": 13,
    "text.color": _TEKST,
    "axes.labelcolor": _TEKST,
    "xtick.color": _TEKST,
    "ytick.color": _TEKST,
    "svg.hashsalt": "eloket",  # the same chart gives the same bytes
}


def draw(grafiek: Grafiek) -> bytes:
    """The chart as an SVG document. Bars carry their number, so that colour is never the only sign."""
    with mpl.rc_context(_STIJL):
        hoogte = 0.55 * len(grafiek.labels) + 0.9 if grafiek.is_liggend else 4.0
        figuur = Figure(figsize=(_BREEDTE, max(2.0, hoogte)), layout="constrained")
        assen = figuur.add_subplot()
        if grafiek.is_liggend:
            _draw_liggend(assen, grafiek)
        else:
            _draw_staand(assen, grafiek)
        assen.spines[["top", "right"]].set_visible(False)
        uit = StringIO()
        figuur.savefig(uit, format="svg", metadata={"Date": None, "Creator": None})
    return _without_styles(uit.getvalue())


def _without_styles(svg: str) -> bytes:
    """The same drawing with attributes in the place of style sheets: our policy for content allows none."""
    wortel = ET.fromstring(svg)  # noqa: S314 - made here, a line above
    for ouder in list(wortel.iter()):
        for kind in [kind for kind in ouder if kind.tag == f"{_SVG}style"]:
            ouder.remove(kind)
        for regel in ouder.attrib.pop("style", "").split(";"):
            naam, _, waarde = (deel.strip() for deel in regel.partition(":"))
            if naam == "font":  # `13px 'Public Sans', sans-serif`: an attribute each
                maat, _, letter = waarde.partition(" ")
                ouder.attrib |= {"font-size": maat, "font-family": letter}
            elif naam:
                ouder.set(naam, waarde)
    wortel.attrib |= {"stroke-linejoin": "round", "stroke-linecap": "butt"}
    ET.register_namespace("", _SVG[1:-1])
    ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    getekend: bytes = ET.tostring(wortel, encoding="utf-8", xml_declaration=True)
    return getekend


def _draw_liggend(assen: Axes, grafiek: Grafiek) -> None:
    reeks = grafiek.reeksen[0]
    kleuren = list(_TERMIJN) if reeks.kleur == "termijn" else KLEUREN[reeks.kleur]
    namen = [_short(label) for label in grafiek.labels]
    staven = assen.barh(range(len(namen)), reeks.waarden, color=kleuren, height=0.7)
    assen.set_yticks(range(len(namen)), namen)
    assen.invert_yaxis()
    assen.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    assen.bar_label(staven, labels=[schrijf_getal(waarde) for waarde in reeks.waarden], padding=4)
    assen.margins(x=0.12)


def _draw_staand(assen: Axes, grafiek: Grafiek) -> None:
    plaatsen = range(len(grafiek.labels))
    breedte = 0.8 / len(grafiek.reeksen)
    for nummer, reeks in enumerate(grafiek.reeksen):
        assen.bar(
            [plaats + (nummer - 0.5) * breedte for plaats in plaatsen],
            reeks.waarden,
            breedte,
            label=reeks.naam,
            color=KLEUREN[reeks.kleur],
            hatch="" if nummer == 0 else "///",
            edgecolor="white",
        )
    stap = max(1, len(grafiek.labels) // 6)
    assen.set_xticks(list(plaatsen)[::stap], [_week(label) for label in grafiek.labels][::stap])
    assen.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    assen.set_ylabel(grafiek.eenheid)
    assen.legend(loc="upper left", bbox_to_anchor=(0, 1.18), ncols=2, frameon=False)


def _week(label: str) -> str:
    """`10 november 2026` as `10 nov`."""
    dag, maand, _ = label.split()
    return f"{dag} {maand[:3]}"


def _short(label: str) -> str:
    return label if len(label) <= 34 else f"{label[:33]}…"
