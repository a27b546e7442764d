/**
 * Where the parts and the lines between them go, in two drawings: side by side where there is room
 * (x in per mille of the width, y in pixels), and as a tree below each other where there is not
 * (all in pixels). The sizes here are those of stack-map.module.css, at 16 pixels to a rem.
 */
import type { Part } from '@/features/feature'

export interface Edge {
  readonly to: string
  readonly column: number
  readonly d: string
}

export interface Place {
  readonly id: string
  readonly column: number
  readonly centre: number
  readonly row: number
  readonly depth: number
}

export interface MapLayout {
  readonly places: readonly Place[]
  readonly wide: readonly Edge[]
  readonly wideHeight: number
  readonly tree: readonly Edge[]
  readonly treeHeight: number
}

type Node = Pick<Part, 'id' | 'behind'>
type Column = Pick<Place, 'column'>

const WIDE = { column: 190, step: 270, row: 118, gap: 20, least: 334 } as const
const TREE = { row: 56, step: 68, indent: 28, trunk: 20 } as const

export function layOut(nodes: readonly Node[]): MapLayout {
  const order = walk(nodes, undefined).map(({ id }) => ({ id, column: depthOf(id, nodes) }))
  const matesOf = (node: Column) => order.filter(({ column }) => column === node.column)
  const tallest = Math.max(...order.map((node) => matesOf(node).length))
  const wideHeight = Math.max(WIDE.least, tallest * WIDE.row - WIDE.gap)
  const places = order.map((node, row): Place => {
    const mates = matesOf(node)
    const centre = wideHeight / 2 + (mates.indexOf(node) - (mates.length - 1) / 2) * WIDE.row
    return { ...node, centre, row, depth: indentOf(node.id, nodes) }
  })
  const draw = (line: (from: Place, to: Place) => string): Edge[] =>
    nodes.flatMap(({ id, behind }) => {
      const from = places.find((place) => place.id === behind)
      const to = places.find((place) => place.id === id)
      return from && to ? [{ to: id, column: from.column, d: line(from, to) }] : []
    })
  const treeHeight = (places.length - 1) * TREE.step + TREE.row
  return { places, wide: draw(curve), wideHeight, tree: draw(elbow), treeHeight }
}

export const left = ({ column }: Place) => `${(column * WIDE.step) / 10}%`

/** Each part, and after it all that is behind it. */
function walk(nodes: readonly Node[], behind: string | undefined): Node[] {
  const here = nodes.filter((node) => node.behind === behind)
  return here.flatMap((node) => [node].concat(walk(nodes, node.id)))
}

function depthOf(id: string, nodes: readonly Node[]): number {
  const behind = nodes.find((node) => node.id === id)?.behind
  return behind ? depthOf(behind, nodes) + 1 : 0
}

/** Only a fork indents: what follows one after the other stays on one trunk. */
function indentOf(id: string, nodes: readonly Node[]): number {
  const behind = nodes.find((node) => node.id === id)?.behind
  if (!behind) return 0
  const forks = nodes.filter((node) => node.behind === behind).length > 1
  return indentOf(behind, nodes) + (forks ? 1 : 0)
}

function curve(from: Place, to: Place): string {
  const [x1, x2] = [from.column * WIDE.step + WIDE.column, to.column * WIDE.step]
  const middle = (x1 + x2) / 2
  return `M${x1} ${from.centre}C${middle} ${from.centre} ${middle} ${to.centre} ${x2} ${to.centre}`
}

function elbow(from: Place, to: Place): string {
  const x = from.depth * TREE.indent + TREE.trunk
  const start = from.row * TREE.step + TREE.row
  if (from.depth === to.depth) return `M${x} ${start}V${to.row * TREE.step}`
  const end = to.row * TREE.step + TREE.row / 2
  const edge = to.depth * TREE.indent
  return `M${x} ${start}V${end - 8}Q${x} ${end} ${Math.min(x + 8, edge)} ${end}H${edge}`
}
