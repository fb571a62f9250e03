// mode: read
// param: phrase string = ""
// param: word string = ""
// param: limit integer = 50
// column: id string
// Actors and affiliations whose name, alias or English name holds the phrase (full-text index,
// a Lucene phrase), or whose pinyin or initials hold the word (lower case, letters only).
CALL () {
  WITH $phrase AS phrase
  WHERE phrase <> ''
  CALL db.index.fulltext.queryNodes('names', phrase, {limit: $limit}) YIELD node
  RETURN node
  UNION
  WITH $word AS word
  WHERE word <> ''
  MATCH (node:Stakeholder|Affiliation)
  WHERE node.pinyin CONTAINS word
  RETURN node
  LIMIT toInteger($limit)
}
RETURN node.id AS id
LIMIT toInteger($limit)
