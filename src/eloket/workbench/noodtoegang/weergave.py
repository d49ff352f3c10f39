"""What the templates show of a noodtoegang. Pure: no I/O."""

from dataclasses import dataclass, field

from django.urls import reverse

from eloket.kernel.klok import schrijf_moment, schrijf_tijd
from eloket.zaken.noodlijst import NoodtoegangInzage


@dataclass(frozen=True, slots=True)
class Regel:
    """`stand` is whether it is open, `oordeel` what was judged, with `badge` its colour; '' when nobody did."""

    id: str
    nummer: str
    wie: str = field(repr=False)
    aanleiding: str
    reden: str = field(repr=False)
    begin: str
    begin_iso: str
    stand: str
    is_open: bool
    oordeel: str
    badge: str
    toelichting: str = field(repr=False)
    beoordeeld: str = field(repr=False)
    zaak_href: str
    href: str
    einde_href: str
    gezien_href: str


def build_regel(een: NoodtoegangInzage) -> Regel:
    args = [een.id]
    return Regel(
        id=een.id,
        nummer=een.identificatie,
        wie=f"{een.wie} ({een.functie})" if een.functie else een.wie,
        aanleiding=een.aanleiding,
        reden=een.reden,
        begin=schrijf_moment(een.begin),
        begin_iso=een.begin.isoformat(timespec="seconds"),
        stand=_stand(een),
        is_open=een.is_open,
        oordeel=een.oordeel.tekst if een.oordeel else "",
        badge="" if een.oordeel is None else "success" if een.oordeel.value == "terecht" else "danger",
        toelichting=een.toelichting,
        beoordeeld=f"{een.beoordeeld_door}, {schrijf_moment(een.beoordeeld_op)}" if een.beoordeeld_op else "",
        zaak_href=reverse("werkplek-zaak", args=[een.zaak_ref]),
        href=reverse("werkplek-noodtoegang-beoordelen", args=args),
        einde_href=reverse("werkplek-noodtoegang-einde", args=args),
        gezien_href=reverse("werkplek-noodtoegang-gezien", args=args),
    )


def _stand(een: NoodtoegangInzage) -> str:
    if een.is_open:
        return f"Nu open, tot {schrijf_tijd(een.einde)} uur"
    return f"{'Beëindigd om' if een.is_beeindigd else 'Voorbij sinds'} {schrijf_tijd(een.einde)} uur"
