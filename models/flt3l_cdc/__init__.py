"""FLT3 ligand, its receptor, the dendritic cells it makes and the stimuli that mature them.

FLT3L is a dimer in plasma: tissue makes it, it is eliminated, and the cells that bear FLT3 take it
up, so that it rises when they fall. On an average progenitor one ligand binds one FLT3 and bridges
it to a second; the pair phosphorylates itself, is internalised and degraded, and activates an
effector (STAT3, STAT5 and PI3K lumped). The effector's active share raises the progeny of CDP and
pre-DC, the share of CDP that commit, and the division of cDC1 and cDC2 in the periphery. Immature
dendritic cells of blood and spleen mature by an activation signal, on which four routes converge:
endosomal TLR3 with TRIF and cytosolic MDA5 with MAVS (poly-ICLC), TLR9 with MyD88 (CpG), and CD40
bridged by a bivalent antibody with TRAF6.

Receptors and all inside a cell are molecules of one average progenitor or one average immature
dendritic cell. FLT3L is the total of its distribution volume; receptors clear it by cells times
uptake per cell. Health is a fixed point with signalling above zero: baselines and turnovers are
parameters, the healthy state of the receptor has a closed form, production rates follow.

Therapies are recombinant FLT3L, poly-ICLC, CpG and a CD40 agonist. Depletion of cDC, failure of the
marrow, a tumour that diverts progenitors, and knock-outs of TLR and CD40 are challenges. Two
mechanism switches, flt3_response and maturation_response, take a mechanism out.
"""
