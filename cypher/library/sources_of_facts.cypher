// mode: read
// title.zh: 各个来源说了多少
// title.en: How much each source says
// group: sources
// column: source string
// column: n_actors integer
// column: n_ties integer
// 每个来源支撑多少主体（含项目等）和多少条关系；来源为空的那一行还没有写明出处。
// How many actors (with projects and so on) and ties rest on each source; the line without a
// source is what names none.
CALL () {
  MATCH (n:Stakeholder|Affiliation)
  RETURN n.source AS source, 1 AS actor, 0 AS tie
  UNION ALL
  MATCH (:Stakeholder|Affiliation)-[r]->(:Stakeholder|Affiliation)
  RETURN r.source AS source, 0 AS actor, 1 AS tie
}
RETURN source, sum(actor) AS n_actors, sum(tie) AS n_ties
ORDER BY n_ties DESC, n_actors DESC, source
