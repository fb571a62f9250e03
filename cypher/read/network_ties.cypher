// mode: read
// column: start string
// column: relation string
// column: end string
// column: strength integer
// column: since string
// column: until string
// What the network needs of every tie between actors and affiliations.
MATCH (a:Stakeholder|Affiliation)-[r]->(b:Stakeholder|Affiliation)
RETURN a.id AS start,
       type(r) AS relation,
       b.id AS end,
       coalesce(r.strength, 1) AS strength,
       r.since AS since,
       r.until AS until
