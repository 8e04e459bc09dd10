"""The readers' search: what is live and who is in it, by every name and in every script.

`facts`, by its `triggers`, and `keeping` keep the entries of what can be found, `wording` SQLite's words of
them; `ranking` says what is found first; `search` is what pages ask.
"""
