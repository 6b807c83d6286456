"""The graph in memory, and how strong a chain through it is."""
