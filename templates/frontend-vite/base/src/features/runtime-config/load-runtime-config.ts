import { request } from '@/shared/api/client'
import { runtimeConfigSchema, type RuntimeConfig } from '@/shared/api/types'

/** The one address that is not configuration: all the rest is learnt from here. */
export const RUNTIME_CONFIG_URL = '/api/v1/config/frontend/'

export function loadRuntimeConfig(signal?: AbortSignal): Promise<RuntimeConfig> {
  return request(RUNTIME_CONFIG_URL, runtimeConfigSchema, signal ? { signal } : {})
}
