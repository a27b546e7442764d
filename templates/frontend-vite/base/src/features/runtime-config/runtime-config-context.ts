import { createContext, useContext } from 'react'
import type { RuntimeConfig } from '@/shared/api/types'

/** The one address that is not configuration: all the rest is learnt from here. */
export const RUNTIME_CONFIG_URL = '/api/v1/config/frontend/'

export const RuntimeConfigContext = createContext<RuntimeConfig | undefined>(undefined)

/** The backend's runtime configuration. It is always there: nothing below the gate renders without. */
export function useRuntimeConfig(): RuntimeConfig {
  const config = useContext(RuntimeConfigContext)
  if (!config) throw new Error('useRuntimeConfig() is used outside <RuntimeConfigGate>')
  return config
}
