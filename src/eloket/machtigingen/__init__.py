"""Who acts for whom, because a resident said so here: given with a code, accepted after a login, withdrawn at once."""
