// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: low
// section: 五（三）
// title.zh: 既未登记也未备案的队伍
// title.en: Teams neither registered nor filed
// reason.zh: {name}既没有登记，也没有备案。
// reason.en: {name} is neither registered nor filed.
// unknown.zh: 没有资料说明{name}是否登记或备案。
// unknown.en: Nothing on record says whether {name} is registered or filed.
// step.zh: 请街道社工站帮它向街道或社区备案，材料从简。
// step.en: Have the street's social work station help it to file with the street office or the community.
// missing.filing.zh: 没有填写登记备案情况（“主体”表的“登记备案”列）
// missing.filing.en: its registration was not entered (column “Registration” of the sheet “Actors”)
// A volunteer team that is neither registered nor filed (备案), as entered. Where that is empty, a tie to
// a mechanism whose name speaks of filing or registration, or a note that does, says that it is, and a
// note can say that it is not. For all others it is not known.
MATCH (t:VolunteerTeam)
WHERE NOT coalesce(t.is_group, false)
  AND ($area = '' OR t.area = $area OR t.area STARTS WITH $area + '/')
WITH t, t.registration AS registration,
     CASE WHEN t.registration IS NULL THEN coalesce(t.note, '') ELSE '' END AS note
WITH t,
     coalesce(registration = 'neither', false)
     OR any(w IN ['未备案', '未登记', '未注册', '没有备案', '没有登记']
         WHERE note CONTAINS w) AS is_denied,
     coalesce(registration <> 'neither', false)
     OR any(w IN ['已备案', '已登记', '已注册', '备案号', '登记号']
         WHERE note CONTAINS w) AS is_said,
     registration IS NULL AND EXISTS {
       MATCH (t)--(m:Mechanism|Platform|Policy)
       WHERE m.name CONTAINS '备案' OR m.name CONTAINS '登记' OR m.name CONTAINS '注册'
     } AS is_tied
RETURN t.id AS subject,
       CASE WHEN is_tied OR is_said THEN 'fine' WHEN is_denied THEN 'lacking'
            ELSE 'unknown' END AS state,
       {} AS values,
       CASE WHEN is_tied OR is_said OR is_denied THEN [] ELSE ['filing'] END AS missing,
       [] AS evidence
ORDER BY subject
