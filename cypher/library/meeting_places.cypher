// mode: read
// title.zh: 在哪里相遇的主体最多样
// title.en: Where the most different actors meet
// group: actors
// param: at_least integer = 3
// label.at_least.zh: 至少几种类型
// label.at_least.en: Kinds at least
// column: affiliation string
// column: kind string
// column: n_actors integer
// column: kinds list<string>
// 按其中主体的类型多少排列项目、阵地、平台、机制；只列至少有 at_least 种类型的。
// Projects, spaces, platforms and mechanisms by how many kinds of actors meet in them, from
// at_least kinds on.
MATCH (f:Affiliation)--(a:Stakeholder)
WITH DISTINCT f, a
WITH f, count(a) AS n_actors,
     collect(DISTINCT [label IN labels(a) WHERE label <> 'Stakeholder'][0]) AS kinds
WHERE size(kinds) >= $at_least
RETURN f.name AS affiliation,
       [label IN labels(f) WHERE label <> 'Affiliation'][0] AS kind,
       n_actors,
       kinds
ORDER BY size(kinds) DESC, n_actors DESC, affiliation
