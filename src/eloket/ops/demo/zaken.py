"""The zaken of the four main persons of the demo, as the design pictures show them on 23 November 2026."""

from eloket.ops.demo.draaiboek import Bijlage, DemoZaak, Oordeel, Post, Stap, Stilstand, Vraag
from eloket.ops.demo.mensen import FATIMA, JEROEN, KORENAAR, KORENAAR_MARKT

LOPEND_JEROEN = (
    DemoZaak(
        JEROEN,
        "PARKEERVERGUNNING",
        start=-20,
        nummer=4213,
        kenmerken=(("Kenteken", "XX-123-X"),),
        toelichting="Ik vraag een vergunning aan voor de auto waarmee ik naar mijn werk rijd.",
        lijn=(
            Bijlage(-20, "Huurovereenkomst Lindelaan 12.jpg"),
            Post(-19, "Geldt de vergunning ook voor de Beukenstraat?", tijd=(16, 40)),
            Stap(
                -13,
                2,
                "Wij controleren uw gegevens. Wij hebben nog een document van u nodig voordat wij verder kunnen.",
            ),
            Vraag(
                -13,
                "Kopie van uw kentekenbewijs",
                "Wij willen zien dat de auto op uw naam staat. Een foto van beide kanten is goed.",
                deadline=5,
            ),
            Post(
                -13,
                "Wij hebben een kopie van uw kentekenbewijs nodig. Voeg deze toe bij Documenten.",
                door_gemeente=True,
                gelezen=False,
            ),
        ),
    ),
    DemoZaak(
        JEROEN,
        "SUBSIDIE_GELUIDSISOLATIE",
        start=-33,
        nummer=3987,
        kenmerken=(("Adres van de woning", "Lindelaan 12"), ("Bouwjaar", "1964")),
        lijn=(
            Stap(-26, 2),
            Stap(-12, 3, "De adviseur meet het geluid in uw woning. U krijgt een brief met de datum."),
            Post(
                -10,
                "De adviseur kan volgende week dinsdag langskomen. Past dat voor u?",
                door_gemeente=True,
                gelezen=False,
                tijd=(14, 5),
            ),
        ),
    ),
    DemoZaak(
        JEROEN,
        "MOR",
        start=-45,
        nummer=3871,
        omschrijving="Melding openbare ruimte: kapotte straatverlichting Lindelaan",
        kenmerken=(("Plaats", "Lindelaan, voor nummer 20"), ("Soort melding", "Straatverlichting")),
        lijn=(Stap(-43, 2),),
        brief=False,
    ),
    DemoZaak(
        JEROEN,
        "BEZWAAR_WOZ",
        start=-56,
        nummer=3640,
        toelichting="De waarde van mijn woning is te hoog. De buren betalen minder.",
        kenmerken=(("Adres", "Lindelaan 12"), ("Waarde volgens de gemeente", "€ 412.000")),
    ),
    DemoZaak(JEROEN, "GEHANDICAPTENPARKEERKAART", start=-70, nummer=3512, lijn=(Stap(-62, 2),)),
    DemoZaak(
        JEROEN,
        "BIJZONDERE_BIJSTAND",
        start=-83,
        nummer=3377,
        kenmerken=(("Kosten voor", "Bril"),),
        lijn=(
            Stap(-76, 2),
            Post(-70, "Kunt u een offerte van de opticien sturen?", door_gemeente=True),
            Bijlage(-68, "Offerte opticien.pdf"),
            Stap(-40, 3),
            Stap(-5, 4, "Wij vergoeden de kosten van uw bril. U leest dit in de brief.", "Toegekend"),
        ),
    ),
)

