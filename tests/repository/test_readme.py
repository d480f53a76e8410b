"""The README's Python runs and prints what the README says."""

from __future__ import annotations

import re
import subprocess
import sys

from hooks import ROOT
from selector import Sampling
from selector.bare import ranking_csv, read_table


def blocks(language: str) -> list[str]:
    text = (ROOT / "README.md").read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_worked_example_of_a_table_prints_the_published_crossover() -> None:
    (example,) = [block for block in blocks("python") if "selector.bare" in block]
    done = subprocess.run([sys.executable, "-c", example], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert "['Elton Street: 52.1%']" in done.stdout
    assert done.stdout.startswith("[1, 2] [80.4")


def test_the_csv_of_the_readme_is_a_table() -> None:
    (table,) = blocks("csv")
    problem = read_table(table)
    sampling = Sampling(problem, 1, every_rank=True)
    sampling.run(10)
    assert len(ranking_csv(problem, sampling).splitlines()) == 3
