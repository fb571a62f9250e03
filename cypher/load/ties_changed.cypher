// mode: write
// param: rows list<map>
// Replaces the properties of ties: rows of {start, relation, end, since, properties}.
UNWIND $rows AS row
MATCH (a:Stakeholder|Affiliation {id: row.start})-[r:$(row.relation)]->
      (b:Stakeholder|Affiliation {id: row.end})
WHERE coalesce(r.since, '') = coalesce(row.since, '')
SET r = row.properties
