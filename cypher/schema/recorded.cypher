// mode: read
// column: schema_version integer
// column: n_changes integer
// What the data say about themselves; no row in an empty database.
MATCH (m:Meta {id: 'wushe'})
RETURN m.schema_version AS schema_version, coalesce(m.n_changes, 0) AS n_changes
