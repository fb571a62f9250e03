// mode: write
// param: rows list<map>
// Upserts offers: rows of {id, actor, properties}.
UNWIND $rows AS row
MATCH (a:Stakeholder|Affiliation {id: row.actor})
MERGE (x:Offer {id: row.id})
SET x = row.properties
MERGE (a)-[:MAKES_OFFER]->(x)
