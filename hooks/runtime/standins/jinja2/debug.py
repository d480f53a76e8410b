"""Stands in for Jinja's way to name a template's line in an error: the page tells of an error's last line only."""

import sys


def rewrite_traceback_stack(source=None):
    return sys.exc_info()[1]
