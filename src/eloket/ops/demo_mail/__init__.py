"""The mails that demo "sends", readable on pages of the running product. Exists in demo and test only."""
