// mode: read
// param: area string = ""
// param: programmes integer = 2
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section:
// title.zh: 只靠一方驱动的社区
// title.en: Communities driven by one party only
// reason.zh: {name}有 {n_programmes} 个项目、阵地或平台登记了由谁发起、出资或运营，社区以外只有“{party}”一方；这一方收手，就都停了。
// reason.en: Who starts, funds or runs it is on record for {n_programmes:programme} of {name}: outside the community always one party, “{party}”; if it stops, so do they.
// unknown.zh: {name}的项目、阵地或平台里，登记了社区以外由谁发起、出资或运营的有 {n_programmes} 个，少于 {programmes} 个，看不出是不是只靠一方。
// unknown.en: Who outside the community starts, funds or runs it is on record for {n_programmes:programme} of {name}, fewer than {programmes}; nobody can tell whether one party drives all.
// step.zh: 从下一个项目起，请另一方一起发起、出资或承担运营，先从已有往来的伙伴里找。
// step.en: Have another party start, fund or run the next one too, beginning with partners there are.
// label.programmes.zh: 至少几个项目
// label.programmes.en: Programmes at least
// default.programmes.zh: 只有一个项目，靠一方是常事；两个都靠同一方，才算依赖。
// default.programmes.en: One programme mostly has one driver; two with the same one are a dependence.
// range.programmes: 2..20
// missing.programmes.zh: 没有登记任何项目、阵地或平台
// missing.programmes.en: no project, space or platform is on record
// missing.drivers.zh: {n_unsaid} 个项目、阵地或平台没有登记社区以外由谁发起、出资或运营
// missing.drivers.en: not entered for {n_unsaid:programme}: who outside the community starts, funds or runs it
// A community all of whose programmes are started, funded and run by one party: of the sectors, with
// social work counted among the organisations, residents' own groups among the volunteers, and a team
// that belongs to a body with that body. Programmes are affiliations tied to it or in its area, without
// policies. The community, its compounds and its party branches are left out: they are there in all.
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
  AND ($area = '' OR c.area = $area OR c.area STARTS WITH $area + '/')
CALL (c) {
  CALL (c) {
    MATCH (c)--(p:Affiliation)
    WHERE NOT p:Policy
    RETURN p
    UNION
    MATCH (c)-[:LOCATED_IN]->(place:Area)<-[:LOCATED_IN]-(p:Affiliation)
    WHERE place.name = c.name AND NOT p:Policy
    RETURN p
  }
  OPTIONAL MATCH (p)<-[r:INITIATES|FUNDS|OPERATES]-(a:Stakeholder)
  WHERE NOT a:Community AND NOT a:Compound AND NOT (a:PartyOrganisation AND a.area = c.area)
  OPTIONAL MATCH (a)-[:MEMBER_OF]->(body:Stakeholder)
  WHERE (a:VolunteerTeam OR a:Volunteer OR a:CommunityOrganisation)
    AND NOT body:Community AND NOT body:Compound AND NOT body:VolunteerTeam
    AND NOT body:CommunityOrganisation
  WITH p, r, a, [l IN labels(coalesce(body, a)) WHERE l <> 'Stakeholder'][0] AS kind
  RETURN count(DISTINCT p) AS n_all, count(DISTINCT CASE WHEN a IS NOT NULL THEN p END) AS n_known,
         collect(DISTINCT CASE
           WHEN kind IN ['StreetOffice', 'GovernmentAgency', 'MassOrganisation',
                         'PartyOrganisation'] THEN 'government'
           WHEN kind IN ['SocialOrganisation', 'Foundation', 'SocialWorkStation', 'SocialWorker']
           THEN 'social_organisation'
           WHEN kind IN ['VolunteerTeam', 'Volunteer', 'CommunityOrganisation'] THEN 'residents'
           WHEN kind IN ['Enterprise', 'Merchant', 'SocialEnterprise'] THEN 'enterprise'
           WHEN kind IN ['School', 'University', 'Hospital', 'OtherInstitution']
           THEN 'institution'
         END) AS parties,
         collect(DISTINCT CASE WHEN r IS NOT NULL
                 THEN {start: a.id, relation: type(r), end: p.id, source: r.source} END)[..20] AS rows
}
WITH c, n_all, n_known, parties, rows,
     CASE WHEN size(parties) > 1 THEN 'fine' WHEN n_known < $programmes THEN 'unknown'
          ELSE 'lacking' END AS state
RETURN c.id AS subject, state,
       {n_programmes: n_known, n_unsaid: n_all - n_known, party: parties[0]} AS values,
       [x IN [CASE WHEN n_all = 0 THEN 'programmes' END,
              CASE WHEN n_all > n_known THEN 'drivers' END]
        WHERE x IS NOT NULL] AS missing,
       CASE state WHEN 'lacking' THEN rows ELSE [] END AS evidence
ORDER BY subject
