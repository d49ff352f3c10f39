"""Small things every room needs: numbers, time, crypto, errors, events. Imports no other room."""
