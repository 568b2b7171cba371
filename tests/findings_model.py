"""A small model with a tumour, and bindings about it, for tests of findings.

A ``tumour`` grows from the onset and drives the making of ``cells`` (slow) and of ``fast`` ones by
its G-CSF, unless the switch ``expansion`` is off. ``anti_pd1`` kills it if the switch ``priming``
is on and egress is not blocked; surgery takes it out. ``late_strength`` has a start of its own.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from conftest import sbml_from_antimony

from immacro.catalogue import Entry
from immacro.errors import UnknownNameError
from immacro.findings import bindings
from immacro.findings.bindings import COLUMNS, Binding
from immacro.findings.shelf import Shelf

RULES = """
model pond_{host}
  compartment blood = 0.001
  substanceOnly species tumour in blood, cells in blood, fast in blood, steady in blood
  substanceOnly species gcsf_on in blood, anti_pd1_on in blood, egress_block_on in blood
  substanceOnly species late_on in blood
  tumour = 0; cells = 1000; fast = 50; steady = 1000
  gcsf_on = 0; anti_pd1_on = 0; egress_block_on = 0; late_on = 0

  onset = 0
  tumour_dose = 0; tumour_growth = {growth}; killing_rate = 0.6; half = 1e7
  production = 100; loss = 0.1; fast_loss = 2; gain = 3
  expansion = 1; priming = 1
  gcsf_strength = 1; gcsf_start = 0; gcsf_stop = 100000
  anti_pd1_strength = 0; anti_pd1_start = 0; anti_pd1_stop = 100000
  egress_block_strength = 0; egress_block_start = 0; egress_block_stop = 100000
  late_strength = 0; late_start = 50; late_stop = 100000
  surgery_day = 21; surgery_extent = 0; burst_strength = 0

  pressure := gcsf_on * gcsf_strength * expansion * tumour / (tumour + half)
  tumour_burden := tumour
  cells_blood := cells / 1000
  fast_blood := fast / 50
  steady_blood := steady / 1000
  never_blood := 0 * steady
  wave_blood := 1 + cos(0.31415926535 * (time - onset))
  tumour_burden.sboTerm = 360; cells_blood.sboTerm = 360; fast_blood.sboTerm = 360
  steady_blood.sboTerm = 360; never_blood.sboTerm = 360; wave_blood.sboTerm = 360
  pressure.sboTerm = 2

  growing: -> tumour; tumour_growth * tumour * tumour / (tumour + 1)
  dying: tumour -> ; killing_rate * anti_pd1_on * anti_pd1_strength * priming * (1 - egress_block_on * egress_block_strength) * tumour
  bursting: -> tumour; burst_strength * tumour * tumour
  making: -> cells; production * (1 + gain * pressure + late_on * late_strength)
  losing: cells -> ; loss * cells
  quick: -> fast; production * (1 + gain * pressure)
  quick_loss: fast -> ; fast_loss * fast
  kept: steady -> ; 0 * steady

  seeding: at (time >= onset), t0=false, fromTrigger=false: tumour = tumour + tumour_dose
  gcsf_begins: at (time >= onset + gcsf_start), t0=false, fromTrigger=false: gcsf_on = gcsf_on + 1
  gcsf_ends: at (time >= onset + gcsf_stop), t0=false, fromTrigger=false: gcsf_on = gcsf_on - 1
  pd1_begins: at (time >= onset + anti_pd1_start), t0=false, fromTrigger=false: anti_pd1_on = anti_pd1_on + 1
  pd1_ends: at (time >= onset + anti_pd1_stop), t0=false, fromTrigger=false: anti_pd1_on = anti_pd1_on - 1
  block_begins: at (time >= onset + egress_block_start), t0=false, fromTrigger=false: egress_block_on = egress_block_on + 1
  block_ends: at (time >= onset + egress_block_stop), t0=false, fromTrigger=false: egress_block_on = egress_block_on - 1
  late_begins: at (time >= onset + late_start), t0=false, fromTrigger=false: late_on = late_on + 1
  late_ends: at (time >= onset + late_stop), t0=false, fromTrigger=false: late_on = late_on - 1
  cut: at (time >= onset + surgery_day), t0=false, fromTrigger=false: tumour = tumour * (1 - surgery_extent)
