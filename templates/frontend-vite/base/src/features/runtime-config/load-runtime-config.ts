import { request } from '@/shared/api/client'
import { runtimeConfigSchema, type RuntimeConfig } from '@/shared/api/types'
import { RUNTIME_CONFIG_URL } from './runtime-config-context'

export function loadRuntimeConfig(signal?: AbortSignal): Promise<RuntimeConfig> {
  return request(RUNTIME_CONFIG_URL, runtimeConfigSchema, signal ? { signal } : {})
}
