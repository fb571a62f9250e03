// mode: write
// param: id string
// column: id string
// Takes the mark of a gap away.
MATCH (m:GapMark {id: $id})
WITH m, m.id AS id
DELETE m
RETURN id
