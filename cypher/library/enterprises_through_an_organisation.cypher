// mode: read
// title.zh: 哪些企业只通过这个组织才够得着社区
// title.en: Enterprises that reach communities through one organisation only
// group: ties
// param: organisation string = "hezhongzeyi"
// label.organisation.zh: 组织编号
// label.organisation.en: Id of an organisation
// id_of.organisation: Stakeholder
// column: enterprise string
// column: community string
// column: enterprise_through list<string>
// column: community_through list<string>
// 企业与该组织直接有关系或同在一个项目、平台里，社区也是；而企业与社区之间既没有直接关系，
// 也没有不经过该组织的共同项目。through 是各自与该组织相遇的地方，空表示直接往来。
// The enterprise has a tie to the organisation or meets it in a project or platform, and so does
// the community; the two have no tie of their own and meet nowhere else. The columns “through”
// say where each meets the organisation; empty means a direct tie.
MATCH (hub:Stakeholder {id: $organisation})
CALL (hub) {
  MATCH (hub)--(x:Enterprise|Merchant|SocialEnterprise|Community)
  RETURN x, null AS place
  UNION
  MATCH (hub)--(a:Affiliation)--(x:Enterprise|Merchant|SocialEnterprise|Community)
  RETURN x, a.name AS place
}
WITH hub, x, collect(DISTINCT place) AS places
WITH hub, collect({actor: x, places: places}) AS reached
UNWIND [one IN reached WHERE NOT one.actor:Community] AS enterprise
UNWIND [one IN reached WHERE one.actor:Community] AS community
WITH hub, enterprise, community, enterprise.actor AS e, community.actor AS c
WHERE NOT EXISTS { (e)--(c) }
  AND NOT EXISTS { MATCH (e)--(a:Affiliation)--(c) WHERE NOT EXISTS { (a)--(hub) } }
RETURN e.name AS enterprise,
       c.name AS community,
       enterprise.places AS enterprise_through,
       community.places AS community_through
ORDER BY enterprise, community
