"""Whatever a graph can be read from: ledgers, graph JSON."""
