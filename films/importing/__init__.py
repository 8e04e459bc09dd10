"""Importing: films, people and credits from other catalogues."""
