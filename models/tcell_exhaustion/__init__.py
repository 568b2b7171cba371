"""How a CD8 T cell of a tumour loses function, and when that can be undone.

Tumour antigen keeps the T cell receptor signalling. NFAT enters the nucleus; with its partner AP-1,
which needs costimulation besides, it drives effector genes, without it TOX and PD-1. PD-1 on PD-L1
carries SHP2, which takes phosphate from CD28 and less from TCR. TOX opens, primes and locks the
exhaustion loci; a locked TOX locus needs no NFAT, so that the lock keeps itself. TOX closes the
loci of IFNG and TNF. Metabolic stress damages mitochondria, which PGC1A repairs and BLIMP1, made
by lasting signal, lets go; their ROS inhibits phosphatases of TCR.

The network is written for two average cells, one stem-like and one differentiated, which differ in
what they meet. Stem-like, differentiated and terminally exhausted cells of the tumour are counts;
their flows follow NFAT with AP-1, TCF1 and the lock. All inside a cell are molecules of that cell
in its volume. Health is a small pool of memory cells with tonic signal at the site.

Levers are antigen, metabolic stress, PD-L1, a knock-out of TOX, imposed damage to mitochondria,
their activation, and an antibody to PD-1. Three switches, checkpoint_signal, mito_to_epigenome and
tox_feedback, take a mechanism out.
"""
