"""From notifications that are due to mails that were taken: made, claimed, sent, tried again, given up."""
