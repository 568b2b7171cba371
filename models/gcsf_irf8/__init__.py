"""Tumour G-CSF, STAT3 and IRF8 in dendritic-cell precursors.

Tumour-derived G-CSF reaches the marrow, where it drives granulopoiesis and, in dendritic-cell
precursors, activates STAT3 and thereby represses IRF8, the factor that commits them to type 1
conventional dendritic cells (cDC1). The model follows free G-CSF in plasma, its receptor CSF3R
on an average pre-DC (binding, JAK2 docking, dimerisation, trans-activation, tyrosine
phosphorylation, SOCS3 feedback, internalisation), STAT3 from docking to nuclear dimer, IRF8
messenger and protein, and the cells that follow: pre-DC, cDC1 and cDC2, and neutrophils from
marrow precursor to blood.

Receptors and all inside a cell are molecules of one average pre-DC in that cell's volume. G-CSF
is the total of the blood compartment; receptors clear it by cells times uptake per cell. Health
is a fixed point with signalling above zero: baselines and one turnover per pool are parameters,
and every production rate is derived from them.

A tumour is the helper species gcsf_on; gcsf_strength 0 is health and 1 a reference tumour.
Therapies are filgrastim, an anti-G-CSF antibody, a JAK inhibitor and an IRF8 transgene. Two
mechanism switches, irf8_repression and socs3_feedback, take a mechanism out.
"""
