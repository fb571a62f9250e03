// mode: read
// param: id string
// column: inverse string
// What undoing this import needs, as JSON; empty once it was undone.
MATCH (i:Import {id: $id})
RETURN i.inverse AS inverse
