"""What can go wrong with a receipt, or with mail that its reader can see."""

from eloket.kernel.errors import NietGevonden


class AfmeldlinkOngeldig(NietGevonden):
    """The link was never made by us, or its mail is not known any more: we do not tell which."""

    code = "afmeldlink-ongeldig"
    tekst = (
        "Deze link werkt niet. Misschien is de link niet helemaal overgenomen. "
        "Log in en ga naar Mijn Gegevens. Daar kiest u welke e-mails u krijgt."
    )


class OntvangstNietGevonden(NietGevonden):
    """There is no such receipt, or it is of somebody else: we do not tell which."""

    code = "ontvangstbewijs-niet-gevonden"
    tekst = "Wij kunnen dit ontvangstbewijs niet vinden. Kijk bij uw zaak of in Mijn Gegevens welke er zijn."
