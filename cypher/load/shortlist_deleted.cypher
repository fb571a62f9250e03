// mode: write
// param: id string
// column: id string
// Forgets a shortlist.
MATCH (s:Shortlist {id: $id})
WITH s, s.id AS id
DELETE s
RETURN id
