"""Where addresses come from: a file, until the BAG is connected."""
