"""Serum IL-6, STAT3 and the death of dendritic cells.

Tumour-derived IL-6 circulates free, bound to the soluble IL-6 receptor (IL-6R) and, with it, to
soluble gp130. An average splenic dendritic cell takes it up in two ways: on its own membrane IL-6R,
which then binds gp130 (classic signalling), and as the soluble complex that binds gp130 directly
(trans-signalling). Two of these trimers form the hexamer of two IL-6, two IL-6R and two gp130, in
which JAK1 is activated, gp130 is phosphorylated, and STAT3, SHP2 and SOCS3 dock. Nuclear STAT3
dimers induce SOCS3 and, in this model, the BH3-only protein BIM. BIM is held by BCL-2; what is
free activates BAX, which BCL-2 holds too; free active BAX activates caspase-3, which XIAP holds;
free caspase-3 sets the rate at which dendritic cells die.

Receptors and all inside a cell are molecules of one average dendritic cell in that cell's volume.
Soluble proteins are totals of the blood; hepatocytes and other bearers of IL-6R clear IL-6 by cells
times uptake per cell. Health is a fixed point with signalling above zero: baselines and one
turnover per pool are parameters, and every production rate is derived from them.

A tumour is the helper species il6_on; il6_strength 0 is health and 1 a reference tumour. Therapies
are an antibody to IL-6R, a JAK inhibitor and soluble gp130. Two mechanism switches, il6_dc_death
and socs3_feedback, take a mechanism out.
"""