end
"""  # noqa: E501

_HEADER = "id,role,value,unit,model_unit,low,high,distribution,host,status,source,derivation,name\n"
_ROWS = """
blood compartment 0.001 litre 0.0005 0.002 loguniform any
tumour_growth rate 0.3 1/day 0.15 0.4 loguniform mouse
tumour_growth rate 0.02 1/day 0.01 0.03 loguniform human
killing_rate rate 0.6 1/day 0.3 1.2 loguniform any
loss rate 0.1 1/day 0.08 0.12 loguniform any
fast_loss rate 2 1/day 1 4 loguniform any
production rate 100 item/day 80 120 loguniform any
half physical 1e7 item 1e6 1e8 loguniform any
gain physical 3 dimensionless 1 10 loguniform any
expansion switch 1 dimensionless 0 1 fixed any
priming switch 1 dimensionless 0 1 fixed any
tumour_dose lever 0 item 0 1e10 uniform any
gcsf_strength lever 1 dimensionless 0 3 uniform any
gcsf_start lever 0 day 0 1000 uniform any
gcsf_stop lever 100000 day 0 100000 uniform any
anti_pd1_strength lever 0 dimensionless 0 1 uniform any
anti_pd1_start lever 0 day 0 1000 uniform any
anti_pd1_stop lever 100000 day 0 100000 uniform any
egress_block_strength lever 0 dimensionless 0 1 uniform any
egress_block_start lever 0 day 0 1000 uniform any
egress_block_stop lever 100000 day 0 100000 uniform any
late_strength lever 0 dimensionless 0 1 uniform any
late_start lever 50 day 0 1000 uniform any
late_stop lever 100000 day 0 100000 uniform any
surgery_day lever 21 day 0 1000 uniform any
surgery_extent lever 0 dimensionless 0 1 uniform any
burst_strength lever 0 dimensionless 0 1 uniform any
"""
_CONTEXTS = """\
context,host,parameter,value,status,source,derivation
healthy,any,,,assumed,,nothing is set
at3,mouse,tumour_dose,100000,assumed,,fixture
kpc,mouse,tumour_dose,100000,assumed,,fixture
kpc,mouse,tumour_growth,0.25,assumed,,fixture
quiet,mouse,tumour_dose,1,assumed,,fixture without a standard day
mc38,mouse,tumour_dose,1,assumed,,a tumour that stays small
breast,human,tumour_dose,1e8,assumed,,fixture
"""


def make_entry(root: Path) -> Entry:
    """Write the model below a folder."""
    folder, sbml = root / "models" / "pond", root / "sbml"
    folder.mkdir(parents=True)
    rows = [line.split() for line in _ROWS.strip().splitlines()]
    lines = [
        f"{name},{role},{value},{unit},,{low},{high},{distribution},{host},assumed,,fixture,{name}"
        for name, role, value, unit, low, high, distribution, host in rows
    ]
    (folder / "parameters.csv").write_text(_HEADER + "\n".join(lines) + "\n")
    (folder / "contexts.csv").write_text(_CONTEXTS)
    for host, growth in (("mouse", "0.3"), ("human", "0.02")):
        (sbml / host).mkdir(parents=True)
        text = sbml_from_antimony(RULES.format(host=host, growth=growth))
        (sbml / host / "pond.xml").write_text(text)
    return Entry("pond", folder, sbml, "A pond")


def shelf_of(*entries: Entry) -> Shelf:
    """Return a shelf with these models and no others."""
    known = {entry.name: entry for entry in entries}

    def find(name: str) -> Entry:
        if name not in known:
            raise UnknownNameError.of("model", name, known)
        return known[name]

    return Shelf(find)


def columns(**given: object) -> dict[str, str]:
    """Return the columns of a row: cells rise in a tumour, unless told otherwise."""
    row = dict.fromkeys(COLUMNS, "") | {
        "id": "cells-up", "tier": "core", "observable": "cells_blood", "direction": "up",
        "status": "bound", "model": "pond", "host": "mouse", "context": "at3", "test": "ratio",
        "arm_a": "context=at3", "arm_b": "context=healthy", "day": "28", "by_construction": "no",
    }  # fmt: skip
    unknown = given.keys() - row.keys()
    assert not unknown, unknown
    return row | {name: str(value) for name, value in given.items()}


def write_rows(folder: Path, *rows: dict[str, str], name: str = "bindings.csv") -> Path:
    """Write rows as a file of bindings."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path = folder / name
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def bind(folder: Path, *rows: dict[str, str]) -> list[Binding]:
    """Return rows as they are read from a file."""
    return bindings.read(write_rows(folder, *rows))
