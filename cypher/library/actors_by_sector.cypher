// mode: read
// title.zh: 各部门有哪些主体
// title.en: Actors by sector
// group: actors
// column: sector string
// column: kind string
// column: n_actors integer
// column: names list<string>
// 按部门和类型数主体，并列出名称。
// Counts the actors of each sector and kind, and names them.
MATCH (a:Stakeholder)
WITH a, [label IN labels(a) WHERE label <> 'Stakeholder'][0] AS kind
RETURN CASE
         WHEN kind IN ['StreetOffice', 'GovernmentAgency', 'MassOrganisation', 'PartyOrganisation']
           THEN 'government'
         WHEN kind IN ['Community', 'Compound'] THEN 'community'
         WHEN kind IN ['SocialOrganisation', 'CommunityOrganisation', 'Foundation']
           THEN 'social_organisation'
         WHEN kind IN ['SocialWorkStation', 'SocialWorker'] THEN 'social_work'
         WHEN kind IN ['VolunteerTeam', 'Volunteer'] THEN 'volunteer'
         WHEN kind IN ['Enterprise', 'Merchant', 'SocialEnterprise'] THEN 'enterprise'
         ELSE 'institution'
       END AS sector,
       kind,
       count(*) AS n_actors,
       collect(a.name) AS names
ORDER BY sector, n_actors DESC, kind
