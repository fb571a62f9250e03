// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section: 五（一）
// title.zh: 没有跨社区平台的街道
// title.en: Streets without a platform across communities
// reason.zh: {name}辖内有 {n_communities} 个社区，没有登记由它参与、或有两个社区共同参与的平台或机制。
// reason.en: {name} has {n_communities:community|communities} on record, and no platform or mechanism that it takes part in or that two of them share.
// unknown.zh: {name}还没有登记任何关系，看不出有没有跨社区的平台。
// unknown.en: Nothing is on record about {name}, so nobody can tell whether there is a platform across its communities.
// step.zh: 由街道社工站牵头，让各社区、社会组织和驻区单位每季在一处碰头，先对一次需求和资源清单。
// step.en: Have the street's social work station bring communities, organisations and resident units to one table each quarter, beginning with their lists of needs and resources.
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// missing.area.zh: 没有填写区域，看不到区域里有什么
// missing.area.en: its area was not entered, so what lies in it was not seen
// missing.communities.zh: 它的区域里没有登记社区
// missing.communities.en: no community is on record in its area
// A street office that takes part in no platform or mechanism, in whose own area none lies, and of whose
// communities no two share one.
MATCH (s:StreetOffice)
WHERE NOT coalesce(s.is_group, false)
  AND ($area = '' OR s.area = $area OR s.area STARTS WITH $area + '/')
WITH s,
     EXISTS { (s)--(:Platform|Mechanism) }
     OR EXISTS { (s)-[:LOCATED_IN]->(:Area)<-[:LOCATED_IN]-(:Platform|Mechanism) }
     OR EXISTS {
       MATCH (s)-[:LOCATED_IN]->(:Area)<-[:PART_OF]-(:Area)<-[:LOCATED_IN]-(c:Community)
             --(p:Platform|Mechanism)
       WITH p, count(DISTINCT c) AS n
       WHERE n > 1
       RETURN p
     } AS is_met,
     COUNT { (s)-[:LOCATED_IN]->(:Area)<-[:PART_OF]-(:Area)<-[:LOCATED_IN]-(:Community) } AS n
CALL (s, is_met) {
  MATCH (s)-[r]-(:Stakeholder|Affiliation)
  WHERE NOT is_met
  RETURN count(r) AS n_known,
         collect({start: startNode(r).id, relation: type(r), end: endNode(r).id,
                  source: r.source})[..20] AS evidence
}
RETURN s.id AS subject,
       CASE WHEN is_met THEN 'fine' WHEN n_known = 0 THEN 'unknown' ELSE 'lacking' END AS state,
       {n_known: n_known, n_communities: n} AS values,
       [x IN [CASE WHEN n_known = 0 THEN 'ties' END, CASE WHEN s.area IS NULL THEN 'area' END,
              CASE WHEN n = 0 THEN 'communities' END]
        WHERE x IS NOT NULL] AS missing,
       evidence
ORDER BY subject
