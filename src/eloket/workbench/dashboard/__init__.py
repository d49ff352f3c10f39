"""How the work goes: charts for who divides it, each with the same numbers as a table and as a file."""
