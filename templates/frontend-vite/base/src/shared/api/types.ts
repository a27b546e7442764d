/**
 * What the backend sends and takes, checked where it arrives: the types are read off the schemas,
 * so a type and its check cannot drift apart. Unknown keys are kept: the backend may grow first.
 */
import * as v from 'valibot'

export const runtimeConfigSchema = v.looseObject({
  schemaVersion: v.literal(1),
  appName: v.pipe(v.string(), v.nonEmpty()),
  environment: v.string(),
  apiBaseUrl: v.string(),
  supportEmail: v.nullish(v.string()),
  links: v.looseObject({ admin: v.string(), apiDocs: v.string(), schema: v.string() }),
  features: v.record(v.string(), v.boolean()),
})
export type RuntimeConfig = v.InferOutput<typeof runtimeConfigSchema>

const healthCheckSchema = v.looseObject({
  status: v.picklist(['healthy', 'unhealthy']),
  latencyMs: v.nullish(v.number()),
  error: v.nullish(v.string()),
})
export type HealthCheck = v.InferOutput<typeof healthCheckSchema>

export const healthSchema = v.looseObject({
  status: v.picklist(['healthy', 'unhealthy']),
  checks: v.looseObject({
    database: healthCheckSchema,
    cache: healthCheckSchema,
    worker: v.optional(healthCheckSchema),
  }),
})
export type Health = v.InferOutput<typeof healthSchema>

/** RFC 9457, as every error of the backend is written. */
export const problemSchema = v.looseObject({
  type: v.optional(v.string(), 'about:blank'),
  title: v.string(),
  status: v.number(),
  detail: v.nullish(v.string()),
  requestId: v.nullish(v.string()),
  errors: v.optional(v.unknown()),
})
export type Problem = v.InferOutput<typeof problemSchema>
