"""Stands in for readers of data files inside packages: `importlib.abc` names them, and the page has no such files.

The real ones bring temporary files, paths and archives along.
"""
