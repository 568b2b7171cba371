"""The cascades as they enter the composed model: reductions that tests hold to the whole ones."""
