// What each dataset speaks of; of anything else the data says nothing.
MATCH (d:ClaimDataset)
WITH d ORDER BY d.key
RETURN DISTINCT coalesce(d.scopeEn, d.scopeNl) AS row
LIMIT 100
