// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: high
// section: 三
// title.zh: 关系全部来自外部的社区
// title.en: Communities whose every tie crosses the boundary
// reason.zh: {name}登记了 {n_known} 个往来主体，全部在社区之外；外部一撤，一个也不剩。
// reason.en: {name}: {n_known:partner} on record, all of them outside; if they drop out, none is left.
// unknown.zh: {name}还没有登记任何往来主体，看不出是内是外。
// unknown.en: No partner of {name} is on record, so nobody can tell inside from outside.
// step.zh: 在外部伙伴还在的时候，让每个项目带出一支本地队伍或一个居民小组。
// step.en: While outside partners are there, have every project leave behind a local team or a residents' group.
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// missing.area.zh: 没有填写区域，看不到区域里有什么
// missing.area.en: its area was not entered, so what lies in it was not seen
// missing.places.zh: {n_unplaced} 个往来主体没有填写区域
// missing.places.en: no area was entered for {n_unplaced:partner}
// A community none of whose partners is its own. Partners are those it is tied to or shares an
// affiliation with; its own are teams, compounds and community organisations tied to it, and whatever
// lies in its area.
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
  AND ($area = '' OR c.area = $area OR c.area STARTS WITH $area + '/')
WITH c,
     EXISTS { (c)--(:VolunteerTeam|Compound|CommunityOrganisation) }
     OR EXISTS {
       MATCH (c)-[:LOCATED_IN]->(place:Area)<-[:LOCATED_IN]-(o:Stakeholder)
       WHERE place.name = c.name AND o <> c
     } AS is_met
CALL (c, is_met) {
  CALL (c, is_met) {
    MATCH (c)-[r]-(o:Stakeholder)
    WHERE NOT is_met
    RETURN o, {start: startNode(r).id, relation: type(r), end: endNode(r).id,
               source: r.source} AS row
    UNION
    MATCH (c)--(:Affiliation)-[r]-(o:Stakeholder)
    WHERE NOT is_met AND o <> c
    RETURN o, {start: startNode(r).id, relation: type(r), end: endNode(r).id,
               source: r.source} AS row
  }
  RETURN count(DISTINCT o) AS n_known,
         count(DISTINCT CASE WHEN o.area IS NULL THEN o END) AS n_unplaced,
         collect(row)[..20] AS evidence
}
RETURN c.id AS subject,
       CASE WHEN is_met THEN 'fine' WHEN n_known = 0 THEN 'unknown' ELSE 'lacking' END AS state,
       {n_known: n_known, n_unplaced: n_unplaced} AS values,
       [x IN [CASE WHEN n_known = 0 THEN 'ties' END, CASE WHEN c.area IS NULL THEN 'area' END,
              CASE WHEN n_unplaced > 0 THEN 'places' END]
        WHERE x IS NOT NULL] AS missing,
       evidence
ORDER BY subject
