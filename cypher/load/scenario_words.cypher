// mode: write
// param: labels list<string>
// param: relations list<string>
// param: properties list<string>
// Makes labels, relations and properties known that nothing has yet; no node or tie changes.
CALL () {
  UNWIND $labels AS word
  CALL db.createLabel(word)
  RETURN count(*) AS n_labels
}
CALL () {
  UNWIND $relations AS word
  CALL db.createRelationshipType(word)
  RETURN count(*) AS n_relations
}
CALL () {
  UNWIND $properties AS word
  CALL db.createProperty(word)
  RETURN count(*) AS n_properties
}
FINISH
