"""Speed and scale of E-loket, measured as ratios. `make bench`; docs/bench.md tells what and how."""
