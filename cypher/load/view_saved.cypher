// mode: write
// param: id string
// param: properties map
// column: id string
// Keeps a view, new or in place of what it was: id, name, note, address, created, deleted.
MERGE (v:SavedView {id: $id})
SET v += $properties
RETURN v.id AS id
