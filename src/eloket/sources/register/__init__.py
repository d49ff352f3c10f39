"""The embedded register: zaken.ports.ZaakBron on the database of E-loket itself. Terms as in the ZGW schemas."""
