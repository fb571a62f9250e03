// mode: read
// column: subject string
// column: n_known integer
// column: values map
// column: evidence list<map>
// severity: medium
// section: 五（一）
// title.zh: 没有共同活动阵地的社区
// title.en: Communities without a shared space
// reason.zh: {name}登记了 {n_known} 条关系，其中没有志愿者和外部各方可以共用的阵地。
// reason.en: {name}: {ties} on record, none of them to a space that volunteers and outside parties share.
// unknown.zh: {name}还没有登记任何关系，看不出有没有共同活动的阵地。
// unknown.en: Nothing is on record about {name}, so nobody can tell whether it has a shared space.
// step.zh: 请辖区单位、物业或商户开放一处场地，或在党群服务中心划出固定时段。
// step.en: Ask a resident unit, the property company or a merchant to open a room, or reserve hours in the service centre.
// A community with no space of its own, of its compounds, or in its area.
// A group is left out: what each of its members has is not known.
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
OPTIONAL MATCH (c)-[r]-(other:Stakeholder|Affiliation)
WITH c, count(r) AS n_known,
     [x IN collect({start: startNode(r).id, relation: type(r), end: endNode(r).id, source: r.source})
      WHERE x.start IS NOT NULL] AS rows
WHERE NOT EXISTS { (c)--(:Space) }
  AND NOT EXISTS { (c)--(:Compound)--(:Space) }
  AND NOT EXISTS {
    MATCH (c)-[:LOCATED_IN]->(area:Area)<-[:LOCATED_IN]-(:Space)
    WHERE area.name = c.name
  }
RETURN c.id AS subject, n_known, {} AS values, rows[..20] AS evidence
ORDER BY subject
