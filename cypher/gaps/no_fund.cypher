// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: low
// section: 五（五）
// title.zh: 没有社区基金的社区
// title.en: Communities without a community fund
// reason.zh: {name}登记了 {n_known} 条关系，其中没有社区基金或基金会。
// reason.en: {name}: {n_known:tie} on record, none of them to a community fund or a foundation.
// unknown.zh: {name}还没有登记任何关系，看不出有没有社区基金。
// unknown.en: Nothing is on record about {name}, so nobody can tell whether it has a community fund.
// step.zh: 先在市慈善会或一家基金会名下设专项基金，请居民、志愿者和商户共同发起、共同决定用途。
// step.en: Open an earmarked fund with a foundation or charity federation, started and decided on by residents, volunteers and merchants together.
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// missing.area.zh: 没有填写区域，看不到区域里有什么
// missing.area.en: its area was not entered, so what lies in it was not seen
// A community with no fund and no foundation tied to it, to its compounds or in its area.
// A group is left out: what each of its members has is not known.
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
  AND ($area = '' OR c.area = $area OR c.area STARTS WITH $area + '/')
WITH c,
     EXISTS { (c)--(:Fund|Foundation) }
     OR EXISTS { (c)--(:Compound)--(:Fund|Foundation) }
     OR EXISTS {
       MATCH (c)-[:LOCATED_IN]->(area:Area)<-[:LOCATED_IN]-(:Fund|Foundation)
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
