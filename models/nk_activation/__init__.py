"""How a natural killer cell of blood decides to kill, and how a tumour educates it.

One average cell. Its receptors NKp30, NKG2D, DNAM-1 and NKG2A meet ligands on healthy neighbours
and, in a host with a tumour, on tumour cells; SRC kinases phosphorylate the tails of what is held.
DNAM-1 has tyrosine 113 of SLP-76 phosphorylated, NKG2D tyrosine 128, NKp30 both. Only SLP-76 with
both has VAV1 phosphorylated. NKG2A that holds HLA-E recruits SHP1, which takes that phosphate away.
VAV1 drives ERK, which needs two phosphates. The same machinery is followed in the body and on a
standard target, as an assay uses it: there only the number of receptors tells cells apart.

Held receptors are taken in and degraded. The tumour sheds B7-H6, which blocks NKp30 without a
signal, has it taken in and lowers its messenger. TGF-beta acts through SMAD3: less NCR3, KLRK1,
granzyme and interferon-gamma, more NKG2A. ERK has ADAM17 shed CD16. Chronic cytokines open the
IFNG locus and raise CD25, apart from all this.

Strength 0 of a lever is health and 1 a reference tumour or the usual assay. Receptors and all
inside the cell are molecules of one average cell in its volume. Health is a fixed point in closed
form, with signalling above zero. Four mechanism switches take a mechanism out: nk_desensitisation,
nkg2a_induction, nk_cytokine_priming and nk_ifng_suppression.
"""
