// mode: read
// column: id string
// column: name string
// column: kind string
// column: name_en string
// column: aliases list<string>
// column: area string
// column: n_members integer
// column: n_members_at_least boolean
// column: is_group boolean
// column: registration string
// column: is_online boolean
// column: since string
// column: until string
// column: lat float
// column: lon float
// column: source string
// column: note string
// Every actor and affiliation, for the snapshot that analyses run on.
MATCH (n:Stakeholder|Affiliation)
RETURN n.id AS id,
       n.name AS name,
       [label IN labels(n) WHERE NOT label IN ['Stakeholder', 'Affiliation']][0] AS kind,
       n.name_en AS name_en,
       coalesce(n.aliases, []) AS aliases,
       n.area AS area,
       n.n_members AS n_members,
       coalesce(n.n_members_at_least, false) AS n_members_at_least,
       coalesce(n.is_group, false) AS is_group,
       n.registration AS registration,
       n.is_online AS is_online,
       n.since AS since,
       n.until AS until,
       n.lat AS lat,
       n.lon AS lon,
       n.source AS source,
       n.note AS note
ORDER BY id
