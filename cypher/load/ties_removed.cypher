// mode: write
// param: rows list<map>
// Deletes ties: rows of {start, relation, end, since}. Only undoing an import does this.
UNWIND $rows AS row
MATCH (a:Stakeholder|Affiliation {id: row.start})-[r:$(row.relation)]->
      (b:Stakeholder|Affiliation {id: row.end})
WHERE coalesce(r.since, '') = coalesce(row.since, '')
DELETE r
