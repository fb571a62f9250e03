// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: high
// section: 五（三）
// title.zh: 没有自己的志愿队伍的社区
// title.en: Communities without a resident volunteer team
// reason.zh: {name}登记了 {n_known} 条关系，其中没有一支本地的志愿服务队伍。
// reason.en: {name}: {n_known:tie} on record, none of them to a volunteer team of its own.
// unknown.zh: {name}还没有登记任何关系，看不出有没有自己的志愿队伍。
// unknown.en: Nothing is on record about {name}, so nobody can tell whether it has a team of its own.
// step.zh: 从党员、骨干和热心居民起步，请社会组织协助孵化一支队伍并备案。
// step.en: Begin with active residents, have a social organisation help to bring up a team, and file it.
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// missing.area.zh: 没有填写区域，看不到区域里有什么
// missing.area.en: its area was not entered, so what lies in it was not seen
// A community with no volunteer team or community organisation tied to it, to its compounds or in
// its area. Volunteers whom an enterprise or a university sends through a project are not its own.
// A group is left out: what each of its members has is not known.
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
  AND ($area = '' OR c.area = $area OR c.area STARTS WITH $area + '/')
WITH c,
     EXISTS { (c)--(:VolunteerTeam|CommunityOrganisation) }
     OR EXISTS { (c)--(:Compound)--(:VolunteerTeam|CommunityOrganisation) }
     OR EXISTS {
       MATCH (c)-[:LOCATED_IN]->(area:Area)<-[:LOCATED_IN]-(:VolunteerTeam|CommunityOrganisation)
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
