"""Decision tables without a guide, for analysts: what is known about weights, crossovers, dominance, CSV.

Start with `selector.Problem.of` and `selector.Sampling`; the README has worked examples that were published. The wizard
loads nothing of this.
"""

from selector.scoring.value_functions import linear, piecewise

from .crossovers import Crossover, crossovers, stays_first
from .findings import cell_changes, differences, dominated, rank_bounds, sufficient_reasons
from .statements import Bands, Fixed, Order, Simplex, Tiers
from .tables import ranking_csv, read_table

__all__ = [
    "Bands",
    "Crossover",
    "Fixed",
    "Order",
    "Simplex",
    "Tiers",
    "cell_changes",
    "crossovers",
    "differences",
    "dominated",
    "linear",
    "piecewise",
    "rank_bounds",
    "ranking_csv",
    "read_table",
    "stays_first",
    "sufficient_reasons",
]
