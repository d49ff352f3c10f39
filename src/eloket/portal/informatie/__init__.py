"""The public pages around the portal: the beginning, contact, questions, and what we are accountable for."""
