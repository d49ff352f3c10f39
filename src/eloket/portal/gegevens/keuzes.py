"""The choices about e-mails as the page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from eloket.profile.tijden import schrijf_kloktijd
from eloket.profile.types import Rubriek, Taal, Voorkeuren, VoorkeurenWens, Wanneer

WANNEER = [(keuze.value, keuze.tekst) for keuze in Wanneer]
TALEN = [(taal.value, taal.tekst) for taal in Taal]
STIL_VAN, STIL_TOT, TAAL = "stil_van", "stil_tot", "taal"
_LABELS = {STIL_VAN: "Vanaf", STIL_TOT: "Tot", TAAL: "Taal van de e-mails"}


@dataclass(frozen=True, slots=True)
class KeuzeFormulier:
    """What stands in the form, by the name of the field, and what is wrong with it (text per field)."""

    waarden: Mapping[str, str]
    versie: str
    fouten: Mapping[str, str] = field(default_factory=dict)

    @property
    def rubrieken(self) -> list[tuple[str, Rubriek]]:
        """(name of the field, what it is about), in the order of the page."""
        return [(veld_van(rubriek), rubriek) for rubriek in Rubriek]

    @property
    def foutenlijst(self) -> list[tuple[str, str]]:
        """(id of the field, text), in the order of the form."""
        return [(veld, self.fouten[veld]) for veld in _velden() if veld in self.fouten]

    @property
    def fouttitel(self) -> str:
        aantal = len(self.fouten)
        er_zijn = "Er is 1 fout." if aantal == 1 else f"Er zijn {aantal} fouten."
        return f"{er_zijn} Uw keuzes zijn nog niet opgeslagen."

    @property
    def wanneer(self) -> list[tuple[str, str]]:
        return WANNEER

    @property
    def talen(self) -> list[tuple[str, str]]:
        return TALEN


def veld_van(rubriek: str) -> str:
    return f"wanneer_{rubriek}"


def form_from_voorkeuren(voorkeuren: Voorkeuren) -> KeuzeFormulier:
    bereik = voorkeuren.bereik
    waarden = {veld_van(rubriek): bereik.wanneer.get(rubriek, Wanneer.DIRECT).value for rubriek in Rubriek}
    return KeuzeFormulier(
        waarden
        | {
            STIL_VAN: schrijf_kloktijd(bereik.stil_van),
            STIL_TOT: schrijf_kloktijd(bereik.stil_tot),
            TAAL: bereik.taal.value,
        },
        versie=str(voorkeuren.versie),
    )


def form_from_typed(invoer: Mapping[str, str], fouten: Mapping[str, str] | None = None) -> KeuzeFormulier:
    """The form as it was filled in."""
    return KeuzeFormulier(
        {veld: invoer.get(veld, "") for veld in _velden()}, invoer.get("versie", ""), fouten or {}
    )


def wens_from(invoer: Mapping[str, str]) -> VoorkeurenWens:
    return VoorkeurenWens(
        wanneer={rubriek: invoer.get(veld_van(rubriek), "") for rubriek in Rubriek},
        stil_van=invoer.get(STIL_VAN, ""),
        stil_tot=invoer.get(STIL_TOT, ""),
        taal=invoer.get(TAAL, ""),
    )


def name_errors(velden: Mapping[str, str]) -> dict[str, str]:
    """The errors by the name of the field on the page."""
    return {veld_van(veld) if veld in set(Rubriek) else veld: tekst for veld, tekst in velden.items()}


def compare(bewaard: KeuzeFormulier, getypt: KeuzeFormulier) -> dict[str, str]:
    """What is kept where it differs from what was typed: label and value in words."""
    return {
        _label(veld): _words(veld, waarde)
        for veld, waarde in bewaard.waarden.items()
        if waarde != getypt.waarden[veld]
    }


def write_waarschuwing(voorkeuren: Voorkeuren) -> str:
    """Why nothing, or nearly nothing, will arrive; "" when mail does. A dead address has an alert of its own."""
    bereik = voorkeuren.bereik
    if not bereik.email and voorkeuren.is_adres_in_afwachting:
        return "U krijgt nu geen e-mails. Bevestig eerst uw e-mailadres: klik op de link in onze e-mail."
    if not bereik.email:
        return "U krijgt nu geen e-mails, want wij hebben geen e-mailadres van u. Vul een e-mailadres in."
    if bereik.wil_mail:
        return ""
    uit = "U heeft uitgezet dat wij u een e-mail sturen bij wijzigingen in uw zaken."
    if bereik.wanneer_voor(Rubriek.ONTVANGST) is Wanneer.NOOIT:
        return f"U krijgt nu geen e-mails. {uit}"
    return f"U krijgt nu alleen ontvangstbevestigingen. {uit}"


def _velden() -> list[str]:
    return [*(veld_van(rubriek) for rubriek in Rubriek), STIL_VAN, STIL_TOT, TAAL]


def _label(veld: str) -> str:
    return _LABELS.get(veld) or Rubriek(veld.removeprefix("wanneer_")).tekst


def _words(veld: str, waarde: str) -> str:
    if veld == TAAL:
        return Taal(waarde).tekst
    if veld in _LABELS:
        return waarde or "niet ingevuld"
    return Wanneer(waarde).tekst
