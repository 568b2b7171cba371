"""CD8 cells of the tumour: stem-like, differentiated, terminally exhausted.

Before there is a tumour the same site holds a small pool of memory cells with tonic signal. Cells
arrive from blood at a constant rate. NFAT with AP-1 makes stem-like cells renew, within a niche,
and give differentiated cells. These die the faster the more they are stimulated, return to the
stem-like state as far as they have TCF1, and become terminal as far as their chromatin is locked.
"""

from typing import Any, NamedTuple

from immacro.models.tcell_exhaustion.niche import Niche

from immacro.build import Assembly


class Cells(NamedTuple):
    """Counts (item), and differentiated cells made from stem-like ones (item/day)."""

    stem: Any
    effector: Any
    terminal: Any
    output: Any


def cells(a: Assembly, tumour, average: dict[str, Niche]) -> Cells:
    """The three populations and their flows."""
    p, define = a.p, a.define
    stem, effector, terminal = (a.monomer(n)() ** tumour for n in
                                ("StemLikeCD8", "EffectorCD8", "TerminalCD8"))  # fmt: skip
    count = {n: a.amount(f"{n}_pool", pattern, f"{n} CD8 of the tumour") for n, pattern in
             (("stem", stem), ("effector", effector), ("terminal", terminal))}  # fmt: skip
    early, late = average["stem"], average["effector"]
    for name, pattern, loss in (
        ("stem", stem, 2 * p("stem_loss")),
        ("effector", effector, p("effector_loss")),
    ):
        a.initial(pattern, p(f"{name}_cd8_baseline"))
        arrive = define(f"{name}_arrival", p(f"{name}_cd8_baseline") * loss / a.volume("tumour"),
                        "item/litre/day", f"{name} CD8 that arrive, per volume")  # fmt: skip
        a.rule(f"{name}_cd8_arrive", None >> pattern, arrive, kind="transport",
               note="Cells arrive from blood.")  # fmt: skip
    a.absent(terminal)
    renews = define("stem_renewal", p("stem_division") * early.paired, "1/day",
                    "division of stem-like cells into two")  # fmt: skip
    crowded = define("stem_crowding", p("stem_loss") * (1 + count["stem"]
                     / p("stem_cd8_baseline")), "1/day", "loss of stem-like cells")  # fmt: skip
    output = define("stem_output", p("effector_output") * early.paired, "1/day",
                    "differentiated cells made per stem-like cell")  # fmt: skip
    dies = define("effector_death", p("effector_loss") + p("overstimulation_death") * late.paired,
                  "1/day", "death of differentiated cells")  # fmt: skip
    returns = define("memory_formation", p("memory_return") * late.tcf1, "1/day",
                     "differentiated cells that become stem-like")  # fmt: skip
    ends = define("terminal_fate", p("terminal_rate") * late.locked, "1/day",
                  "differentiated cells that become terminal")  # fmt: skip
    for name, reaction, rate, kind, note in (
        ("stem_cd8_renew", stem >> stem + stem, renews, "production",
         "NFAT with AP-1 makes stem-like cells divide."),
        ("stem_cd8_lost", stem >> None, crowded, "cell death",
         "Loss rises with their number: the niche is limited."),
        ("stem_cd8_differentiate", stem >> stem + effector, output, "production",
         "Progeny that leaves the stem-like state, a few divisions each."),
        ("effector_cd8_lost", effector >> None, dies, "cell death",
         "Death, faster in overstimulated cells."),
        ("effector_cd8_return", effector >> stem, returns, "cell transition",
         "Cells that keep TCF1 join memory."),
        ("effector_cd8_become_terminal", effector >> terminal, ends, "cell transition",
         "Locked chromatin does not open again: the cell is terminal."),
        ("terminal_cd8_lost", terminal >> None, p("terminal_loss"), "cell death",
         "Terminal cells die and do not divide."),
    ):  # fmt: skip
        a.rule(name, reaction, rate, kind=kind, note=note)
    return Cells(count["stem"], count["effector"], count["terminal"], output * count["stem"])
