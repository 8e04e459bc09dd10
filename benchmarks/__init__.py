"""What is measured, and how; README.md tells the figures. Importing this sets Django up, for `python -m`."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
django.setup()
