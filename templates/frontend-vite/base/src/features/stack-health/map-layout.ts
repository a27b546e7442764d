/**
 * Where the parts and the lines between them go, in two drawings: side by side where there is room
 * (x in per mille of the width, y in pixels), and as a tree below each other where there is not
 * (all in pixels). The sizes here are those of stack-map.module.css.
 */
import type { PartId, Stack } from './stack'

export interface Edge {
  readonly from: PartId
  readonly to: PartId
  readonly d: string
}

export interface Place {
  readonly id: PartId
  readonly column: number
  readonly centre: number
  readonly row: number
  readonly depth: number
}

export interface MapLayout {
  readonly places: readonly Place[]
  readonly wide: readonly Edge[]
  readonly tree: readonly Edge[]
}

export const WIDE = { height: 300, column: 190, step: 270, row: 106 } as const
export const TREE = { row: 56, step: 68, indent: 28, trunk: 20 } as const

export function layOut(stack: Stack): MapLayout {
  const columns = columnsOf(stack)
  const links = linksOf(columns)
  const order = walk(links)
  const places = order.map((id, row) => {
    const column = columns.findIndex((ids) => ids.includes(id))
    const ids = columns[column] ?? []
    const centre = WIDE.height / 2 + (ids.indexOf(id) - (ids.length - 1) / 2) * WIDE.row
    return { id, column, centre, row, depth: depthOf(id, links) }
  })
  const placeOf = (id: PartId) => places.find((place) => place.id === id) as Place
  const draw = (line: (from: Place, to: Place) => string): Edge[] =>
    links.map(([from, to]) => ({ from, to, d: line(placeOf(from), placeOf(to)) }))
  return { places, wide: draw(curve), tree: draw(elbow) }
}

/** Each column is reached from the one before it. */
function columnsOf(stack: Stack): PartId[][] {
  const leaves: PartId[] = ['database', 'cache']
  if (stack.worker) leaves.push('worker')
  return stack.proxy
    ? [['browser'], ['proxy'], ['frontend', 'backend'], leaves]
    : [['browser'], ['frontend'], ['backend'], leaves]
}

/** The last of a column is the one that leads on: the backend, wherever it has company. */
function linksOf(columns: readonly PartId[][]): [PartId, PartId][] {
  return columns.slice(1).flatMap((column, index) => {
    const from = columns[index]?.at(-1)
    return from ? column.map((to): [PartId, PartId] => [from, to]) : []
  })
}

function walk(links: readonly [PartId, PartId][], from: PartId = 'browser'): PartId[] {
  return [from, ...links.filter(([id]) => id === from).flatMap(([, to]) => walk(links, to))]
}

/** Only a fork indents: what follows one after the other stays on one trunk. */
function depthOf(id: PartId, links: readonly [PartId, PartId][]): number {
  const parent = links.find(([, to]) => to === id)?.[0]
  if (!parent) return 0
  const forks = links.filter(([from]) => from === parent).length > 1
  return depthOf(parent, links) + (forks ? 1 : 0)
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
  const left = to.depth * TREE.indent
  return `M${x} ${start}V${end - 8}Q${x} ${end} ${Math.min(x + 8, left)} ${end}H${left}`
}
