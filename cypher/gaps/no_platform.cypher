// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: high
// section: 五（一）
// title.zh: 没有联动平台或机制的社区
// title.en: Communities without a platform or mechanism
// reason.zh: {name}登记了 {n_known} 条关系，其中没有平台，也没有议事会、协调小组、联盟一类的机制。
// reason.en: {name}: {n_known:tie} on record, none of them to a platform or to a mechanism such as a council, a coordination group or an alliance.
// unknown.zh: {name}还没有登记任何关系，看不出有没有平台或机制。
// unknown.en: Nothing is on record about {name}, so nobody can tell whether it has a platform or mechanism.
// step.zh: 与街道或枢纽组织商量，先建一个小的协调小组或社区合伙人机制，定期开会。
// step.en: Start small with the street office or a hub: a coordination group or a community partner scheme that meets regularly.
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// missing.area.zh: 没有填写区域，看不到区域里有什么
// missing.area.en: its area was not entered, so what lies in it was not seen
// A community with no platform or mechanism of its own, of its compounds, or in its area.
// A group is left out: what each of its members has is not known.
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
  AND ($area = '' OR c.area = $area OR c.area STARTS WITH $area + '/')
WITH c,
     EXISTS { (c)--(:Platform|Mechanism) }
     OR EXISTS { (c)--(:Compound)--(:Platform|Mechanism) }
     OR EXISTS {
       MATCH (c)-[:LOCATED_IN]->(area:Area)<-[:LOCATED_IN]-(:Platform|Mechanism)
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
