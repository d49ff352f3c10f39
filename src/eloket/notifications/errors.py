"""What can go wrong with mail that its reader can see."""

from eloket.kernel.errors import NietGevonden


class AfmeldlinkOngeldig(NietGevonden):
    """The link was never made by us, or its mail is not known any more: we do not tell which."""

    code = "afmeldlink-ongeldig"
    tekst = (
        "Deze link werkt niet. Misschien is de link niet helemaal overgenomen. "
        "Log in en ga naar Mijn Gegevens. Daar kiest u welke e-mails u krijgt."
    )
