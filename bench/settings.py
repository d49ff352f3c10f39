"""The product's own settings, with one URL table more: the empty views to compare pages with."""

from eloket.config.settings import *  # noqa: F403 - everything, as the product has it

ROOT_URLCONF = "bench.urls"
