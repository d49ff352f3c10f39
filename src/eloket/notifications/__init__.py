"""What to tell whom: an outbox filled in the transaction of the change, emptied by the worker, kept as proof."""
