"""The immune macroenvironment: marrow, blood, spleen, draining node and tumour.

Populations of five compartments are coupled to reductions of four cascades: gcsf_irf8,
il6_dc_apoptosis, vegf_dc_maturation and flt3l_cdc. HSC, MPP and GMP make neutrophils and monocytes;
mature ones circulate, immature ones are released early and are then PMN-MDSC and M-MDSC. MPP also
make CDP, pre-DC, cDC1 and cDC2, with three states of maturation and with antigen. Naive and memory
lymphocytes recirculate; CD8 T cells of two classes of tumour-specific clones are primed in the
node, become effectors, enter the tumour and kill.

A tumour is seeded at the onset and grows. Each of its cells secretes G-CSF, IL-6 and VEGF into
blood. Receptors of the neutrophil lineage and of pre-DC clear G-CSF. It drives granulopoiesis,
empties the niche of CXCL12 and so mobilises progenitors, and in pre-DC activates STAT3, which
represses IRF8; IRF8 decides how many CDP become pre-DC and how many of these become cDC1. IL-6
makes dendritic cells semi-mature and has them die sooner, VEGF takes from them the NF-kB that they
need to be made and to mature. FLT3 ligand makes more of them, and rises when they are few; a CD40
agonist matures them. They carry antigen from tumour to node, which the tumour remodels.

Health is a fixed point for any parameter values: healthy numbers and one turnover per pool are
parameters, all production and transport follows from them, and a signal enters as its effect over
its effect in health.

Cells are counted per compartment, soluble factors are totals of a compartment, and what lies inside
a cell is molecules of one average cell. Each mechanism has a switch.
"""
