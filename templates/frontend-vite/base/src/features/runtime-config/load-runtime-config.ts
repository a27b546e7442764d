import { request } from '@/shared/api/client'
import { nameCsrfCookie } from '@/shared/api/csrf'
import { runtimeConfigSchema, type RuntimeConfig } from '@/shared/api/types'

/** The one address that is not configuration: all the rest is learnt from here. */
export const RUNTIME_CONFIG_URL = '/api/v1/config/frontend/'

export async function loadRuntimeConfig(signal?: AbortSignal): Promise<RuntimeConfig> {
  const config = await request(RUNTIME_CONFIG_URL, runtimeConfigSchema, signal ? { signal } : {})
  nameCsrfCookie(config.csrfCookieName)
  return config
}
