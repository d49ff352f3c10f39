"""Noodtoegang: ask for it, look by it, be told of it, and guard it."""
