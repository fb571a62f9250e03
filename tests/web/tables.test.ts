import assert from "node:assert/strict";
import { test } from "node:test";

import { asCsv, asTsv, isNumeric, matches, numberIn, sorted } from "../../web/src/tables.ts";

const put = (values: string[], order: "ascending" | "descending" = "ascending") =>
  sorted(values, order).map((place) => values[place]);

test("numbers are sorted as numbers, and what is not known comes last either way", () => {
  assert.deepEqual(put(["1,200", "9", "—", "85"]), ["9", "85", "1,200", "—"]);
  assert.deepEqual(put(["1,200", "9", "—", "85"], "descending"), ["1,200", "85", "9", "—"]);
  assert.deepEqual(put(["20%", "3%", "?", ""]), ["3%", "20%", "?", ""]);
  assert.deepEqual(put(["0.5", "-2", "1e3"]), ["-2", "0.5", "1e3"]);
});

test("Chinese is sorted by pinyin, Latin beside it", () => {
  assert.deepEqual(put(["志愿者", "北京", "上海", "成都"]), ["北京", "成都", "上海", "志愿者"]);
  assert.deepEqual(put(["北京", "成都"], "descending"), ["成都", "北京"]);
  assert.deepEqual(put(["第10社区", "第2社区"]), ["第2社区", "第10社区"]);
});

test("equal rows keep their order", () => {
  assert.deepEqual(sorted(["1", "0", "1", "0"], "ascending"), [1, 3, 0, 2]);
  assert.deepEqual(sorted(["1", "0", "1", "0"], "descending"), [0, 2, 1, 3]);
});

test("a column is of numbers only where all of it is", () => {
  assert.equal(isNumeric(["1", "—", "2"]), true);
  assert.equal(isNumeric(["1", "2 家"]), false);
  assert.equal(isNumeric(["—", ""]), false);
  assert.equal(numberIn("2018-07"), null);
  assert.equal(numberIn("1,234.5"), 1234.5);
});

test("a file for Excel has a mark, quotes and no formula", () => {
  assert.equal(asCsv([["a", 'say "x"'], ["=1+1", "-3"]]), '\ufeffa,"say ""x"""\r\n\'=1+1,-3\r\n');
  assert.equal(asTsv([["a\nb", "c\td"], ["@x", "1"]]), "a b\tc d\n'@x\t1");
  assert.equal(asTsv([["＝1", "'=1"], ["+1+1", "-1e3"]]), "'＝1\t''=1\n'+1+1\t-1e3");
});

test("a row is kept where it holds every word, whatever its case and width", () => {
  assert.equal(matches("北京和众泽益公益发展中心 社会组织", "和众 社会"), true);
  assert.equal(matches("北京和众泽益公益发展中心 社会组织", "和众 企业"), false);
  assert.equal(matches("Ｓｔａｒｂｕｃｋｓ coffee", "starbucks"), true);
  assert.equal(matches("anything", "  "), true);
});
