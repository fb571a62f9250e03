// mode: write
// param: ids list<string>
// Deletes needs and offers. Only undoing an import does this.
UNWIND $ids AS id
MATCH (x:Need|Offer {id: id})
DETACH DELETE x
