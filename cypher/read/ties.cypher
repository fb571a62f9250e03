// mode: read
// column: start string
// column: relation string
// column: end string
// column: strength integer
// column: amount float
// column: since string
// column: until string
// column: source string
// column: note string
// Every tie between actors and affiliations, for the snapshot that analyses run on.
MATCH (a:Stakeholder|Affiliation)-[r]->(b:Stakeholder|Affiliation)
RETURN a.id AS start,
       type(r) AS relation,
       b.id AS end,
       coalesce(r.strength, 1) AS strength,
       r.amount AS amount,
       r.since AS since,
       r.until AS until,
       r.source AS source,
       r.note AS note
ORDER BY start, relation, end, since
