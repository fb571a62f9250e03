// mode: read
// column: subject string
// column: n_known integer
// column: values map
// column: evidence list<map>
// severity: high
// section: 五（三）
// title.zh: 没有自己的志愿队伍的社区
// title.en: Communities without a resident volunteer team
// reason.zh: {name}登记了 {n_known} 条关系，其中没有一支本地的志愿服务队伍。
// reason.en: {name}: {ties} on record, none of them to a volunteer team of its own.
// unknown.zh: {name}还没有登记任何关系，看不出有没有自己的志愿队伍。
// unknown.en: Nothing is on record about {name}, so nobody can tell whether it has a team of its own.
// step.zh: 从党员、骨干和热心居民起步，请社会组织协助孵化一支队伍并备案。
// step.en: Begin with active residents, have a social organisation help to bring up a team, and file it.
// A community with no volunteer team or community organisation tied to it, to its compounds or in
// its area. Volunteers whom an enterprise or a university sends through a project are not its own.
// A group is left out: what each of its members has is not known.
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
OPTIONAL MATCH (c)-[r]-(other:Stakeholder|Affiliation)
WITH c, count(r) AS n_known,
     [x IN collect({start: startNode(r).id, relation: type(r), end: endNode(r).id, source: r.source})
      WHERE x.start IS NOT NULL] AS rows
WHERE NOT EXISTS { (c)--(:VolunteerTeam|CommunityOrganisation) }
  AND NOT EXISTS { (c)--(:Compound)--(:VolunteerTeam|CommunityOrganisation) }
  AND NOT EXISTS {
    MATCH (c)-[:LOCATED_IN]->(area:Area)<-[:LOCATED_IN]-(:VolunteerTeam|CommunityOrganisation)
    WHERE area.name = c.name
  }
RETURN c.id AS subject, n_known, {} AS values, rows[..20] AS evidence
ORDER BY subject
