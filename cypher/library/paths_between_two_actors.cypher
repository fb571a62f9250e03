// mode: read
// title.zh: 两个主体之间最短的路
// title.en: The shortest paths between two actors
// group: ties
// param: start string = "kangmingsi"
// param: end string = "beilangdong"
// label.start.zh: 从谁（编号）
// label.start.en: From (id)
// id_of.start: Stakeholder
// label.end.zh: 到谁（编号）
// label.end.en: To (id)
// id_of.end: Stakeholder
// column: n_steps integer
// column: names list<string>
// column: relations list<string>
// 经过主体、项目、平台等的所有最短路径，最多 6 步。
// Every shortest path over actors, projects, platforms and so on, of at most 6 steps.
MATCH (a:Stakeholder|Affiliation {id: $start})
MATCH (b:Stakeholder|Affiliation {id: $end})
WHERE a <> b
MATCH p = allShortestPaths((a)-[*..6]-(b))
WHERE all(n IN nodes(p) WHERE n:Stakeholder OR n:Affiliation)
RETURN length(p) AS n_steps,
       [n IN nodes(p) | n.name] AS names,
       [r IN relationships(p) | type(r)] AS relations
ORDER BY names, relations
