import { request } from '@/shared/api/client'
import { nameCsrfCookie } from '@/shared/api/csrf'
import { runtimeConfigSchema, type RuntimeConfig } from '@/shared/api/types'
import { RUNTIME_CONFIG_URL } from './runtime-config-context'

export async function loadRuntimeConfig(signal: AbortSignal): Promise<RuntimeConfig> {
  const config = await request(RUNTIME_CONFIG_URL, runtimeConfigSchema, { signal })
  nameCsrfCookie(config.csrfCookieName)
  return config
}
