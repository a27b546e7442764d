/** The running stack as a picture: each part with its health and latency, and the lines between. */
import type { CSSProperties } from 'react'
import { layOut, TREE, WIDE, type Edge, type Place } from './map-layout'
import { PartIcon } from './part-icon'
import { parts, type PartState, type Stack } from './stack'
import styles from './stack-map.module.css'

export function StackMap({ stack }: { readonly stack: Stack }) {
  const { places, wide, tree } = layOut(stack)
  const treeHeight = (places.length - 1) * TREE.step + TREE.row
  return (
    <div className={styles.frame}>
      <div className={styles.map} style={{ '--tree-height': `${treeHeight}px` } as CSSProperties}>
        {/* Stretched to the width it gets; the lines keep their thickness (non-scaling-stroke). */}
        <svg
          className={styles.wide}
          viewBox={`0 0 1000 ${WIDE.height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <Edges edges={wide} stack={stack} />
        </svg>
        <svg className={styles.tree} width="100" height={treeHeight} aria-hidden="true">
          <Edges edges={tree} stack={stack} />
        </svg>
        <ul className={styles.parts} aria-label="Parts of the stack">
          {places.map((place) => {
            const state = stack[place.id]
            return state && <Part key={place.id} place={place} state={state} />
          })}
        </ul>
      </div>
    </div>
  )
}

function Edges({ edges, stack }: { readonly edges: readonly Edge[]; readonly stack: Stack }) {
  return edges.map(({ from, to, d }) => {
    const status = stack[to]?.status
    return (
      <g key={`${from}-${to}`} data-status={status}>
        <path className={styles.line} d={d} />
        {status === 'healthy' && <path className={styles.flow} d={d} />}
      </g>
    )
  })
}

function Part({ place, state }: { readonly place: Place; readonly state: PartState }) {
  const { name, technology } = parts[place.id]
  const position = {
    '--x': `${(place.column * WIDE.step) / 10}%`,
    '--y': `${place.centre}px`,
    '--row': place.row,
    '--depth': place.depth,
  } as CSSProperties
  return (
    <li className={styles.part} style={position} data-part={place.id} data-status={state.status}>
      <span className={styles.icon}>
        <PartIcon id={place.id} />
      </span>
      <span className={styles.name}>{name}</span>
      <span className={styles.detail}>{state.error ?? technology}</span>
      {place.id !== 'browser' && (
        <span className={styles.state}>
          <span className="visually-hidden">{words[state.status]}</span>
          {state.latencyMs !== undefined && (
            <span className={styles.latency}>{formatLatency(state.latencyMs)}</span>
          )}
          <span className={styles.mark} aria-hidden="true" />
        </span>
      )}
    </li>
  )
}

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
