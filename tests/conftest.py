"""A tiny model with everything that a model of ours has: ledger, contexts, hosts, levers, clock.

``cells`` are made at a constant rate and die; a dosed ``drug`` kills them, the driver ``boost``
multiplies their production, and ``burst_strength`` lets a boosted population grow without bound in
finite time. With ``growth`` above ``loss`` there is no stable healthy state.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import antimony
import libsbml
import pytest
from ensemble_hazards import BUSY

import immacro
from immacro.catalogue import Entry
from immacro.ledger import HOSTS

RULES = """
model tiny_{host}
  compartment blood = {blood}
  blood has litre
  substanceOnly species cells in blood, drug in blood, boost_on in blood
  cells = cells_initial
  drug = 0
  boost_on = 0

  onset = 0
  production = 100; loss = 0.1; growth = 0; kill = 0.000002; clearance = 2; drug_kills = 1
  cells_initial = 1000
  drug_dose = 0; drug_start = 0; drug_interval = 1; drug_count = 3
  boost_strength = 0; boost_start = 0; boost_stop = 30; burst_strength = 0
  per_cell = 0.001; microlitre_per_litre = 1000000

  boost := 1 + boost_strength * boost_on
  cells_blood := cells / (blood * microlitre_per_litre)
  drug_blood := drug / blood
  boost.sboTerm = 2
  cells_blood.sboTerm = 360
  drug_blood.sboTerm = 360
  cells_blood is "Cells in blood"
  drug_blood is "Drug in blood"
  blood identity "https://identifiers.org/uberon/UBERON:0000178"

  making: -> cells; production * boost
  growing: cells -> 2 cells; growth * cells
  bursting: cells -> 2 cells; burst_strength * boost_on * loss * cells * cells * per_cell
  dying: cells -> ; loss * cells
  killing: cells -> ; drug_kills * kill * drug * cells / blood
  clearing: drug -> ; clearance * drug

  dose_0: at (time >= onset + drug_start && drug_count > 0.5), t0=false, fromTrigger=false: drug = drug + drug_dose
  dose_1: at (time >= onset + drug_start + drug_interval && drug_count > 1.5), t0=false, fromTrigger=false: drug = drug + drug_dose
  dose_2: at (time >= onset + drug_start + 2 * drug_interval && drug_count > 2.5), t0=false, fromTrigger=false: drug = drug + drug_dose
  boost_begins: at (time >= onset + boost_start), t0=false, fromTrigger=false: boost_on = boost_on + 1
  boost_ends: at (time >= onset + boost_stop), t0=false, fromTrigger=false: boost_on = boost_on - 1

  unit item_ = item
  unit item_per_day = item / (86400 second)
  unit per_day = 1 / (86400 second)
  unit one_per_item = 1 / item
  unit litre_per_item_per_day = litre / (item * 86400 second)
  unit item_per_litre = item / litre
  unit microlitre = 1e-6 litre
  unit item_per_microlitre = item / (1e-6 litre)
  unit microlitre_in_litre = (1e-6 litre) / litre
  unit day = 86400 second
  unit time_unit = 86400 second
  unit substance = item
  unit volume = litre
  unit extent = item
  production has item_per_day; loss has per_day; growth has per_day; clearance has per_day
  kill has litre_per_item_per_day; drug_kills has dimensionless; cells_initial has item_
  drug_dose has item_; drug_start has day; drug_interval has day; drug_count has dimensionless
  boost_strength has dimensionless; boost_start has day; boost_stop has day
  burst_strength has dimensionless; onset has day; boost has dimensionless
  per_cell has one_per_item; drug_blood has item_per_litre; cells_blood has item_per_microlitre
