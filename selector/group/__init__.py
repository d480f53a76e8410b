"""Several people's answers to one guide: where they differ, what is acceptable to all, what costs each the least.

`read_person` reads a link or a file, `together` compares, `settlings` says which disagreement matters. Weights are never
averaged. `selector.report.together_data` gives all of it as plain data, for a page or another program.
"""

from .persons import MOST_PERSONS, GroupError, Person
from .reading import read_person
from .settling import Settling, by_effect, settlings
from .together import Together, together

__all__ = [
    "MOST_PERSONS",
    "GroupError",
    "Person",
    "Settling",
    "Together",
    "by_effect",
    "read_person",
    "settlings",
    "together",
]
