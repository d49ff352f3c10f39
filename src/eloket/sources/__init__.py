"""Where zaken and persons live: the embedded registers, and beside them other sources behind the same ports."""
