"""The interactive page: one HTML file that opens without a network."""
