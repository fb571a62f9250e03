// mode: write
// param: ids list<string>
// Deletes areas. Only undoing an import does this.
UNWIND $ids AS id
MATCH (a:Area {id: id})
DETACH DELETE a
