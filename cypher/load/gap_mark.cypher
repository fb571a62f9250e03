// mode: write
// param: id string
// param: status string
// param: note string = null
// param: date string = null
// param: at string
// column: id string
// Marks a gap, by the gap's id, in place of an earlier mark. Imports never touch marks.
MERGE (m:GapMark {id: $id})
SET m.status = $status, m.note = $note, m.date = $date, m.at = $at
RETURN m.id AS id
