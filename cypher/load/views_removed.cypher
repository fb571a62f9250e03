// mode: write
// param: before string
// column: id string
// Forgets views that were deleted before a time, with the links that share them.
MATCH (v:SavedView)
WHERE v.deleted < $before
OPTIONAL MATCH (s:ViewShare {view: v.id})
WITH v, v.id AS id, collect(s) AS shares
FOREACH (s IN shares | DELETE s)
DELETE v
RETURN id
