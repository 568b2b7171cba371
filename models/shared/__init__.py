"""Motifs that several models use, each written once."""