# zaaktype, subject, first day and how long it took; all closed, over some years.
_AFGEROND = (
    ("MOR", "Melding openbare ruimte: losse stoeptegel Lindelaan", -130, 9, "Opgelost"),
    ("PARKEERVERGUNNING", "", -385, 31, "Vergunning verleend"),
    ("MOR", "Melding openbare ruimte: volle container Kerkplein", -420, 4, "Opgelost"),
    ("BEZWAAR_WOZ", "", -600, 92, "Waarde verlaagd"),
    (
        "KAPVERGUNNING",
        "Kapvergunning: berk in de achtertuin",
        -655,
        40,
        "Vergunning verleend met herplantplicht",
    ),
    ("MOR", "Melding openbare ruimte: graffiti op het buurthuis", -700, 14, "Opgelost"),
    ("PARKEERVERGUNNING", "", -752, 29, "Vergunning verleend"),
    ("BIJZONDERE_BIJSTAND", "", -840, 55, "Afgewezen"),
    (
        "EVENEMENTENVERGUNNING",
        "Evenementenvergunning: straatfeest Lindelaan",
        -905,
        44,
        "Vergunning verleend",
    ),
    ("MOR", "Melding openbare ruimte: gat in het fietspad", -960, 12, "Opgelost"),
    ("BEZWAAR_WOZ", "", -990, 101, "Waarde blijft gelijk"),
    ("PARKEERVERGUNNING", "", -1120, 36, "Vergunning verleend"),
    ("MOR", "Melding openbare ruimte: overhangende takken", -1203, 20, "Niet van de gemeente"),
    ("SUBSIDIE_GELUIDSISOLATIE", "", -1290, 84, "Aanvraag ingetrokken"),
)
_LAATSTE_STAP = {
    "MOR": 3,
    "EVENEMENTENVERGUNNING": 5,
    "SUBSIDIE_GELUIDSISOLATIE": 5,
    "BIJZONDERE_BIJSTAND": 5,
}
AFGEROND_JEROEN = tuple(
    DemoZaak(
        JEROEN,
        zaaktype,
        omschrijving=omschrijving,
        start=start,
        lijn=(
            Stap(start + max(1, duur // 3), 2),
            Stap(start + duur, _LAATSTE_STAP.get(zaaktype, 4), resultaat=resultaat),
        ),
        brief=zaaktype != "MOR",
    )
    for zaaktype, omschrijving, start, duur, resultaat in _AFGEROND
)

OVERIG = (
    DemoZaak(
        FATIMA,
        "BIJZONDERE_BIJSTAND",
        start=-24,
        kenmerken=(("Kosten voor", "Wasmachine"),),
        lijn=(
            Bijlage(-24, "Rekening reparatie.pdf"),
            Stap(-17, 2),
            Oordeel(-17, documenttype="Offerte of factuur"),
            Post(-16, "Wij wachten op gegevens van het UWV.", door_gemeente=True),
            Stilstand(
                -15,
                "Wij wachten op gegevens over uw inkomen van het UWV. U hoeft niets te doen.",
            ),
        ),
    ),
    DemoZaak(
        f"{KORENAAR}/{KORENAAR_MARKT}",
        "EVENEMENTENVERGUNNING",
        omschrijving="Evenementenvergunning: oliebollenverkoop op de Markt",
        start=-28,
        kenmerken=(("Locatie", "Markt"), ("Verwachte bezoekers", "400")),
        lijn=(
            Bijlage(-28, "Plattegrond kraam.pdf"),
            Stap(-21, 2),
            Oordeel(-20, reden="De maten staan er niet op. Zet ze erbij.", deadline=-12),
            Bijlage(-18, "Plattegrond kraam met maten.pdf"),
            Oordeel(-17, documenttype="Bewijsstuk"),
            Stap(-14, 3),
            Post(-9, "Hoe laat begint u met opbouwen?", door_gemeente=True),
            Post(-8, "Wij beginnen om zes uur 's ochtends.", gelezen=False, tijd=(8, 31)),
        ),
    ),
    DemoZaak(
        KORENAAR,
        "KAPVERGUNNING",
        omschrijving="Kapvergunning: kastanje naast de laadplaats",
        start=-11,
        kenmerken=(("Boom", "Paardenkastanje"), ("Reden", "De boom is ziek")),
        lijn=(Bijlage(-11, "Rapport boomdeskundige.docx"),),
    ),
)
