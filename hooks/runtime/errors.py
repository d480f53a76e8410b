"""The one error of this package."""


class RuntimePackError(Exception):
    """The runtime cannot be packed. The message says what failed and what to do."""
