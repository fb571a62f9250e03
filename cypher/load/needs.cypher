// mode: write
// param: rows list<map>
// Upserts needs: rows of {id, actor, properties}.
UNWIND $rows AS row
MATCH (a:Stakeholder|Affiliation {id: row.actor})
MERGE (x:Need {id: row.id})
SET x = row.properties
MERGE (a)-[:HAS_NEED]->(x)
