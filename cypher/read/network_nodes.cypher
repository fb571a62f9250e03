// mode: read
// column: id string
// column: name string
// column: kind string
// column: area string
// column: n_members integer
// column: since string
// column: until string
// What the network and its table need of every actor and affiliation.
MATCH (n:Stakeholder|Affiliation)
RETURN n.id AS id,
       n.name AS name,
       [label IN labels(n) WHERE NOT label IN ['Stakeholder', 'Affiliation']][0] AS kind,
       n.area AS area,
       n.n_members AS n_members,
       n.since AS since,
       n.until AS until
