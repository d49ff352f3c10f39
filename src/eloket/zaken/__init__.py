"""The zaak as everybody sees it: its types, its timeline, what is asked (taken), the port that a source implements,
and the one door to a zaak (`access`). Terms follow the ZGW information model (RGBZ)."""
