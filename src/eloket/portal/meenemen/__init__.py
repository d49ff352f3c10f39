"""All that we hold of somebody, to take along."""
