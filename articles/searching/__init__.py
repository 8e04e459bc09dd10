"""The readers' search: what is live and who is in it, by every name and in every script.

`facts` and `keeping` keep the entries of what can be found, `ranking` says which are found first, `search` is what
pages ask.
"""
