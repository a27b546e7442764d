/** The running stack as a picture: each part with its health and latency, and the lines between. */
import type { CSSProperties, ReactNode } from 'react'
import { layOut, left, type Edge, type Place } from './map-layout'
import { PartIcon } from './part-icon'
import { partOf } from './parts'
import { Sparkline } from './sparkline'
import { latencyOf, type PartState, type Stack } from './stack'
import styles from './stack-map.module.css'

interface Props {
  readonly stack: Stack
  /** Changes with each measurement. */
  readonly updatedAt: number
  /** What there is to say, in the corner where the map has room. */
  readonly children: ReactNode
}

export function StackMap({ stack, updatedAt, children }: Props) {
  const { places, wide, wideHeight, tree, treeHeight } = layOut(stack.map(({ part }) => part))
  const sizes = { '--tree-height': rem(treeHeight), '--wide-height': rem(wideHeight) }
  return (
    <div className={styles.frame}>
      <div className={styles.map} style={sizes as CSSProperties}>
        {/* Stretched to the width it gets; the lines keep their thickness (non-scaling-stroke). */}
        <svg
          className={styles.wide}
          viewBox={`0 0 1000 ${wideHeight}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <Edges edges={wide} stack={stack} beat={updatedAt} />
        </svg>
        <svg className={styles.tree} viewBox={`0 0 100 ${treeHeight}`} aria-hidden="true">
          <Edges edges={tree} stack={stack} beat={updatedAt} />
        </svg>
        {/* The role is said: Safari takes it from a list that shows no bullets. */}
        <ul className={styles.parts} role="list" aria-label="Parts of the stack">
          {places.map((place) => {
            const state = stack.find(({ part }) => part.id === place.id)
            return state && <PartCard key={place.id} place={place} state={state} />
          })}
        </ul>
      </div>
      {children}
    </div>
  )
}

interface EdgesProps {
  readonly edges: readonly Edge[]
  readonly stack: Stack
  readonly beat: number
}

function Edges({ edges, stack, beat }: EdgesProps) {
  return edges.map(({ to, column, d }) => {
    const status = stack.find(({ part }) => part.id === to)?.status
    const delay = { '--column': column } as CSSProperties
    return (
      <g key={to} data-status={status}>
        <path className={styles.line} d={d} />
        {/* Each measurement sends one light down the way that it went; in between the picture is still. */}
        {status === 'healthy' && beat > 0 && (
          <path key={beat} className={styles.light} style={delay} d={d} />
        )}
      </g>
    )
  })
}

interface CardProps {
  readonly place: Place
  readonly state: PartState
}

function PartCard({ place, state }: CardProps) {
  const { part, status, error, samples } = state
  const latency = latencyOf(state)
  const position = {
    '--x': left(place),
    '--y': rem(place.centre),
    '--row': place.row,
    '--depth': place.depth,
  } as CSSProperties
  return (
    <li className={styles.part} style={position} data-part={part.id} data-status={status}>
      <span className={styles.icon}>
        <PartIcon path={part.icon} />
      </span>
      <span className={styles.name}>{part.name}</span>
      <span className={styles.detail}>{error ?? part.technology}</span>
      {part.behind && (
        <span className={styles.state}>
          <span className="visually-hidden">
            {words[status]}, behind {partOf(part.behind).name}
          </span>
          <Sparkline samples={samples} />
          {latency !== undefined && (
            <span className={styles.latency}>{formatLatency(latency)}</span>
          )}
          <span className={styles.mark} aria-hidden="true" />
        </span>
      )}
    </li>
  )
}

/** The drawing grows with the letters in it. */
const rem = (px: number) => `${px / 16}rem`

const words: Readonly<Record<PartState['status'], string>> = {
  checking: 'being checked',
  healthy: 'healthy',
  unhealthy: 'unhealthy',
  unknown: 'not known',
}

function formatLatency(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`
}
