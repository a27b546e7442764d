/** What a feature may add to the application: parts of the map, pages, links in the header, next steps, and so on. */
import type { ComponentType } from 'react'
import type { RouteObject } from 'react-router'
import type { Health } from '@/shared/api/types'

/** The parts that every stack has; a feature adds others. */
export type BasePartId = 'browser' | 'proxy' | 'frontend' | 'backend' | 'database' | 'cache'

export interface Part {
  /** For what is behind the backend, this is also the name of its check in the health report. */
  readonly id: string
  readonly name: string
  readonly technology: string
  /** Its name in docker-compose.yml: the log to read when it is down. */
  readonly service?: string
  /** The path of a line drawing in a square of 20 by 20. */
  readonly icon: string
  /** Where it hangs on the map: the part through which it is reached. */
  readonly behind?: BasePartId
  /** What it cannot work without: while one of these is down, this one is not to blame. */
  readonly needs?: readonly BasePartId[]
}

interface NextStep {
  readonly title: string
  readonly text: string
  /** To type in a terminal. */
  readonly command?: string
  /** To open in an editor. */
  readonly file?: string
}

/** Somebody who tells how the stack is, so that nobody has to ask every few seconds. */
export interface HealthSource {
  /** @returns how to stop listening */
  readonly listen: (listener: HealthListener) => () => void
}

interface HealthListener {
  readonly onReport: (report: Health) => void
  /** Whether reports come by themselves now. While they do not, the page asks for them. */
  readonly onLive: (live: boolean) => void
}

export interface Feature {
  readonly parts?: readonly Part[]
  readonly routes?: readonly RouteObject[]
  /** In the header, for whoever is signed in. */
  readonly links?: readonly { readonly to: string; readonly text: string }[]
  /** At the end of the header of every page. */
  readonly HeaderEnd?: ComponentType
  readonly nextSteps?: readonly NextStep[]
  readonly healthSource?: HealthSource
}
