"""A data set as RDF 1.1: facts, evidence and what follows from them, without blank nodes."""
