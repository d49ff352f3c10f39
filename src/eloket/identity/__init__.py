"""Who acts, for whom, at which level; the login means; the session."""
