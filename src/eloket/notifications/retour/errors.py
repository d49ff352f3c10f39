"""What can go wrong with what comes back."""

from eloket.kernel.errors import OngeldigeInvoer, Storing


class MailboxOnbereikbaar(Storing):
    """The mailbox for returned mail does not answer, or refuses us. `oorzaak`, for the log, is a class of error."""

    code = "mailbox-onbereikbaar"
    tekst = "De mailbox voor retourmail antwoordt niet."

    def __init__(self, oorzaak: str) -> None:
        super().__init__()
        self.oorzaak = oorzaak


class MeldingOnleesbaar(OngeldigeInvoer):
    """Signed by who knows the secret, and not one of the two forms that we read (docs/operations.md)."""

    code = "melding-onleesbaar"
    tekst = "De melding is niet te lezen."
