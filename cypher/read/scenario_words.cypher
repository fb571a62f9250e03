// mode: read
// column: labels list<string>
// column: relations list<string>
// column: properties list<string>
// The labels, relations and properties that the store has met so far.
CALL () { CALL db.labels() YIELD label RETURN collect(label) AS labels }
CALL () { CALL db.relationshipTypes() YIELD relationshipType RETURN collect(relationshipType) AS relations }
CALL () { CALL db.propertyKeys() YIELD propertyKey RETURN collect(propertyKey) AS properties }
RETURN labels, relations, properties
