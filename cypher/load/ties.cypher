// mode: write
// param: rows list<map>
// Creates ties: rows of {start, relation, end, properties}. Both ends must be there.
UNWIND $rows AS row
MATCH (a:Stakeholder|Affiliation {id: row.start})
MATCH (b:Stakeholder|Affiliation {id: row.end})
CREATE (a)-[r:$(row.relation)]->(b)
SET r = row.properties
