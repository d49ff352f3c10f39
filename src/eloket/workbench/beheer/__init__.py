"""Functional management: zaaktypen, afdelingen, members, templates and texts, for who has Recht.BEHEREN."""
