"""What can go wrong with contact details."""

from collections.abc import Mapping

from eloket.kernel.errors import NietGevonden, NietToegestaan, OngeldigeInvoer


class PersoonNietGevonden(NietGevonden):
    """The register does not know this person, business or branch."""

    code = "persoon-niet-gevonden"
    tekst = "Wij kunnen uw gegevens niet vinden in het register. Neem contact met ons op."


class ContactOngeldig(OngeldigeInvoer):
    """Nothing was saved. `velden` gives the text per field: `email`, `telefoon`."""

    code = "contact-ongeldig"
    tekst = "Uw wijzigingen zijn nog niet opgeslagen. Controleer wat u heeft ingevuld."

    def __init__(self, velden: Mapping[str, str]) -> None:
        super().__init__()
        self.velden = dict(velden)


class BevestigingOngeldig(NietGevonden):
    """The link never existed, is older than 24 hours, or was followed by a newer one: we do not tell which."""

    code = "bevestiging-ongeldig"
    tekst = (
        "Deze link werkt niet meer. Een link om uw e-mailadres te bevestigen werkt 24 uur. "
        "Vroeg u een nieuwe link? Dan werkt alleen die. "
        "Log in en ga naar Mijn Gegevens. Daar kunt u een nieuwe link vragen."
    )


class BevestigingTeVaak(NietToegestaan):
    code = "bevestiging-te-vaak"
    tekst = "Wij hebben u net een e-mail gestuurd. Wacht een minuut en probeer het dan opnieuw."


class NietsTeBevestigen(NietToegestaan):
    code = "bevestiging-niet-nodig"
    tekst = "Er is geen e-mailadres dat u nog moet bevestigen."


class VoorkeurenOngeldig(OngeldigeInvoer):
    """Nothing was saved. `velden` gives the text per field: a rubriek, `stil_van`, `stil_tot`, `taal`."""

    code = "voorkeuren-ongeldig"
    tekst = "Uw keuzes zijn nog niet opgeslagen. Controleer wat u heeft ingevuld."

    def __init__(self, velden: Mapping[str, str]) -> None:
        super().__init__()
        self.velden = dict(velden)


class ContactVanAnder(NietToegestaan):
    """A gemachtigde changes where the person they act for is reached: docs/security.md says why that is refused."""

    code = "contact-van-ander"
    tekst = (
        "U kunt de contactgegevens van deze persoon niet wijzigen. Dat kan alleen deze persoon zelf, "
        "of een bewindvoerder. Er is niets opgeslagen."
    )


class VoorkeurenGewijzigd(NietToegestaan):
    """The choices were changed in another window or by a link in a mail, after this form was made."""

    code = "voorkeuren-gewijzigd"
    tekst = (
        "Uw keuzes zijn intussen gewijzigd: in een ander venster, of met een link in een e-mail. "
        "Er is nog niets opgeslagen. Controleer uw keuzes en sla ze opnieuw op."
    )
