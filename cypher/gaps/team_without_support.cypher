// mode: read
// column: subject string
// column: n_known integer
// column: values map
// column: evidence list<map>
// severity: medium
// section: 二；五（四）
// title.zh: 缺少专业支持的志愿队伍
// title.en: Volunteer teams without professional support
// reason.zh: {name}登记了 {n_known} 条关系，其中没有社会组织、社工站或社工，也没有和它们共同参与的项目。
// reason.en: {name}: {ties} on record, none of them to a social organisation, a social work station or a social worker, and no project shared with one.
// unknown.zh: {name}还没有登记任何关系，看不出有没有专业支持。
// unknown.en: Nothing is on record about {name}, so nobody can tell whether it has professional support.
// step.zh: 请一家社会组织或社工站来带队、培训，可用政府购买或公益创投支付。
// step.en: Ask a social organisation or a social work station to train and accompany the team; purchase or venture philanthropy can pay for it.
// A volunteer team with no tie to a social organisation, foundation, social work station or social
// worker, neither its own nor through a project or space in which one of them has a leading part.
// A group is left out: what each of its members has is not known.
MATCH (t:VolunteerTeam)
WHERE NOT coalesce(t.is_group, false)
OPTIONAL MATCH (t)-[r]-(other:Stakeholder|Affiliation)
WITH t, count(r) AS n_known,
     [x IN collect({start: startNode(r).id, relation: type(r), end: endNode(r).id, source: r.source})
      WHERE x.start IS NOT NULL] AS rows
WHERE NOT EXISTS { (t)--(:SocialOrganisation|Foundation|SocialWorkStation|SocialWorker) }
  AND NOT EXISTS {
    MATCH (t)--(:Affiliation)<-[role]-
          (:SocialOrganisation|Foundation|SocialWorkStation|SocialWorker)
    WHERE type(role) <> 'PARTICIPATES_IN'
  }
RETURN t.id AS subject, n_known, {} AS values, rows[..20] AS evidence
ORDER BY subject
