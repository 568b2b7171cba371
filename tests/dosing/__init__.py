"""Small SBML files that dose one compartment: the mechanisms that fail, and ours beside them."""
