"""E-loket: the portal where residents follow and arrange their affairs with the municipality."""
