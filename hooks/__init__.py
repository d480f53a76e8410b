"""The site generator: from the guide's YAML file to a static site."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The repository."""
