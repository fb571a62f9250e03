// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section: 五（一）
// title.zh: 阵地只用于行政的社区
// title.en: Communities whose spaces serve administration only
// reason.zh: {name}有 {n_spaces} 处阵地，登记在阵地名下的都是社区自己和党政部门，没有志愿队伍、社会组织、企业或驻区单位。
// reason.en: {name} has {n_spaces:space}; on record for them are only the community itself and government or party bodies, no volunteer team, organisation, enterprise or resident unit.
// unknown.zh: {name}有 {n_spaces} 处阵地，但没有登记谁在使用，看不出是不是只用于行政。
// unknown.en: {name} has {n_spaces:space}, but nobody is on record as using them, so nobody can tell whether they serve administration only.
// step.zh: 给志愿队伍和外部伙伴各留出固定时段，并写进阵地的使用公约。
// step.en: Reserve fixed hours for volunteer teams and outside partners, and write them into the rules of the space.
// missing.users.zh: 没有登记谁使用阵地
// missing.users.en: nobody is on record as using its spaces
// A community with spaces of its own (tied to it, to its compounds or in its area) of which no actor but
// government, party, communities and compounds is on record. One without any space is another rule's.
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
  AND ($area = '' OR c.area = $area OR c.area STARTS WITH $area + '/')
CALL (c) {
  CALL (c) {
    MATCH (c)--(s:Space)
    RETURN s
    UNION
    MATCH (c)--(:Compound)--(s:Space)
    RETURN s
    UNION
    MATCH (c)-[:LOCATED_IN]->(place:Area)<-[:LOCATED_IN]-(s:Space)
    WHERE place.name = c.name
    RETURN s
  }
  OPTIONAL MATCH (s)-[r]-(o:Stakeholder)
  WHERE o <> c
  RETURN count(DISTINCT s) AS n_spaces, count(r) AS n_known,
         count(CASE WHEN NOT o:StreetOffice|GovernmentAgency|MassOrganisation|PartyOrganisation
                             |Community|Compound THEN 1 END) AS n_outside,
         collect(CASE WHEN r IS NOT NULL
                 THEN {start: startNode(r).id, relation: type(r), end: endNode(r).id,
                  source: r.source} END)[..20] AS rows
}
WITH c, n_spaces, n_known, n_outside, rows
WHERE n_spaces > 0
RETURN c.id AS subject,
       CASE WHEN n_outside > 0 THEN 'fine' WHEN n_known = 0 THEN 'unknown'
            ELSE 'lacking' END AS state,
       {n_spaces: n_spaces, n_known: n_known} AS values,
       CASE WHEN n_known = 0 THEN ['users'] ELSE [] END AS missing,
       CASE WHEN n_outside = 0 THEN rows ELSE [] END AS evidence
ORDER BY subject
