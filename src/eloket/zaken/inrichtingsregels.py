"""The rules that a functional manager keeps, as files of the configuration: for reminders, and for outages."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, StrictBool, StrictInt

from eloket.beschikbaarheid import regels as storingen
from eloket.identity.types import Actor
from eloket.kernel.errors import NietGevonden
from eloket.zaken import herinneringen
from eloket.zaken.inrichtingsdelen import InrichtingsDeel


class HerinneringDeel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    is_aan: StrictBool
    dagen: StrictInt


class StoringsregelDeel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    waarde: StrictInt


def herinneringsdeel() -> InrichtingsDeel:
    """Every rule for reminders by its name, also one that is as the product has it."""

    def list_eigen() -> Mapping[str, BaseModel]:
        return {
            een.soort.value: HerinneringDeel(is_aan=een.is_aan, dagen=een.dagen)
            for een in herinneringen.list_regels()
        }

    def save(actor: Actor | None, sleutel: str, deel: HerinneringDeel) -> None:
        if sleutel not in {een.value for een in herinneringen.Herinnering}:
            raise NietGevonden("Deze herinnering kennen wij niet.")
        herinneringen.save_regel(actor, sleutel, is_aan=deel.is_aan, dagen=deel.dagen)

    return InrichtingsDeel("herinneringen.yaml", "Herinnering", HerinneringDeel, list_eigen, save)


def storingsdeel() -> InrichtingsDeel:
    """Every rule about outages by its name."""

    def list_eigen() -> Mapping[str, BaseModel]:
        waarden = storingen.get_regels().waarden()
        return {sleutel: StoringsregelDeel(waarde=waarde) for sleutel, waarde in waarden.items()}

    def save(actor: Actor | None, sleutel: str, deel: StoringsregelDeel) -> None:
        if sleutel not in {een.sleutel for een in storingen.REGELS}:
            raise NietGevonden("Deze regel kennen wij niet.")
        storingen.save_regels(actor, {sleutel: deel.waarde})

    return InrichtingsDeel("storingsregels.yaml", "Regel voor storingen", StoringsregelDeel, list_eigen, save)
