"""The site without a network: a copy that the visitor's browser keeps, and an archive to carry away."""

from .copy import offline_files
from .disk import disk_archive

__all__ = ["disk_archive", "offline_files"]
