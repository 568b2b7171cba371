"""Figures of a sensitivity study, each a function from indices to a matplotlib Figure.

`bars`, `heatmap`, `over_time`, `second_order`, `convergence` and `scatter` read the datasets of
`analysis` and `convergence` and nothing else. They are 85 mm (one column) or 180 mm (two) wide with
type of 7 points, in colours that survive colour blindness and grey print, and state units on axes.
Save one with ``figure.savefig("bars.pdf")``.
"""

from immacro.sensitivity.plots.bars import bars
from immacro.sensitivity.plots.convergence import convergence
from immacro.sensitivity.plots.heatmap import heatmap
from immacro.sensitivity.plots.over_time import over_time
from immacro.sensitivity.plots.scatter import scatter
from immacro.sensitivity.plots.second_order import second_order

__all__ = ["bars", "convergence", "heatmap", "over_time", "scatter", "second_order"]
