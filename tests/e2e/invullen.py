"""Filling in forms of the E-loket in a browser: a report, and the form of `formulieren/` with every kind of field."""

from datetime import date

from playwright.sync_api import Page, expect

MELDING = "melding-openbare-ruimte"
ALLE = "alle-velden"
ALLE_STAPPEN = ("teksten", "getallen", "keuzes", "plekken")
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\x0f\x04\x00\t\xfb\x03\xfd\xe3U\xf2\x9c\x00\x00\x00\x00IEND\xaeB`\x82"
)


def begin(page: Page, formulier: str = MELDING, *, zonder: bool = False) -> None:
    """Press the button that begins a new one."""
    page.goto(f"/loket/{'zonder-inloggen' if zonder else 'aanvragen'}/{formulier}/")
    page.get_by_role("button", name="Begin met invullen").click()
    page.get_by_role("button", name="Volgende stap").wait_for()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Volgende stap").click()
    page.wait_for_load_state()


def fill_report(page: Page, plaats: str, soort: str = "Een lamp is kapot") -> None:
    """The first step of a report."""
    page.get_by_label(soort, exact=True).check()
    page.get_by_label("Waar is het?").fill(plaats)
    page.get_by_label("Wat is er aan de hand?").fill("De lamp brandt niet meer.")


def to_check(page: Page, plaats: str = "Kerkplein 1", *, zonder: bool = False) -> None:
    """A new report, up to its review."""
    begin(page, zonder=zonder)
    fill_report(page, plaats)
    go_on(page)
    if zonder:
        go_on(page)  # how to reach you: not required
    page.get_by_role("heading", name="Controleer uw gegevens").wait_for()


def send_report(page: Page, plaats: str = "Kerkplein 1", *, zonder: bool = False) -> None:
    """A whole new report, sent."""
    to_check(page, plaats, zonder=zonder)
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wij hebben uw formulier ontvangen")


def type_date(page: Page, label: str, *delen: str, nummer: int = 0) -> None:
    """Into the three inputs of the field with this label."""
    veld = page.get_by_role("group", name=label).nth(nummer)
    for sub, deel in zip(("Dag", "Maand", "Jaar"), delen, strict=True):
        veld.get_by_label(sub).fill(deel)


def fill_all(page: Page, stap: str) -> None:
    """Good answers in this step of the form with every kind of field."""
    if stap == "teksten":
        _texts(
            page, "Boom kappen", "Wij willen een boom kappen.", "j.van.drouwen@voorbeeld.nl", "06 12345678"
        )
        page.get_by_label("Burgerservicenummer van uw kind").fill("999990020")
        page.get_by_label("Rekeningnummer (IBAN)").fill("NL91 ABNA 0417 1643 00")
        page.get_by_label("Kenteken").fill("ab-123-c")
        page.get_by_label("Hoe laat begint het?").fill("14.30")
    elif stap == "getallen":
        page.get_by_label("Hoe groot is de tent?").fill("1.200")
        page.get_by_label("Wat kost het?").fill("250,50")
        volgend = str(date.today().year + 1)  # noqa: DTZ011 - a year from now, in any time zone
        type_date(page, "Eerste dag", "27", "maart", volgend)
        type_date(page, "Laatste dag", "28", "3", volgend)
    elif stap == "keuzes":
        page.get_by_label("Blauw", exact=True).check()
        page.get_by_label("In welke wijk woont u?").select_option("b")
        page.get_by_label("Tent", exact=True).check()
        page.get_by_label("Ja", exact=True).check()
    else:
        _places(page)


def _texts(page: Page, onderwerp: str, verhaal: str, email: str, telefoon: str) -> None:
    page.get_by_label("Onderwerp").fill(onderwerp)
    page.get_by_label("Wat wilt u ons vertellen?").fill(verhaal)
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Telefoonnummer").fill(telefoon)


def _places(page: Page) -> None:
    adres = page.get_by_role("group", name="Adres van het pand")
    adres.get_by_label("Postcode").fill("1234 AB")
    adres.get_by_label("Huisnummer").fill("12")
    page.get_by_label("Waar is het?").fill("De speeltuin")
    page.get_by_label("Tekening van de tent").set_input_files(
        {"name": "tekening.png", "mimeType": "image/png", "buffer": PNG}
    )
    page.get_by_role("radiogroup", name="Doen er kinderen mee?").get_by_label("Nee").check()


def to_step(page: Page, stap: str, *, zonder: bool = False) -> None:
    """A new form with every kind of field, up to this step."""
    begin(page, ALLE, zonder=zonder)
    for eerder in ALLE_STAPPEN[: ALLE_STAPPEN.index(stap)]:
        if zonder and eerder == "teksten":
            page.get_by_label("Uw naam").fill("J. van Drouwen")
        fill_all(page, eerder)
        go_on(page)


def type_wrong(page: Page, stap: str) -> None:
    """Something wrong in every field of the step that can be wrong, and send it in."""
    if stap == "teksten":
        _texts(page, "", "x" * 101, "jeroen", "06 12")
        for label in (
            "Burgerservicenummer van uw kind",
            "Rekeningnummer (IBAN)",
            "Kenteken",
            "Hoe laat begint het?",
        ):
            page.get_by_label(label).fill("123")
    elif stap == "getallen":
        page.get_by_label("Hoe groot is de tent?").fill("veel")
        page.get_by_label("Hoe hoog is de tent?").fill("1,25")
        page.get_by_label("Wat kost het?").fill("tien euro")
        type_date(page, "Eerste dag", "31", "2", "2027")
        type_date(page, "Laatste dag", "1", "", "2027")
        type_date(page, "Uw geboortedatum", "1", "1", str(date.today().year))  # noqa: DTZ011 - too young anyhow
    elif stap == "keuzes":
        for naam in ("Tent", "Podium", "Kramen"):
            page.get_by_label(naam, exact=True).check()
    else:
        _wrong_places(page)
    go_on(page)
    page.locator("#fouten").wait_for()


def _wrong_places(page: Page) -> None:
    adres = page.get_by_role("group", name="Adres van het pand")
    adres.get_by_label("Postcode").fill("9999 ZZ")
    adres.get_by_label("Huisnummer").fill("1")
    kinderen = page.get_by_role("radiogroup", name="Doen er kinderen mee?")
    kinderen.get_by_label("Ja").check()
    page.get_by_role("button", name="Voeg nog een kind toe").click()
    page.wait_for_load_state()
    type_date(page, "Geboortedatum van het kind", "1", "1", "2090", nummer=1)
    page.get_by_role("radiogroup", name="Kan het kind zwemmen?").nth(1).get_by_label("Ja").check()
    page.get_by_role("button", name="Voeg een helper toe").click()
    page.wait_for_load_state()
