"""The three work lists, as menu beside every page of the werkplek."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from django.urls import reverse

from eloket.archief.toegang import may_destroy
from eloket.identity.beheer import may_manage
from eloket.identity.lokaal.herstart import may_judge
from eloket.identity.pagina import MenuPunt
from eloket.identity.types import Actor, Recht
from eloket.inzage.toezicht import may_inspect
from eloket.zaken.inkijk import may_ask
from eloket.zaken.types import Zaak
from eloket.zaken.werk import WerkTellingen

DEEL = "/werkplek/"


class Lijst(StrEnum):
    """A work list; the value stands in the URL."""

    MIJN = "mijn"
    AFDELING = "afdeling"
    NIET_TOEGEWEZEN = "niet-toegewezen"

    @property
    def href(self) -> str:
        pad = reverse("werkplek")
        return pad if self is Lijst.MIJN else f"{pad}?lijst={self.value}"

    def aantal(self, tellingen: WerkTellingen) -> int:
        """How many open zaken stand in it."""
        return {
            Lijst.MIJN: tellingen.mijn,
            Lijst.AFDELING: tellingen.afdeling,
            Lijst.NIET_TOEGEWEZEN: tellingen.niet_toegewezen,
        }[self]

    def titel_voor(self, actor: Actor) -> str:
        """The name of the list, as this actor knows it."""
        if self is Lijst.MIJN:
            return "Mijn werk"
        if self is Lijst.NIET_TOEGEWEZEN:
            return "Nog niet toegewezen"
        return "Mijn afdeling" if len(actor.afdelingen) < 2 else "Mijn afdelingen"


_ICONEN = {Lijst.MIJN: "briefcase", Lijst.AFDELING: "users", Lijst.NIET_TOEGEWEZEN: "inbox"}


def lijst_van(actor: Actor, zaak: Zaak) -> Lijst:
    """In which list this actor finds the zaak."""
    if zaak.behandelaar_id is None:
        return Lijst.NIET_TOEGEWEZEN
    return Lijst.MIJN if zaak.behandelaar_id == actor.medewerker_id else Lijst.AFDELING


def menu_context(
    actor: Actor,
    lijst: Lijst | None,
    *,
    is_pagina: bool,
    kruimels: Sequence[tuple[str, str]] = (),
    kruimel_huidig: str = "",
    tellingen: WerkTellingen | None = None,
    is_berichten: bool = False,
    onderdeel: str = "",
    herstel: int = 0,
) -> Mapping[str, Any]:
    """What basis_menu.html needs. `is_pagina`: the list itself is shown, not a zaak from it; then with `tellingen`.

    `onderdeel` is the name of the route of a page that stands in the menu by itself, `herstel` how many people of these
    zaken cannot be reached (0: not counted here).
    """
    huidig = "page" if is_pagina else "true"
    punten = [
        MenuPunt(
            een.titel_voor(actor),
            een.href,
            _ICONEN[een],
            teller=een.aantal(tellingen) if tellingen else 0,
            tellertekst="lopende zaken",
            is_huidig=huidig if een is lijst else "",
        )
        for een in Lijst
    ]
    if Recht.VERDELEN in actor.rechten:
        pad = reverse("werkplek-dashboard")
        is_dashboard = is_pagina and lijst is None and not is_berichten and not onderdeel
        punten.append(MenuPunt("Dashboard", pad, "chart-bar", is_huidig="page" if is_dashboard else ""))
    berichten = reverse("werkplek-berichten")
    punten.append(MenuPunt("Berichten", berichten, "messages", is_huidig=huidig if is_berichten else ""))
    punten += _post(actor, onderdeel, herstel)
    if Recht.BEHANDELEN in actor.rechten:
        punten.append(MenuPunt("Registreer een zaak", reverse("werkplek-balie"), "file-plus"))
    punten += _toezicht_beheer_account(actor, onderdeel, huidig)
    return {
        "zijmenu_lijsten": [punten],
        "zijmenu_label": "Werkplek",
        "kruimels": list(kruimels),
        "kruimel_huidig": kruimel_huidig,
    }


def _toezicht_beheer_account(actor: Actor, onderdeel: str, huidig: str) -> list[MenuPunt]:
    punten = []
    if may_ask(actor):
        is_nood = onderdeel == "werkplek-noodtoegang"
        pad = reverse("werkplek-noodtoegang")
        punten.append(MenuPunt("Noodtoegang", pad, "lock", is_huidig="page" if is_nood else ""))
    if may_inspect(actor):
        is_toezicht = onderdeel == "werkplek-noodtoegang-toezicht"
        pad = reverse("werkplek-noodtoegang-toezicht")
        punten.append(MenuPunt("Toezicht noodtoegang", pad, "eye", is_huidig="page" if is_toezicht else ""))
        is_log = onderdeel == "werkplek-privacy"
        pad = reverse("werkplek-privacy")
        punten.append(MenuPunt("Logboek", pad, "history", is_huidig="page" if is_log else ""))
        opvallend = "werkplek-privacy-opvallend"
        is_opvallend = "page" if onderdeel == opvallend else ""
        punten.append(
            MenuPunt("Opvallend inzien", reverse(opvallend), "alert-triangle", is_huidig=is_opvallend)
        )
    if may_judge(actor):
        herstarts = "werkplek-herstarts"
        is_herstarts = "page" if onderdeel == herstarts else ""
        punten.append(
            MenuPunt("Opnieuw gestarte accounts", reverse(herstarts), "refresh", is_huidig=is_herstarts)
        )
    if may_destroy(actor):
        pad, is_hier = reverse("werkplek-vernietigen"), onderdeel == "werkplek-vernietigen"
        punten.append(MenuPunt("Zaken vernietigen", pad, "archive", is_huidig=huidig if is_hier else ""))
    if may_manage(actor):
        punten.append(MenuPunt("Beheer", reverse("werkplek-beheer"), "building-community"))
    pad = reverse("werkplek-account")
    is_account = onderdeel == "werkplek-account"
    punten.append(MenuPunt("Mijn account", pad, "user", is_huidig=huidig if is_account else ""))
    return punten


def _post(actor: Actor, onderdeel: str, herstel: int) -> list[MenuPunt]:
    """What a civil servant does for who cannot be reached by mail."""
    punten = [("Contact herstellen", "werkplek-contact", "phone", herstel)]
    if Recht.VERDELEN in actor.rechten:
        punten.append(("Brieven", "werkplek-brieven", "mail", 0))
    return [
        MenuPunt(
            tekst,
            reverse(naam),
            icoon,
            teller=teller,
            tellertekst="te herstellen",
            is_huidig="page" if naam == onderdeel else "",
        )
        for tekst, naam, icoon, teller in punten
    ]
