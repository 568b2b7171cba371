"""Tumour VEGF, NF-kB and the maturation of dendritic cells in the marrow.

Tumour-derived VEGF inhibits NF-kB in precursors of dendritic cells, and with less NF-kB fewer of
them become mature dendritic cells. The model follows VEGF-A in plasma with soluble VEGFR1, the
receptors VEGFR1 and VEGFR2 on an average pre-DC (one VEGF binds one receptor and then bridges to a
second; the pair phosphorylates itself, is dephosphorylated and taken in), the core of IKK, IkBa and
NF-kB with resynthesis of IkBa and A20, driven by TNF and a tonic signal, and the cells that NF-kB
steers: pre-DC, immature and mature dendritic cells of the marrow.

Phosphorylated receptors divide the signal that reaches IKK. Receptors and all inside a cell are
molecules of one average pre-DC in that cell's volume. Ligands are totals of the blood. Health is a
fixed point with signalling above zero.

A tumour is the helper species vegf_on and, for its TNF, tnf_on; vegf_strength 0 is health and 1 a
reference tumour. The therapies are an anti-VEGF antibody and more soluble VEGFR1; TNF is a stimulus
as well. Two mechanism switches, vegf_nfkb_block and ikba_feedback, take a mechanism out.
"""
