"""Machtigingen: who may look or act for somebody, given, accepted and ended here."""
