"""Commands of ``wushe`` that stand by themselves, one module each; `graph.cli` lists them."""
