"""From a question to one Cypher text and the function that shapes its record. Pure: imports no engine."""
