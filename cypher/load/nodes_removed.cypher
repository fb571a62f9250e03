// mode: write
// param: ids list<string>
// Deletes actors and affiliations with their ties. Only undoing an import does this.
UNWIND $ids AS id
MATCH (n:Stakeholder|Affiliation {id: id})
DETACH DELETE n
