// One round of ForceAtlas2 on plain arrays: ten numbers for each node, three for each tie.
declare module "graphology-layout-forceatlas2/iterate.js" {
  export default function iterate(
    settings: Record<string, number | boolean>,
    nodes: Float32Array,
    ties: Float32Array,
  ): object;
}
