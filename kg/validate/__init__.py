"""Faults in the data, quotes against their sources, and bases against their mentions."""
