// mode: write
// param: rows list<map>
// Upserts affiliations: rows of {id, kind, old_kind, properties}; all properties are replaced.
UNWIND $rows AS row
MERGE (n:Affiliation {id: row.id})
REMOVE n:$([kind IN [row.old_kind] WHERE kind IS NOT NULL])
SET n:$(row.kind)
SET n = row.properties
