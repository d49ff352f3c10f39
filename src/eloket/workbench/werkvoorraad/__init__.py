"""The work list: what waits for this civil servant, what is new first."""
