"""Declarative forms: what a definition says, and what follows from it and from what was typed. Pure: no I/O, no rows.

The rule that carries the design: a condition refers to earlier fields only. So cycles are impossible, one pass over the
definition works everything out, and an answer that no longer counts drops out by itself.
"""
