"""Where quads are kept for SPARQL."""
