// mode: write
// param: id string
// Takes the mark of a gap away.
MATCH (m:GapMark {id: $id})
DELETE m
