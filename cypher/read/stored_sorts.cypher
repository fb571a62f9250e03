// mode: read
// column: sort string
// column: name string
// column: n integer
// How many nodes bear each label (sort is label) and how many relationships are of each type.
CALL db.labels() YIELD label
CALL (label) {
  MATCH (n:$(label))
  RETURN count(n) AS n
}
RETURN 'label' AS sort, label AS name, n
UNION ALL
CALL db.relationshipTypes() YIELD relationshipType
CALL (relationshipType) {
  MATCH ()-[r:$(relationshipType)]->()
  RETURN count(r) AS n
}
RETURN 'type' AS sort, relationshipType AS name, n
