// mode: write
// param: area string
// param: rule string
// param: values map
// Sets parameters of a gap rule for an area and what lies in it ('' is everywhere); null takes the
// setting away, so that the area around decides again.
UNWIND keys($values) AS parameter
MERGE (s:GapSetting {id: $rule + ':' + parameter + ':' + $area})
SET s.rule = $rule, s.parameter = parameter, s.area = $area, s.value = $values[parameter]
WITH s
WHERE s.value IS NULL
DELETE s
