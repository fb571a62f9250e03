// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section: 五（三）
// title.zh: 没有资金渠道的志愿队伍
// title.en: Volunteer teams without a funding channel
// reason.zh: {name}登记了 {n_known} 条关系，其中没有购买、创投、补贴或捐赠，它参与的项目也没有出资方。
// reason.en: {name}: {n_known:tie} on record, no purchase, venture philanthropy, subsidy or donation among them, and no funder of a project it takes part in.
// unknown.zh: {name}还没有登记任何关系，看不出它有没有资金渠道。
// unknown.en: Nothing is on record about {name}, so nobody can tell whether it has a funding channel.
// step.zh: 帮它报一个社区微公益创投或社区基金的小额项目，先解决物资和保险。
// step.en: Help it to apply for a small grant of a community fund or venture philanthropy, to pay for materials and insurance first.
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// A volunteer team to which nobody pays, gives or sells on behalf of: no funder, buyer or donor of its
// own or of an affiliation it takes part in, no fund, and no mechanism of venture philanthropy or
// subsidies. A team that belongs to an enterprise, an institution or a registered organisation has its
// channel there.
MATCH (t:VolunteerTeam)
WHERE NOT coalesce(t.is_group, false)
  AND ($area = '' OR t.area = $area OR t.area STARTS WITH $area + '/')
WITH t,
     EXISTS { (t)<-[:FUNDS|PURCHASES_FROM|DONATES_TO]-() }
     OR EXISTS { (t)--(:Fund) }
     OR EXISTS {
       (t)-[:MEMBER_OF]->
       (:Enterprise|Merchant|SocialEnterprise|School|University|Hospital|OtherInstitution
        |SocialOrganisation|Foundation|MassOrganisation|GovernmentAgency)
     }
     OR EXISTS { (t)--(:Affiliation)<-[:FUNDS|DONATES_TO]-() }
     OR EXISTS {
       MATCH (t)--(m:Mechanism)
       WHERE any(w IN ['创投', '补贴', '资助', '购买', '承接'] WHERE m.name CONTAINS w)
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
