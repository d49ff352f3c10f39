"""Who looked at unusually many dossiers: counted once a day from the audit trail, judged by a privacy officer."""
