"""DigiD and eHerkenning by SAML 2.0, without a broker: the optional extra `[saml]` (lxml, xmlsec).

A SAML answer becomes claims in the shape that an OpenID provider gives; `identity.claims` and `identity.service` do the
rest. Only `koppeling` and `views` may be imported without the extra. What is read of a message is what its signature
covers, byte for byte (`handtekening`): moving, wrapping or adding elements changes nothing that is looked at.
"""
