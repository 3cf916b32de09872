// Which of some texts are names of care functions and of municipalities.
// $texts  the texts, in their normal form
UNWIND $texts AS text
MATCH (x:Reference {key: text})-[:REFERS_TO]->(n:Entity)
WHERE n:CareFunction OR n:Municipality
RETURN DISTINCT x.key AS text, n.type AS type
