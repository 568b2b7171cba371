"""The model as a table of contents."""

from immacro.models.nk_activation import (
    effectors,
    interferon,
    receptors,
    signalling,
    stimuli,
    tumour,
)

from immacro.build import Assembly


def write(a: Assembly) -> None:
    """Write what reaches the cell, its receptors, what they signal and what it does."""
    blood, cell = map(a.compartment, ("blood", "nk_cell"))
    given = stimuli.given(a, blood)
    smad3 = tumour.smad3(a, cell, tumour.tgfb(a, blood))
    ligand = tumour.b7h6(a, blood, a.compartment("tumour_cell"), given)

    numbers = receptors.turn_over(a, cell, given, ligand, smad3)
    body = signalling.chain(a, cell, "body", receptors.in_body(a, numbers))
    crosslinked = a.p("crosslink_holding") * given.crosslink
    target = receptors.on_target(a, numbers, crosslinked, given.nkg2a_left)
    assay = signalling.chain(a, cell, "assay", target)

    cd16 = effectors.cd16(a, cell, body)
    effectors.observe_receptors(a, numbers, cd16)
    effectors.observe_killing(a, cell, body, assay, smad3)
    interferon.made(a, cell, given, smad3)
