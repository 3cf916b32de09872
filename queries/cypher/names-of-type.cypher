// The names of all things of a type, among which the nearest to a misspelt one are looked for.
// $label  the Neo4j label of the type
MATCH (n:Entity)<-[:REFERS_TO]-(x:Reference)
WHERE $label IN labels(n)
RETURN DISTINCT [x.key, n.nameNl] AS row
LIMIT 20000
