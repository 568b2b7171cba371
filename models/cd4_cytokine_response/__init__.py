"""What a T cell of blood answers to IL-6 and to PMA with ionomycin.

Two average cells. On a naive CD4 T cell IL-6 binds IL-6R, which joins gp130; two trimers form the
hexamer in which JAK1 phosphorylates gp130. STAT3 docks at four of its tyrosines, STAT1 at two of
these four, both at the same site of the model; what is phosphorylated dimerises, enters the
nucleus and comes back. Nuclear STAT3 induces SOCS3, which docks beside JAK1 and blocks it. ADAM17
sheds IL-6R; hydrogen peroxide and PMA activate it.

In a memory T cell PMA activates PKC-theta, which turns CARMA1 and with it IKK on, and with RasGRP1
the ERK that makes AP-1. Ionomycin lets calcium in, calmodulin loads calcineurin, and NFAT enters
the nucleus, where AP-1 binds it. The pair and NF-kB occupy the promoters of IL2 and IFNG. CD4 and
CD8 memory cells share all this and differ in how open the two loci are. Hydrogen peroxide oxidises
PKC-theta and the DNA-binding loop of NF-kB and NFAT, which glutathione and thioredoxin reduce over
days, and has calcineurin cleaved.

A tumour secretes IL-6 and has myeloid cells of blood release hydrogen peroxide; strength 0 is
health and 1 a reference tumour. Receptors and all inside a cell are molecules of one average cell
in its volume. Health is a fixed point with signalling above zero: every production rate is derived
from a baseline and a turnover. Three mechanism switches take a mechanism out: memory_blunting,
il6_receptor_shedding and socs3_feedback; two more are those of the NF-kB core.
"""
