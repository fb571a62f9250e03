// mode: read
// column: id string
// column: name string
// column: note string
// column: address string
// column: created string
// column: deleted string
// Every saved view, the newest first; `deleted` is when it was thrown away, null where it was not.
MATCH (v:SavedView)
RETURN v.id AS id, v.name AS name, v.note AS note, v.address AS address, v.created AS created,
       v.deleted AS deleted
ORDER BY created DESC, id
