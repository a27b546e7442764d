/** The first page: is everything running, what is it configured with, and what comes next. */
import { useRuntimeConfig } from '@/features/runtime-config/runtime-config-context'
import { ConfigTable } from './config-table'
import { Doors } from './doors'
import { Hints } from './hints'
import { NextSteps } from './next-steps'
import { judge, summarize, type Verdict } from './stack'
import { StackMap } from './stack-map'
import { Freshness } from './freshness'
import { useDevelopment } from './use-development'
import { useStackHealth } from './use-stack-health'
import styles from './onboarding-page.module.css'

export function OnboardingPage() {
  const config = useRuntimeConfig()
  const { stack, live, updatedAt } = useStackHealth()
  const development = useDevelopment()
  const verdict = judge(stack)
  return (
    <main className={styles.page} data-verdict={verdict}>
      <title>{verdict === 'unhealthy' ? `▲ ${config.appName}` : config.appName}</title>
      {verdict === 'unhealthy' && <link rel="icon" type="image/svg+xml" href="/favicon-down.svg" />}

      <section className={styles.hero} aria-labelledby="stack">
        <h1 id="stack">
          {config.appName} {headlines[verdict]}
        </h1>
        <p className={styles.summary} role="status">
          {summarize(stack)}
        </p>
        <div className={styles.under}>
          <Doors />
          <Freshness live={live} updatedAt={updatedAt} />
        </div>
        <StackMap stack={stack} updatedAt={updatedAt}>
          <Hints stack={stack} migrations={development?.migrations ?? []} />
        </StackMap>
      </section>

      <section aria-labelledby="next">
        <h2 id="next">Next</h2>
        <NextSteps known={development} />
      </section>

      <section aria-labelledby="config">
        <h2 id="config">Runtime configuration</h2>
        <ConfigTable config={config} />
      </section>
    </main>
  )
}

/** While it is not known, the name stands alone: a headline that changes at each load would only flash. */
const headlines: Readonly<Record<Verdict, string>> = {
  checking: '',
  healthy: 'is running',
  unhealthy: 'needs attention',
}
