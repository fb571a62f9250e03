// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section: 二；五（四）
// title.zh: 缺少专业支持的志愿队伍
// title.en: Volunteer teams without professional support
// reason.zh: {name}登记了 {n_known} 条关系，其中没有社会组织、社工站或社工，也没有和它们共同参与的项目。
// reason.en: {name}: {n_known:tie} on record, none of them to a social organisation, a social work station or a social worker, and no project shared with one.
// unknown.zh: {name}还没有登记任何关系，看不出有没有专业支持。
// unknown.en: Nothing is on record about {name}, so nobody can tell whether it has professional support.
// step.zh: 请一家社会组织或社工站来带队、培训，可用政府购买或公益创投支付。
// step.en: Ask a social organisation or a social work station to train and accompany the team; purchase or venture philanthropy can pay for it.
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// A volunteer team with no tie to a social organisation, foundation, social work station or social
// worker, neither its own nor through a project or space in which one of them has a leading part.
// A group is left out: what each of its members has is not known.
MATCH (t:VolunteerTeam)
WHERE NOT coalesce(t.is_group, false)
  AND ($area = '' OR t.area = $area OR t.area STARTS WITH $area + '/')
WITH t,
     EXISTS { (t)--(:SocialOrganisation|Foundation|SocialWorkStation|SocialWorker) }
     OR EXISTS {
       MATCH (t)--(:Affiliation)<-[role]-
             (:SocialOrganisation|Foundation|SocialWorkStation|SocialWorker)
       WHERE type(role) <> 'PARTICIPATES_IN'
     } AS is_met
CALL (t, is_met) {
  MATCH (t)-[r]-(:Stakeholder|Affiliation)
  WHERE NOT is_met
  RETURN count(r) AS n_known,
         collect({start: startNode(r).id, relation: type(r), end: endNode(r).id,
                  source: r.source})[..20] AS evidence
}
RETURN t.id AS subject,
       CASE WHEN is_met THEN 'fine' WHEN n_known = 0 THEN 'unknown' ELSE 'lacking' END AS state,
       {n_known: n_known} AS values,
       CASE WHEN n_known = 0 THEN ['ties'] ELSE [] END AS missing,
       evidence
ORDER BY subject