end
"""  # noqa: E501

LEDGER = """\
id,role,value,unit,model_unit,low,high,distribution,host,status,source,derivation,name
blood,compartment,1.5,mL,,0.5,3,loguniform,mouse,assumed,,fixture,Blood
blood,compartment,5,litre,,3,6,loguniform,human,assumed,,fixture,Blood
production,rate,100,cell/day,,1,1000,loguniform,any,assumed,,fixture,Production of cells
loss,rate,0.1,1/day,,0.0001,1,loguniform,any,assumed,,fixture,Death of cells
growth,rate,0,1/day,,0,1,uniform,any,assumed,,fixture,Growth of cells
kill,rate,0.000002,L/day/item,,0.0000001,0.001,loguniform,any,assumed,,fixture,Killing by drug
clearance,rate,2,1/day,,0.1,20,loguniform,any,measured,PMID:12345678,,Clearance of drug
drug_kills,switch,1,dimensionless,,0,1,fixed,any,assumed,,fixture,Drug kills cells
cells_initial,initial,1000,cell,,0,10000,uniform,any,derived,,production / loss,Cells at the start
per_cell,physical,0.001,1/item,,,,fixed,any,assumed,,fixture,A thousandth
drug_dose,lever,0,item,,0,1000,uniform,any,assumed,,fixture,Drug per dose
drug_start,lever,0,day,,0,100,uniform,any,assumed,,fixture,First dose
drug_interval,lever,1,day,,0.1,30,uniform,any,assumed,,fixture,Time between doses
drug_count,lever,3,dimensionless,,0,3,fixed,any,assumed,,fixture,Number of doses
boost_strength,lever,0,dimensionless,,0,10,uniform,any,assumed,,fixture,Boost of production
boost_start,lever,0,day,,0,100,uniform,any,assumed,,fixture,Boost begins
boost_stop,lever,30,day,,0,1000,uniform,any,assumed,,fixture,Boost ends
burst_strength,lever,0,dimensionless,,0,100,uniform,any,assumed,,fixture,Burst
"""

CONTEXTS = """\
context,host,parameter,value,status,source,derivation
healthy,any,,,assumed,,nothing is set
boosted,any,boost_strength,2,assumed,,fixture
thinned,mouse,loss,0.2,assumed,,a context may set biology
"""


def sbml_from_antimony(text: str, level: int = 3, version: int = 1) -> str:
    """Return Antimony as SBML of a level and version."""
    antimony.clearPreviousLoads()
    assert antimony.loadAntimonyString(text) >= 0, antimony.getLastError()
    document = libsbml.readSBMLFromString(antimony.getSBMLString(antimony.getMainModuleName()))
    assert document.setLevelAndVersion(level, version, False)
    return libsbml.writeSBMLToString(document)


@pytest.fixture
def sbml_file(tmp_path: Path) -> Callable[..., Path]:
    """Write Antimony text as an SBML file and return its path."""

    def write(text: str, level: int = 3, version: int = 1, name: str = "model.xml") -> Path:
        path = tmp_path / name
        path.write_text(sbml_from_antimony(text, level, version))
        return path

    return write


@pytest.fixture(scope="session")
def tiny_entry(tmp_path_factory: pytest.TempPathFactory) -> Entry:
    root: Path = tmp_path_factory.mktemp("catalogue")
    folder, sbml = root / "models" / "tiny", root / "sbml"
    folder.mkdir(parents=True)
    (folder / "parameters.csv").write_text(LEDGER)
    (folder / "contexts.csv").write_text(CONTEXTS)
    for host, blood in (("mouse", "0.0015"), ("human", "5")):
        (sbml / host).mkdir(parents=True)
        text = sbml_from_antimony(RULES.format(host=host, blood=blood))
        (sbml / host / "tiny.xml").write_text(text)
    return Entry("tiny", folder, sbml, "A tiny model")


@pytest.fixture(scope="session")
def tiny(tiny_entry: Entry) -> immacro.Model:
    return immacro.load(tiny_entry)


@pytest.fixture(scope="session")
def busy(tmp_path_factory: pytest.TempPathFactory) -> immacro.Model:
    """A model of which a run takes as long as its ``gap`` is small."""
    path = tmp_path_factory.mktemp("busy") / "busy.xml"
    path.write_text(sbml_from_antimony(BUSY))
    return immacro.load(path)


@pytest.fixture(scope="module")
def mouse() -> immacro.Model:
    """The composed model, which a module about another model replaces by its own."""
    return immacro.load("macroenvironment")


@pytest.fixture(scope="module")
def human() -> immacro.Model:
    """The same of man."""
    return immacro.load("macroenvironment", host="human")


@pytest.fixture(scope="module", params=HOSTS)
def model(request: pytest.FixtureRequest) -> immacro.Model:
    """The composed model of either host."""
    found: immacro.Model = request.getfixturevalue(request.param)
    return found
