// mode: read
// column: id string
// column: number integer
// column: at string
// column: files list<string>
// column: summary string
// column: is_undone boolean
// Every import, newest first.
MATCH (i:Import)
RETURN i.id AS id, i.number AS number, i.at AS at, i.files AS files, i.summary AS summary,
       i.is_undone AS is_undone
ORDER BY number DESC
