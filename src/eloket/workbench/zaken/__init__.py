"""One zaak, as the civil servant who handles it sees it, and everything they can do with it."""
