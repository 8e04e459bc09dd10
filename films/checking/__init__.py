"""Checking the catalogue: who and what is probably there twice, and which credits cannot be right."""
