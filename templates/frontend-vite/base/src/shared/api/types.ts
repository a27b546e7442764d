/**
 * What the backend sends, checked where it arrives: the types are read off the schemas, so a type and its check
 * cannot drift apart. A key that is not named here is dropped: the backend may grow first.
 */
import * as v from 'valibot'

export const runtimeConfigSchema = v.object({
  schemaVersion: v.literal(1),
  appName: v.pipe(v.string(), v.nonEmpty()),
  environment: v.string(),
  /** Which version of the code it is, as error reports name it. */
  release: v.nullish(v.string()),
  apiBaseUrl: v.string(),
  csrfCookieName: v.optional(v.string(), 'csrftoken'),
  supportEmail: v.nullish(v.string()),
  links: v.object({ admin: v.string(), apiDocs: v.string(), schema: v.string() }),
  features: v.pipe(
    v.record(v.string(), v.boolean()),
    // Those that this application reads have a name, so that a mistyped one does not compile.
    v.transform(({ apiDocs = true, maintenance = false, signUp = false, ...others }) => ({
      apiDocs,
      maintenance,
      signUp,
      others,
    })),
  ),
})
export type RuntimeConfig = v.InferOutput<typeof runtimeConfigSchema>

const healthCheckSchema = v.object({
  status: v.picklist(['healthy', 'unhealthy']),
  latencyMs: v.nullish(v.number()),
  error: v.nullish(v.string()),
})

export const healthSchema = v.object({
  /** `degraded`: requests are served, but something beside them is down. */
  status: v.picklist(['healthy', 'degraded', 'unhealthy']),
  /** By name. Which there are is the backend's business. */
  checks: v.record(v.string(), healthCheckSchema),
})
export type Health = v.InferOutput<typeof healthSchema>

/** RFC 9457, as every error of the backend is written. */
export const problemSchema = v.object({
  type: v.optional(v.string(), 'about:blank'),
  title: v.string(),
  status: v.number(),
  detail: v.nullish(v.string()),
  /** Which of several reasons for the same status it is, for a program. */
  code: v.nullish(v.string()),
  requestId: v.nullish(v.string()),
  /** While one develops: what the backend's code stumbled over, and where. */
  crash: v.optional(v.object({ exception: v.string(), frame: v.string() })),
  errors: v.optional(v.unknown()),
})
export type Problem = v.InferOutput<typeof problemSchema>
