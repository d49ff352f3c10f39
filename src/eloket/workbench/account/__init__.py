"""Mijn account: password, second factor, recovery codes, and where else somebody is logged in."""
