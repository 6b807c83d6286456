"""Coverage and gaps: pure functions on the graph, frozen results."""
