// mode: write
// param: rows list<map>
// Adds areas that are not there yet: rows of {id, parent, name}, parents before children. Only the
// trial of a scenario does this, which is rolled back.
UNWIND $rows AS row
MERGE (a:Area {id: row.id})
ON CREATE SET a.name = row.name
WITH a, row
WHERE row.parent IS NOT NULL
MATCH (p:Area {id: row.parent})
MERGE (a)-[:PART_OF]->(p)
