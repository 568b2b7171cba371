"""A dendritic cell meets a CD8 T cell in the draining node: CD40, B7, PD1 and CTLA4.

On an average dendritic cell trimeric CD40L of a helper cell and a bivalent antibody cluster CD40,
which recruits TRAF6; a toll-like receptor with its ligand recruits MyD88. Both activate TAK1, which
with a tonic signal turns on IKK and the NF-kB core. Nuclear NF-kB makes CD80, CD86, CD83, PDL1 and
IL-12, each from a promoter of its own affinity, on top of a constitutive part.

In the contact the molecules of both cells are counted in the cleft between them, so that published
affinities in solution apply. TCR binds self peptide weakly and tumour peptide firmly and is
phosphorylated in two steps of proofreading; CD28 and the two-sited CTLA4 compete for CD80 and CD86;
PD1 binds PDL1 and PDL2; CD80 takes PDL1 in cis, on which CD28 still binds and CTLA4 does not. LCK
phosphorylates TCR, CD28 and ligated PD1; phosphorylated PD1 holds SHP2, which dephosphorylates CD28
and, less, TCR. CTLA4 takes the B7 that it holds out of the contact. TCR and CD28 together activate
MAPK, by two phosphorylations; its doubly phosphorylated share sets how fast naive tumour-specific
CD8 T cells of the node are primed, divide and become effectors.

Antibodies against PD1, PDL1, CTLA4 and the CD40 agonist are dosed into plasma; the node sees a
share of it. Molecules of a cell are those of one average cell or one average contact. Health is a
fixed point with signalling above zero.
"""
