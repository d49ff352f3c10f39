import uuid

from django.db import models

from eloket.kernel.crypto import EncryptedTextField
from eloket.machtigingen.regels import Feiten
from eloket.machtigingen.types import Bevoegdheid


class MachtigingRegel(models.Model):
    """One authorisation: between whom (keyed hashes; numbers and names encrypted), for what, and how far it came.

    `zaak_ref` "" is all zaken of the giver; `zekerheid` is the level at which they were logged in. The receiver is
    empty until somebody typed the code, their name and number until they accepted. The terms never change after it was
    made: another agreement is another row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sleutel = models.CharField(max_length=64, unique=True)  # of the form: a double click is one authorisation
    gever_key = models.CharField(max_length=64)
    gever_nummer = EncryptedTextField()
    gever_naam = EncryptedTextField()
    ontvanger_key = models.CharField(max_length=64, blank=True, default="")
    ontvanger_nummer = EncryptedTextField(blank=True, default="")
    ontvanger_naam = EncryptedTextField(blank=True, default="")
    zaak_ref = models.CharField(max_length=120, blank=True, default="")
    bevoegdheid = models.CharField(max_length=10, choices=[(een.value, een.value) for een in Bevoegdheid])
    zekerheid = models.CharField(max_length=20, blank=True, default="", db_default="")
    van = models.DateField()
    tot = models.DateField()
    code_hash = models.CharField(max_length=64, unique=True)
    code_tot = models.DateTimeField()
    gegeven_op = models.DateTimeField()
    voorgelegd_op = models.DateTimeField(null=True, blank=True)
    aanvaard_op = models.DateTimeField(null=True, blank=True)
    afgewezen_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    gestopt_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "machtigingen_machtiging"
        indexes = (
            models.Index(fields=["gever_key", "-gegeven_op"], name="machtiging_gever"),
            models.Index(fields=["ontvanger_key", "-gegeven_op"], name="machtiging_ontvanger"),
            models.Index(fields=["zaak_ref"], name="machtiging_van_zaak", condition=~models.Q(zaak_ref="")),
        )
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(gever_key=models.F("ontvanger_key")), name="machtiging_niet_zichzelf"
            ),
            models.CheckConstraint(
                condition=models.Q(aanvaard_op=None) | ~models.Q(ontvanger_key=""),
                name="machtiging_aanvaard_door_iemand",
            ),
            models.CheckConstraint(
                condition=models.Q(tot__gte=models.F("van")), name="machtiging_tot_na_van"
            ),
        )

    @property
    def feiten(self) -> Feiten:
        return Feiten(
            van=self.van,
            tot=self.tot,
            code_tot=self.code_tot,
            voorgelegd_op=self.voorgelegd_op,
            aanvaard_op=self.aanvaard_op,
            afgewezen_op=self.afgewezen_op,
            ingetrokken_op=self.ingetrokken_op,
            gestopt_op=self.gestopt_op,
        )
