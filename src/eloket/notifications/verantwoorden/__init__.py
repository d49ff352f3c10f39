"""What became of it all, read from the proof: per zaak for people, per period for who runs the product."""
