// mode: read
// param: id string = ""
// column: id string
// column: name string
// column: note string
// column: items string
// column: created string
// column: changed string
// column: n_saves integer
// Every shortlist, or the one with this id; the one changed last comes first. `items` is JSON.
MATCH (s:Shortlist)
WHERE $id = '' OR s.id = $id
RETURN s.id AS id, s.name AS name, s.note AS note, s.items AS items, s.created AS created,
       s.changed AS changed, s.n_saves AS n_saves
ORDER BY changed DESC, id
