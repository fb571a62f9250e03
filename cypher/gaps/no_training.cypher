// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section: 二；五（四）
// title.zh: 没有培训往来的社区
// title.en: Communities without any training
// reason.zh: {name}登记了 {n_known} 条关系，其中没有培训、工作坊一类的活动，也没有社会组织、社工站或高校对它和它的队伍的支持或孵化。
// reason.en: {name}: {n_known:tie} on record, no training, workshop or course among them, and no support or incubation of it or its teams by a social organisation, a social work station or a university.
// unknown.zh: {name}还没有登记任何关系，看不出有没有培训。
// unknown.en: Nothing is on record about {name}, so nobody can tell whether anybody is trained there.
// step.zh: 请社工站或高校社工专业为社区工作者和骨干志愿者开一期培训，再安排督导。
// step.en: Have the social work station or a university's social work department hold a course for staff and leading volunteers, followed by supervision.
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// missing.area.zh: 没有填写区域，看不到区域里有什么
// missing.area.en: its area was not entered, so what lies in it was not seen
// A community that takes part in no event or project whose name speaks of training, and that neither
// itself nor one of its teams is supported or brought up by a social organisation, a foundation, a
// social work station or a university. What an event was about is read from its name.
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
  AND ($area = '' OR c.area = $area OR c.area STARTS WITH $area + '/')
WITH c,
     EXISTS {
       MATCH (c)--(x:Event|Project|Mechanism)
       WHERE any(w IN ['培训', '集训', '训练', '工作坊', '课程', '讲堂', '督导', '能人',
                       'training', 'workshop', 'course'] WHERE toLower(x.name) CONTAINS w)
     }
     OR EXISTS {
       MATCH (c)-[:LOCATED_IN]->(area:Area)<-[:LOCATED_IN]-(x:Event|Project|Mechanism)
       WHERE area.name = c.name
         AND any(w IN ['培训', '集训', '训练', '工作坊', '课程', '讲堂', '督导', '能人',
                       'training', 'workshop', 'course'] WHERE toLower(x.name) CONTAINS w)
     }
     OR EXISTS {
       (c)<-[:SUPPORTS|INCUBATES]-
       (:SocialOrganisation|Foundation|SocialWorkStation|SocialWorker|University)
     }
     OR EXISTS {
       (c)--(:VolunteerTeam|CommunityOrganisation)<-[:SUPPORTS|INCUBATES]-
       (:SocialOrganisation|Foundation|SocialWorkStation|SocialWorker|University)
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
