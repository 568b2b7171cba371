"""Shares of signalling proteins in the steady state of given rates, in closed form.

A protein is made in its first state at the rate at which it is lost in all. The model starts from
these shares, and the composed model goes by them, as signalling settles within minutes.
"""


def switched(on, off, lost):
    """Share that is on, of a protein that is switched on and off.

    Args:
        on: rate of switching on (1/day).
        off: rate of switching off.
        lost: turnover.
    """
    return on / (on + off + lost)


def two_sites(first, second, off, lost) -> dict[str, object]:
    """Shares without phosphate (uu), with one on the second (up) or the first (pu), with both (pp).

    Args:
        first: rate at which the first site is phosphorylated (1/day).
        second: the same of the second.
        off: rate at which either loses its phosphate.
        lost: turnover.
    """
    one, other = (switched(rate, off, lost) for rate in (first, second))
    pair = (first * other + second * one) / (2 * off + lost + first + second)
    return {"uu": 1 - one - other + pair, "up": other - pair, "pu": one - pair, "pp": pair}


def one_by_one(on, off, lost) -> dict[str, object]:
    """Shares without phosphate (u), with one (p) and with two (pp), taken one after the other.

    Args:
        on: rate at which either phosphate is taken (1/day).
        off: rate at which either is lost.
        lost: turnover.
    """
    step = on / (off + lost)
    half = on / (off + 2 * on + lost - off * step + on * step)
    return {"u": 1 - half * (1 + step), "p": half, "pp": half * step}
