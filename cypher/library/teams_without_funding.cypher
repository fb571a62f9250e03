// mode: read
// title.zh: 没有资金、物资和支持的志愿队伍
// title.en: Volunteer teams without money, goods or support
// group: resources
// column: team string
// column: belongs_to list<string>
// column: active_in list<string>
// 没有登记任何资助、捐赠、支持、孵化或购买服务，所在的项目也没有出资方。没有登记不等于没有。
// On record nobody funds, supports or brings up the team, nor funds a project it is in. Nothing
// on record is not the same as nothing.
MATCH (t:VolunteerTeam)
WHERE NOT EXISTS { (t)<-[:FUNDS|DONATES_TO|SUPPORTS|INCUBATES|PURCHASES_FROM]-() }
  AND NOT EXISTS { (t)--(:Affiliation)<-[:FUNDS|DONATES_TO]-() }
RETURN t.name AS team,
       COLLECT { MATCH (t)-[:MEMBER_OF]->(o) RETURN o.name ORDER BY o.name } AS belongs_to,
       COLLECT { MATCH (t)--(f:Affiliation) RETURN DISTINCT f.name ORDER BY f.name } AS active_in
ORDER BY team
