// mode: read
// column: area string
// column: rule string
// column: parameter string
// column: value any
// Parameters of gap rules that were changed, and for which area.
MATCH (s:GapSetting)
RETURN s.area AS area, s.rule AS rule, s.parameter AS parameter, s.value AS value
ORDER BY rule, parameter, area
