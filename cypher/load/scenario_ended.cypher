// mode: write
// param: rows list<map>
// Ends actors and affiliations: rows of {id, until}. Only the trial of a scenario does this, which
// is rolled back.
UNWIND $rows AS row
MATCH (n:Stakeholder|Affiliation {id: row.id})
SET n.until = row.until
