"""Means of SAML are not in the demo: their one page is judged in test_saml.py, in a portal with such a means."""

_WAAR = "alleen met een middel van SAML: tests/e2e/test_saml.py"
GEEN_PAGINA = {
    "saml-terug": _WAAR,
    "saml-metadata": "XML voor een inlogdienst",
    "saml-uitloggen": "voor een inlogdienst",
    "saml-uitgelogd": "stuurt door naar uitgelogd",
}
