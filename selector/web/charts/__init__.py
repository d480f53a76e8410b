"""Charts as inline SVG: geometry in Python, looks in the style sheet, every chart with its figures as a table beside it.

Sizes are SVG units, which the style sheet shows as pixels on a phone. Shapes, dashes and numbers tell things apart;
colour only repeats them.
"""

from .lines import line_chart
from .ranks import rank_table
from .scatter import scatter_chart
from .tornado import tornado_chart

__all__ = ["line_chart", "rank_table", "scatter_chart", "tornado_chart"]
