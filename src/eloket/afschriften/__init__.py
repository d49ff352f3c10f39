"""What a person takes along: the whole dossier of a zaak as one file, and its terms for a calendar."""
