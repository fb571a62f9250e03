// mode: read
// param: area string = ""
// param: residents_per_team integer = 1000
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section: 五（三）
// title.zh: 队伍少于人口所需的社区
// title.en: Communities with fewer teams than their population calls for
// reason.zh: {name}约有 {population} 人，登记了 {n_teams} 支队伍；按每 {residents_per_team} 人一支，应有 {n_wanted} 支。
// reason.en: {name} has about {population:resident} and {n_teams:team} on record; with one for every {residents_per_team}, there would be {n_wanted}.
// unknown.zh: 看不出{name}的队伍够不够。
// unknown.en: Nobody can tell whether {name} has enough teams.
// step.zh: 按楼院和人群排一张队伍规划，先补最缺的一类，由居民骨干牵头。
// step.en: Plan teams by courtyard and by group of residents, and begin with the kind that is most missing, led by active residents.
// label.residents_per_team.zh: 每多少居民一支队伍
// label.residents_per_team.en: Residents for each team
// default.residents_per_team.zh: 2022 年全国有 128 万支队伍，约合每 1,100 人一支，取整数。
// default.residents_per_team.en: In 2022 China had 1.28 million teams, about one for 1,100 people; rounded.
// range.residents_per_team: 50..20000
// missing.population.zh: 没有填写人口或户数
// missing.population.en: neither population nor households were entered
// missing.group.zh: 有一条记录代表多支队伍，支数不明
// missing.group.en: one record stands for several teams, and how many is not known
// A community with fewer volunteer teams and community organisations of its own (tied to it, to its
// compounds or in its area) than one for so many residents. Population is that of its area; where only
// households were entered, 2.62 persons each (the census of 2020).
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
  AND ($area = '' OR c.area = $area OR c.area STARTS WITH $area + '/')
OPTIONAL MATCH (c)-[:LOCATED_IN]->(place:Area)
WHERE place.name = c.name
WITH c, coalesce(place.population, toInteger(round(place.households * 2.62))) AS population
CALL (c) {
  CALL (c) {
    MATCH (c)--(t:VolunteerTeam|CommunityOrganisation)
    RETURN t
    UNION
    MATCH (c)--(:Compound)--(t:VolunteerTeam|CommunityOrganisation)
    RETURN t
    UNION
    MATCH (c)-[:LOCATED_IN]->(own:Area)<-[:LOCATED_IN]-(t:VolunteerTeam|CommunityOrganisation)
    WHERE own.name = c.name
    RETURN t
  }
  RETURN count(t) AS n_teams, max(coalesce(t.is_group, false)) AS has_group
}
WITH c, population, n_teams, coalesce(has_group, false) AS has_group,
     toInteger(ceil(toFloat(population) / $residents_per_team)) AS n_wanted
RETURN c.id AS subject,
       CASE WHEN population IS NULL THEN 'unknown' WHEN n_teams >= n_wanted THEN 'fine'
            WHEN has_group THEN 'unknown' ELSE 'lacking' END AS state,
       {population: population, n_teams: n_teams, n_wanted: n_wanted} AS values,
       [x IN [CASE WHEN population IS NULL THEN 'population' END,
              CASE WHEN has_group THEN 'group' END]
        WHERE x IS NOT NULL] AS missing,
       [] AS evidence
ORDER BY subject
