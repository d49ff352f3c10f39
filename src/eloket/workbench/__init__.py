"""The civil servant's pages (werkplek): the work list of their afdelingen, and a zaak from taking it to its result."""
