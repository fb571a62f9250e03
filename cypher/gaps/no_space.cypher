// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section: 五（一）
// title.zh: 没有共同活动阵地的社区
// title.en: Communities without a shared space
// reason.zh: {name}登记了 {n_known} 条关系，其中没有志愿者和外部各方可以共用的阵地。
// reason.en: {name}: {n_known:tie} on record, none of them to a space that volunteers and outside parties share.
// unknown.zh: {name}还没有登记任何关系，看不出有没有共同活动的阵地。
// unknown.en: Nothing is on record about {name}, so nobody can tell whether it has a shared space.
// step.zh: 请辖区单位、物业或商户开放一处场地，或在党群服务中心划出固定时段。
// step.en: Ask a resident unit, the property company or a merchant to open a room, or reserve hours in the service centre.
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// missing.area.zh: 没有填写区域，看不到区域里有什么
// missing.area.en: its area was not entered, so what lies in it was not seen
// A community with no space of its own, of its compounds, or in its area.
// A group is left out: what each of its members has is not known.
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
  AND ($area = '' OR c.area = $area OR c.area STARTS WITH $area + '/')
WITH c,
     EXISTS { (c)--(:Space) }
     OR EXISTS { (c)--(:Compound)--(:Space) }
     OR EXISTS {
       MATCH (c)-[:LOCATED_IN]->(area:Area)<-[:LOCATED_IN]-(:Space)
       WHERE area.name = c.name
     } AS is_met
CALL (c, is_met) {
  MATCH (c)-[r]-(:Stakeholder|Affiliation)
  WHERE NOT is_met
  RETURN count(r) AS n_known,
         collect({start: startNode(r).id, relation: type(r), end: endNode(r).id,
                  source: r.source})[..20] AS evidence
}
RETURN c.id AS subject,
       CASE WHEN is_met THEN 'fine' WHEN n_known = 0 THEN 'unknown' ELSE 'lacking' END AS state,
       {n_known: n_known} AS values,
       [x IN [CASE WHEN n_known = 0 THEN 'ties' END, CASE WHEN c.area IS NULL THEN 'area' END]
        WHERE x IS NOT NULL] AS missing,
       evidence
ORDER BY subject
