"""A simulated OpenID provider for demo and tests: anybody can be anybody, so it exists nowhere else.

Guards: its routes have the audience DEMO (404 in production), `sleutels.require_demo` refuses to make a key or a
token, config/omgeving.py refuses a demo beside a real issuer or on a host that is not local, and its tokens carry
`demo: true`, which production refuses.
"""
