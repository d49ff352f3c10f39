"""The end of a zaak: lists of what may be destroyed, who decides about them, and doing it."""
