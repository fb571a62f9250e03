// mode: read
// param: area string = ""
// param: today string = ""
// param: years integer = 3
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section: 五（一）
// title.zh: 没有经常性共同活动的社区
// title.en: Communities without regular joint activities
// reason.zh: {name}登记了 {n_known} 条关系，近 {years} 年里没有一个和别的主体一起办的活动或项目。
// reason.en: {name}: {n_known:tie} on record, but no event or project shared with anybody in the last {years:year}.
// unknown.zh: {name}还没有登记任何关系，看不出有没有共同活动。
// unknown.en: Nothing is on record about {name}, so nobody can tell whether it does anything together with others.
// step.zh: 与一支队伍、一家驻区单位各定一个每月或每季固定的活动，写进日历。
// step.en: Agree with one team and one resident unit on a monthly or quarterly activity each, and put it in the calendar.
// label.years.zh: 几年以内
// label.years.en: Years back
// default.years.zh: 经验取值：三年没有共同活动，办过活动的人多半已经离开，要从头来过。
// default.years.en: A rule of thumb: after three years those who organised the last activity have mostly moved on.
// range.years: 1..20
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// missing.area.zh: 没有填写区域，看不到区域里有什么
// missing.area.en: its area was not entered, so what lies in it was not seen
// A community that shares no event or project with another actor, by its own tie, by a compound's or
// by what takes place in its area. What ended more than some years ago does not count; what has no end
// does.
WITH date(CASE $today WHEN '' THEN toString(date()) ELSE $today END) AS day
WITH toString(day - duration({years: toInteger($years)})) AS cutoff
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
  AND ($area = '' OR c.area = $area OR c.area STARTS WITH $area + '/')
WITH c, cutoff,
     EXISTS {
       MATCH (c)--(x:Event|Project)--(o:Stakeholder)
       WHERE o <> c AND (x.until IS NULL OR x.until + '-99' >= cutoff)
     }
     OR EXISTS {
       MATCH (c)--(:Compound)--(x:Event|Project)
       WHERE x.until IS NULL OR x.until + '-99' >= cutoff
     }
     OR EXISTS {
       MATCH (c)-[:LOCATED_IN]->(area:Area)<-[:LOCATED_IN]-(x:Event|Project)--(o:Stakeholder)
       WHERE area.name = c.name AND o <> c AND (x.until IS NULL OR x.until + '-99' >= cutoff)
     } AS is_met
CALL (c, is_met) {
  MATCH (c)-[r]-(:Stakeholder|Affiliation)
  WHERE NOT is_met
  RETURN count(r) AS n_known,
         collect({start: startNode(r).id, relation: type(r), end: endNode(r).id,
                  source: r.source})[..20] AS evidence
}
RETURN c.id AS subject,
       CASE WHEN is_met THEN 'fine' WHEN n_known = 0 THEN 'unknown' ELSE 'lacking' END AS state,
       {n_known: n_known} AS values,
       [x IN [CASE WHEN n_known = 0 THEN 'ties' END, CASE WHEN c.area IS NULL THEN 'area' END]
        WHERE x IS NOT NULL] AS missing,
       evidence
ORDER BY subject
