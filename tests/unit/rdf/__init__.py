"""Tests of the RDF of a data set."""
