// mode: read
// title.zh: 一个社区的项目、阵地、机制，以及谁在其中做什么
// title.en: Projects, spaces and mechanisms of a community, and who does what in them
// group: actors
// param: community string = "beilangdong"
// label.community.zh: 社区编号
// label.community.en: Id of a community
// id_of.community: Community
// column: affiliation string
// column: kind string
// column: who list<string>
// 社区有关系的项目、阵地、平台、机制等，各自有哪些主体、各是什么关系。
// What a community has a tie to, with every actor in it and its relation.
MATCH (c:Stakeholder {id: $community})--(f:Affiliation)
WITH DISTINCT f
MATCH (f)-[r]-(a:Stakeholder)
WITH f, a.name + ' ' + type(r) AS who
ORDER BY who
RETURN f.name AS affiliation,
       [label IN labels(f) WHERE label <> 'Affiliation'][0] AS kind,
       collect(who) AS who
ORDER BY kind, affiliation
