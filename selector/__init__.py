"""Scores strategies against a visitor's answers. Pure Python, standard library only, whole numbers throughout."""

from .answers import Case
from .errors import AnswerError, GuideError
from .model import Guide
from .recommend import Recommendation, recommend

__all__ = ["AnswerError", "Case", "Guide", "GuideError", "Recommendation", "recommend"]
