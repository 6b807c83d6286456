"""Named questions: SPARQL with typed parameters, and the forms of their answers."""
