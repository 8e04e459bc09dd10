"""The proofreader: reads a piece against its film before readers do. One function, `proofread`."""

from articles.proofreading.copy import Copy, copy_of
from articles.proofreading.findings import Finding, Level, Place
from articles.proofreading.proofread import proofread

__all__ = ["Copy", "Finding", "Level", "Place", "copy_of", "proofread"]
