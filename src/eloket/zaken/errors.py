"""What can go wrong with a zaak."""

from collections.abc import Mapping

from eloket.kernel.errors import NietGevonden, NietToegestaan, OngeldigeInvoer


class ZaakNietGevonden(NietGevonden):
    """Also when it exists but is not for this actor."""

    code = "zaak-niet-gevonden"


class MachtigingTeLaag(NietToegestaan):
    """The giver was logged in below the level of this zaak: an authorisation gives no more than its giver had then."""

    code = "machtiging-te-laag"
    tekst = (
        "U kunt deze zaak niet bekijken. De gever was te laag ingelogd toen u de machtiging kreeg. "
        "Vraag de gever om u opnieuw te machtigen, en daarvoor op een hoger niveau in te loggen."
    )


class BetrokkeneNietGevonden(NietGevonden):
    """Nobody with this key has a part in the zaak."""

    code = "betrokkene-niet-gevonden"


class ZaakIsGesloten(NietToegestaan):
    code = "zaak-gesloten"
    tekst = "Deze zaak is afgerond. U kunt er niets meer aan toevoegen."


class TermijnStaatStil(NietToegestaan):
    code = "termijn-staat-stil"
    tekst = "De termijn van deze zaak staat al stil."


class TermijnNietTeVerlengen(NietToegestaan):
    """Its zaaktype has no extension, it was extended before, or it is over already."""

    code = "termijn-niet-te-verlengen"
    tekst = (
        "U kunt de termijn van deze zaak niet verlengen. Dat kan alleen als het zaaktype dat toelaat, één keer, "
        "en voordat de termijn voorbij is."
    )


class TermijnLoopt(NietToegestaan):
    code = "termijn-loopt"
    tekst = "De termijn van deze zaak staat niet stil."


class ZaakIsOpen(NietToegestaan):
    code = "zaak-open"
    tekst = "Deze zaak is niet afgerond. U kunt alleen een afgeronde zaak heropenen."


class OverdrachtNietToegestaan(NietToegestaan):
    code = "overdracht-niet-toegestaan"
    tekst = "U kunt deze zaak niet aan deze collega geven. Kies iemand anders."


class TaakAlBeoordeeld(NietToegestaan):
    code = "taak-al-beoordeeld"
    tekst = "Dit is al beoordeeld. Bekijk de zaak opnieuw."


class TaakNietGevonden(NietGevonden):
    """Also when it was asked of somebody else."""

    code = "taak-niet-gevonden"


class TaakAlVervuld(NietToegestaan):
    code = "taak-al-vervuld"
    tekst = "U heeft deze vraag al beantwoord. Wilt u iets aanvullen? Stuur ons dan een bericht."


class AntwoordLeeg(OngeldigeInvoer):
    code = "antwoord-ongeldig"
    tekst = "Typ eerst uw antwoord. Gebruik hoogstens 5.000 tekens."


class AndereAanvrager(NietToegestaan):
    code = "andere-aanvrager"
    tekst = (
        "Bij de andere zaak hoort iemand die niet bij deze zaak hoort. Die kan het document daarna lezen. "
        "Weet u zeker dat dat mag? Kruis dat dan aan."
    )


class RedenOntbreekt(OngeldigeInvoer):
    code = "reden-ontbreekt"
    tekst = "Vul de reden in."


class FilterOngeldig(OngeldigeInvoer):
    code = "filter-ongeldig"
    tekst = "Geef uw filter een naam. Gebruik hoogstens 60 tekens."


class NotitieLeeg(OngeldigeInvoer):
    code = "notitie-ongeldig"
    tekst = "Typ eerst uw notitie. Gebruik hoogstens 5.000 tekens."


class NoodtoegangOngeldig(OngeldigeInvoer):
    """What was filled in to get noodtoegang, or to judge it. `fouten`: name of the field -> what to do about it."""

    code = "noodtoegang-ongeldig"

    def __init__(self, fouten: Mapping[str, str]) -> None:
        super().__init__(" ".join(fouten.values()))
        self.fouten = dict(fouten)


class NoodtoegangVanUzelf(NietToegestaan):
    code = "noodtoegang-van-uzelf"
    tekst = "Dit was u zelf. Iemand anders moet dit beoordelen."


class NoodtoegangAlBeoordeeld(NietToegestaan):
    code = "noodtoegang-al-beoordeeld"
    tekst = "Iemand anders heeft dit net beoordeeld. Uw oordeel is niet bewaard. Hieronder staat wat het is geworden."


class ZaakGewijzigd(NietToegestaan):
    code = "zaak-gewijzigd"
    tekst = (
        "Iemand anders heeft deze zaak net gewijzigd. Bekijk de zaak opnieuw en probeer het dan nog een keer."
    )


class StatusNietToegestaan(NietToegestaan):
    code = "status-niet-toegestaan"
    tekst = "Deze status kan nu niet. U kunt alleen naar een volgende stap."


class AanvraagOngeldig(OngeldigeInvoer):
    code = "taak-ongeldig"
    tekst = "Vul in wat u vraagt en kies een datum in de toekomst."


class ZaakTypeOnbekend(NietGevonden):
    code = "zaaktype-onbekend"
    tekst = "Dit soort zaak kennen wij niet."


class ZaakTypenElders(NietToegestaan):
    """The source of the zaken keeps its zaaktypen in a system of its own."""

    code = "zaaktypen-elders"
    tekst = "De zaaktypen staan in een ander systeem. Wijzig ze daar."


class VernietigenWacht(NietToegestaan):
    """Something of the zaak is still on its way: a mail, a letter, proof that has no seal yet. Nothing was removed."""

    code = "vernietigen-wacht"
    tekst = "Deze zaak kan nog niet worden vernietigd: er is nog iets van de zaak onderweg. Dat gaat vanzelf."


class VernietigenKloptNiet(VernietigenWacht):
    """Proof of the zaak is not what was sealed (its cause says what): a person looks first. Nothing was removed."""

    code = "vernietigen-klopt-niet"
    tekst = "Deze zaak kan niet worden vernietigd: een bewijs van de zaak is veranderd. Meld dit aan uw beheerder."


class VernietigenElders(NietToegestaan):
    """The source of the zaak destroys in a system of its own."""

    code = "vernietigen-elders"
    tekst = "Deze zaak staat in een ander systeem. Vernietig de zaak daar."
