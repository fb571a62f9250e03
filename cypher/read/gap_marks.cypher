// mode: read
// column: id string
// column: status string
// column: note string
// column: date string
// column: at string
// What was decided about gaps, by the gap's id.
MATCH (m:GapMark)
RETURN m.id AS id, m.status AS status, m.note AS note, m.date AS date, m.at AS at
ORDER BY id
