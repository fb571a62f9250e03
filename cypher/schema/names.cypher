// mode: schema
// Full-text search over names. The analyser “cjk” indexes overlapping pairs of characters, so
// that any part of a Chinese name finds it; `aliases_text` holds all aliases, one after another.
CREATE FULLTEXT INDEX names IF NOT EXISTS
FOR (n:Stakeholder|Affiliation) ON EACH [n.name, n.aliases_text, n.pinyin]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}
