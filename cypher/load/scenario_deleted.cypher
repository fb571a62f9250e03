// mode: write
// param: id string
// column: id string
// Forgets a scenario.
MATCH (s:Scenario {id: $id})
WITH s, s.id AS id
DELETE s
RETURN id
