// mode: write
// param: rows list<map>
// Upserts areas: rows of {id, parent, properties}, parents before children; parent may be null.
UNWIND $rows AS row
MERGE (a:Area {id: row.id})
SET a = row.properties
WITH a, row
WHERE row.parent IS NOT NULL
MATCH (p:Area {id: row.parent})
MERGE (a)-[:PART_OF]->(p)
