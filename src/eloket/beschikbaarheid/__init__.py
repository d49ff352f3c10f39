"""When something of ours did not work: recorded, told on every page, and made good in the terms that fell in it."""
