"""Replaces Jinja's cache of compiled templates: those of the page arrive compiled."""


class BytecodeCache:
    """Only named, in annotations."""


class FileSystemBytecodeCache(BytecodeCache):
    """Only named, in the package's list."""


class MemcachedBytecodeCache(BytecodeCache):
    """Only named, in the package's list."""


class Bucket:
    """Only named, in annotations."""
