"""Global sensitivity analysis of any model: SALib on complete designs.

    from immacro.sensitivity import Study, at_days, parse

    factors = parse(["levers"], model, groups=["antibodies=anti_gcsf_dose,anti_il6_dose"])
    study = Study(factors, "sobol", samples=512, seed=1)
    outputs = immacro.run_many(model, study.parameters, days=60, points=61)
    indices = study.analyse(at_days(outputs, ["cdc1_blood@30"]))   # at chosen days
    courses = study.analyse(outputs[["cdc1_blood", "failed", "reason"]])   # over time
    grown = growth(study, at_days(outputs, ["cdc1_blood@30"]))
    print(verdict(grown))

- `factors`: what varies; `parsing`: as a user writes it; `methods`: what each needs, costs and
  gives; `design`: the runs; `analysis`: from outputs to indices; `study`: both together;
  `convergence`: over growing designs.
- `plots`: the figures; `report`: all files of a study.

Of all this only `running`, a study in one call, runs a model.
"""

from immacro.sensitivity.analysis import analyse
from immacro.sensitivity.completeness import DesignIncompleteError, SensitivityWarning
from immacro.sensitivity.convergence import growth, join, ladder, verdict
from immacro.sensitivity.factors import DUMMY, Factor
from immacro.sensitivity.methods import METHODS, Method
from immacro.sensitivity.outputs import at_days
from immacro.sensitivity.parsing import parse
from immacro.sensitivity.study import Study

__all__ = [
    "DUMMY",
    "METHODS",
    "DesignIncompleteError",
    "Factor",
    "Method",
    "SensitivityWarning",
    "Study",
    "analyse",
    "at_days",
    "growth",
    "join",
    "ladder",
    "parse",
    "verdict",
]
