"""The third line of defence: a plan holds only what is known to read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from graph.query.errors import QueryRefused, not_allowed, unknown_procedure
from graph.query.procedures import PROCEDURES
from graph.text import Text

# Names as EXPLAIN gives them, without what follows in brackets: Expand(All) is Expand.
OPERATORS = frozenset(
    {
        # where rows come from
        "AllNodesScan",
        "Argument",
        "DirectedAllRelationshipsScan",
        "DirectedRelationshipByElementIdSeek",
        "DirectedRelationshipByIdSeek",
        "DirectedRelationshipIndexContainsScan",
        "DirectedRelationshipIndexEndsWithScan",
        "DirectedRelationshipIndexScan",
        "DirectedRelationshipIndexSeek",
        "DirectedRelationshipIndexSeekByRange",
        "DirectedRelationshipTypeScan",
        "DirectedRelationshipUniqueIndexSeek",
        "DirectedRelationshipUniqueIndexSeekByRange",
        "DirectedUnionRelationshipTypesScan",
        "DynamicDirectedRelationshipTypeLookup",
        "DynamicLabelNodeLookup",
        "DynamicUndirectedRelationshipTypeLookup",
        "EmptyRow",
        "IntersectionNodeByLabelsScan",
        "MultiNodeIndexSeek",
        "NodeByElementIdSeek",
        "NodeByIdSeek",
        "NodeByLabelScan",
        "NodeCountFromCountStore",
        "NodeIndexContainsScan",
        "NodeIndexEndsWithScan",
        "NodeIndexScan",
        "NodeIndexSeek",
        "NodeIndexSeekByRange",
        "NodeUniqueIndexSeek",
        "NodeUniqueIndexSeekByRange",
        "RelationshipCountFromCountStore",
        "SubtractionNodeByLabelsScan",
        "UndirectedAllRelationshipsScan",
        "UndirectedRelationshipByElementIdSeek",
        "UndirectedRelationshipByIdSeek",
        "UndirectedRelationshipIndexContainsScan",
        "UndirectedRelationshipIndexEndsWithScan",
        "UndirectedRelationshipIndexScan",
        "UndirectedRelationshipIndexSeek",
        "UndirectedRelationshipIndexSeekByRange",
        "UndirectedRelationshipTypeScan",
        "UndirectedRelationshipUniqueIndexSeek",
        "UndirectedRelationshipUniqueIndexSeekByRange",
        "UndirectedUnionRelationshipTypesScan",
        "UnionNodeByLabelsScan",
        "Unwind",
        "UnwindCollection",
        # along ties
        "AllShortestPaths",
        "BidirectionalRepeat",
        "Expand",
        "OptionalExpand",
        "ProjectEndpoints",
        "Repeat",
        "ShortestPath",
        "StatefulShortestPath",
        "VarLengthExpand",
        # rows put together
        "AntiConditionalApply",
        "AntiSemiApply",
        "Apply",
        "CartesianProduct",
        "ConditionalApply",
        "LetAntiSemiApply",
        "LetSelectOrAntiSemiApply",
        "LetSelectOrSemiApply",
        "LetSemiApply",
        "NodeHashJoin",
        "NodeLeftOuterHashJoin",
        "NodeRightOuterHashJoin",
        "Optional",
        "OrderedUnion",
        "RollUpApply",
        "SelectOrAntiSemiApply",
        "SelectOrSemiApply",
        "SemiApply",
        "TriadicBuild",
        "TriadicFilter",
        "TriadicSelection",
        "Union",
        "ValueHashJoin",
        # rows shaped
        "CacheProperties",
        "Distinct",
        "Eager",
        "EagerAggregation",
        "EmptyResult",
        "Filter",
        "Limit",
        "OrderedAggregation",
        "OrderedDistinct",
        "PartialSort",
        "PartialTop",
        "ProcedureCall",  # and the procedure must be known
        "ProduceResults",
        "Projection",
        "Skip",
        "Sort",
        "Top",
    }
)

_NESTED_CALL = re.compile(r"(?:\bCALL\s+|\bResolvedCall\()([\w.`]+)\s*\(")


def check_plan(query_type: str | None, plan: Mapping[str, Any] | None) -> None:
    """Refuse what is not known to read; ``plan`` is as EXPLAIN gives it.

    Raises `QueryRefused`, naming the operator or the procedure.
    """
    if query_type in ("w", "rw"):
        raise QueryRefused(
            Text(
                "这里只能读取数据，不能修改。请去掉写入的语句，或改用导入功能。",
                "Data can only be read here, not changed. Take out the clause that writes, or use"
                " the import.",
            )
        )
    if query_type != "r" or plan is None:
        raise not_allowed(
            Text("管理数据库的语句", "A statement that manages the database"),
            Text("请只写查询。", "Write queries only."),
        )
    steps = [plan]
    while steps:
        step = steps.pop()
        steps.extend(step.get("children", ()))
        operator = str(step["operatorType"]).split("@")[0]
        if operator.split("(")[0] not in OPERATORS:
            raise not_allowed(
                Text(f"操作 {operator}", f"The operation {operator}"),
                Text("请换一种写法。", "Write it in another way."),
            )
        details = str(step.get("args", {}).get("Details", ""))
        if "LOAD CSV" in details:
            raise not_allowed(
                Text("LOAD CSV", "LOAD CSV"),
                Text("要带入数据请用参数。", "Bring data in with a parameter."),
            )
        called = _NESTED_CALL.findall(details)
        if operator == "ProcedureCall":
            called.append(details.split("(")[0].strip())
        for name in called:
            if name.replace("`", "") not in PROCEDURES:
                raise unknown_procedure(name)
