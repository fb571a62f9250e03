// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section: 五（二）
// title.zh: 体制内只联系民政一条线的社区
// title.en: Communities whose ties inside the system end at civil affairs
// reason.zh: {name}登记了 {n_known} 条关系，其中没有民政以外的部门、群团，也没有党群服务中心或文明实践中心（所、站）。
// reason.en: {name}: {n_known:tie} on record, none of them to a department other than civil affairs, a mass organisation, a party-service centre or a civilisation-practice centre.
// unknown.zh: {name}还没有登记任何关系，看不出它联系着哪些部门。
// unknown.en: Nothing is on record about {name}, so nobody can tell which departments it works with.
// step.zh: 请街道出面，把卫健、教育、司法、共青团、妇联的服务项目和文明实践站的活动排进社区的计划。
// step.en: Through the street office, bring services of health, education, justice, the Youth League or the women's federation, and the civilisation-practice station, into the community's plan.
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// missing.area.zh: 没有填写区域，看不到区域里有什么
// missing.area.en: its area was not entered, so what lies in it was not seen
// A community that neither by a tie nor by a shared affiliation meets a department other than civil
// affairs or a mass organisation, and has no party-service or civilisation-practice centre. The street
// office and party organisations are its own line and do not count. Civil affairs and the centres are
// known by their names.
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
  AND ($area = '' OR c.area = $area OR c.area STARTS WITH $area + '/')
WITH c,
     EXISTS { (c)--(:MassOrganisation) }
     OR EXISTS { (c)--(:Affiliation)--(:MassOrganisation) }
     OR EXISTS {
       MATCH (c)--(d:GovernmentAgency)
       WHERE NOT (d.name CONTAINS '民政' OR toLower(d.name) CONTAINS 'civil affairs')
     }
     OR EXISTS {
       MATCH (c)--(:Affiliation)--(d:GovernmentAgency)
       WHERE NOT (d.name CONTAINS '民政' OR toLower(d.name) CONTAINS 'civil affairs')
     }
     OR EXISTS {
       MATCH (c)--(s:Space)
       WHERE s.name CONTAINS '党群' OR s.name CONTAINS '文明实践'
          OR toLower(s.name) CONTAINS 'civilisation practice'
     }
     OR EXISTS {
       MATCH (c)-[:LOCATED_IN]->(area:Area)<-[:LOCATED_IN]-(s:Space)
       WHERE area.name = c.name
         AND (s.name CONTAINS '党群' OR s.name CONTAINS '文明实践'
              OR toLower(s.name) CONTAINS 'civilisation practice')
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
