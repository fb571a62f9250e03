// mode: read
// param: area string = ""
// param: sectors integer = 2
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section: 二
// title.zh: 该牵线却不出本圈的组织
// title.en: Organisations meant to link whose ties stay in one sector
// reason.zh: {name}的 {n_partners} 个伙伴只来自 {n_sectors} 个部门，少于 {sectors} 个，牵线作用弱。
// reason.en: {name} has {n_partners:partner} from {n_sectors:sector} only, fewer than {sectors}: it links little.
// unknown.zh: {name}还没有登记任何伙伴，看不出它联系着哪些部门。
// unknown.en: No partner of {name} is on record, so nobody can tell which sectors it links.
// step.zh: 请它从一个具体需求入手，各约一家企业、一个社区和一支队伍做一件事。
// step.en: Have it start from one concrete need, with one enterprise, one community and one team.
// label.sectors.zh: 至少几个部门
// label.sectors.en: Sectors at least
// default.sectors.zh: 牵线就是把不同部门连起来，两个是最低要求。
// default.sectors.en: To link is to bring sectors together, so two are the least.
// range.sectors: 2..7
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// A social organisation, foundation, social work station or social enterprise, or whoever starts or runs
// a platform, whose partners lie in fewer than so many sectors. Partners are those it is tied to or
// shares an affiliation with.
CALL () {
  MATCH (a:SocialOrganisation|Foundation|SocialWorkStation|SocialEnterprise)
  RETURN a
  UNION
  MATCH (a:Stakeholder)-[:INITIATES|OPERATES]->(:Platform)
  RETURN a
}
WITH a
WHERE NOT coalesce(a.is_group, false)
  AND ($area = '' OR a.area = $area OR a.area STARTS WITH $area + '/')
CALL (a) {
  CALL (a) {
    MATCH (a)-[r]-(o:Stakeholder)
    WHERE type(r) <> 'LOCATED_IN'
    RETURN o
    UNION
    MATCH (a)--(:Affiliation)--(o:Stakeholder)
    WHERE o <> a
    RETURN o
  }
  WITH o, [l IN labels(o) WHERE l <> 'Stakeholder'][0] AS kind
  RETURN count(o) AS n_partners,
         count(DISTINCT CASE
           WHEN kind IN ['StreetOffice', 'GovernmentAgency', 'MassOrganisation',
                         'PartyOrganisation'] THEN 'government'
           WHEN kind IN ['Community', 'Compound'] THEN 'community'
           WHEN kind IN ['SocialOrganisation', 'CommunityOrganisation', 'Foundation']
           THEN 'social_organisation'
           WHEN kind IN ['SocialWorkStation', 'SocialWorker'] THEN 'social_work'
           WHEN kind IN ['VolunteerTeam', 'Volunteer'] THEN 'volunteer'
           WHEN kind IN ['Enterprise', 'Merchant', 'SocialEnterprise'] THEN 'enterprise'
           WHEN kind IN ['School', 'University', 'Hospital', 'OtherInstitution']
           THEN 'institution'
         END) AS n_sectors
}
WITH a, n_partners, n_sectors, n_partners > 0 AND n_sectors < $sectors AS is_lacking
CALL (a, is_lacking) {
  MATCH (a)-[r]-(:Stakeholder|Affiliation)
  WHERE is_lacking
  RETURN collect({start: startNode(r).id, relation: type(r), end: endNode(r).id,
                  source: r.source})[..20] AS evidence
}
RETURN a.id AS subject,
       CASE WHEN n_partners = 0 THEN 'unknown' WHEN is_lacking THEN 'lacking'
            ELSE 'fine' END AS state,
       {n_partners: n_partners, n_sectors: n_sectors} AS values,
       CASE WHEN n_partners = 0 THEN ['ties'] ELSE [] END AS missing,
       evidence
ORDER BY subject
