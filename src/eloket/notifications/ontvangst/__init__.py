"""Receipts: whatever somebody sends us is confirmed, once, with what, when and a reference (Awb 2:14, Wmebv)."""

from eloket.notifications.ontvangst.schrijven import connect

__all__ = ["connect"]
