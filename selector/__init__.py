"""Scores strategies against a visitor's answers. Pure Python, standard library only, whole numbers throughout."""

from .analysis.robustness import Sampling, guaranteed_factor
from .case.answers import AnswerError, Case
from .guide.errors import GuideError
from .guide.guide import Guide
from .report.json_report import recommendation_data
from .scoring.problem import Problem
from .scoring.recommend import Recommendation, recommend

__all__ = [
    "AnswerError",
    "Case",
    "Guide",
    "GuideError",
    "Problem",
    "Recommendation",
    "Sampling",
    "guaranteed_factor",
    "recommend",
    "recommendation_data",
]
