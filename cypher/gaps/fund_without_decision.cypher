// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: low
// section: 五（五）
// title.zh: 没有共同决策的社区基金
// title.en: Funds without a joint decision
// reason.zh: {name}登记了 {n_known} 条关系，其中没有议事会一类的机制，也没有两个以上的主体共同管理。
// reason.en: {name}: {n_known:tie} on record, none of them to a council or the like, and fewer than two actors manage it together.
// unknown.zh: {name}还没有登记任何关系，看不出由谁决定用途。
// unknown.en: Nothing is on record about {name}, so nobody can tell who decides on it.
// step.zh: 设一个由居民、志愿者、出资方组成的议事会，每季公布一次收支。
// step.en: Set up a council of residents, volunteers and givers, and publish income and spending each quarter.
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// A fund that is tied to no mechanism, and that fewer than two actors start, run, supervise or advise.
// To give to it or to take part in it is not to decide on it.
MATCH (f:Fund)
WHERE NOT coalesce(f.is_group, false)
  AND ($area = '' OR f.area = $area OR f.area STARTS WITH $area + '/')
WITH f,
     EXISTS { (f)--(:Mechanism) }
     OR COUNT {
       MATCH (f)<-[:INITIATES|OPERATES|SUPERVISES|ADVISES]-(a:Stakeholder)
       RETURN DISTINCT a
     } > 1
     OR EXISTS {
       MATCH (f)<-[:INITIATES|OPERATES|SUPERVISES|ADVISES]-(a:Stakeholder)
       WHERE a.is_group
     } AS is_met
CALL (f, is_met) {
  MATCH (f)-[r]-(:Stakeholder|Affiliation)
  WHERE NOT is_met
  RETURN count(r) AS n_known,
         collect({start: startNode(r).id, relation: type(r), end: endNode(r).id,
                  source: r.source})[..20] AS evidence
}
RETURN f.id AS subject,
       CASE WHEN is_met THEN 'fine' WHEN n_known = 0 THEN 'unknown' ELSE 'lacking' END AS state,
       {n_known: n_known} AS values,
       CASE WHEN n_known = 0 THEN ['ties'] ELSE [] END AS missing,
       evidence
ORDER BY subject
