// mode: read
// column: subject string
// column: n_known integer
// column: values map
// column: evidence list<map>
// severity: high
// section: 五（一）
// title.zh: 没有联动平台或机制的社区
// title.en: Communities without a platform or mechanism
// reason.zh: {name}登记了 {n_known} 条关系，其中没有平台，也没有议事会、协调小组、联盟一类的机制。
// reason.en: {name}: {ties} on record, none of them to a platform or to a mechanism such as a council, a coordination group or an alliance.
// unknown.zh: {name}还没有登记任何关系，看不出有没有平台或机制。
// unknown.en: Nothing is on record about {name}, so nobody can tell whether it has a platform or mechanism.
// step.zh: 与街道或枢纽组织商量，先建一个小的协调小组或社区合伙人机制，定期开会。
// step.en: Start small with the street office or a hub: a coordination group or a community partner scheme that meets regularly.
// A community with no platform or mechanism of its own, of its compounds, or in its area.
// A group is left out: what each of its members has is not known.
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
OPTIONAL MATCH (c)-[r]-(other:Stakeholder|Affiliation)
WITH c, count(r) AS n_known,
     [x IN collect({start: startNode(r).id, relation: type(r), end: endNode(r).id, source: r.source})
      WHERE x.start IS NOT NULL] AS rows
WHERE NOT EXISTS { (c)--(:Platform|Mechanism) }
  AND NOT EXISTS { (c)--(:Compound)--(:Platform|Mechanism) }
  AND NOT EXISTS {
    MATCH (c)-[:LOCATED_IN]->(area:Area)<-[:LOCATED_IN]-(:Platform|Mechanism)
    WHERE area.name = c.name
  }
RETURN c.id AS subject, n_known, {} AS values, rows[..20] AS evidence
ORDER BY subject
