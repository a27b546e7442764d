/** The first page: is everything running, what is it configured with, and what comes next. */
import { RUNTIME_CONFIG_URL } from '@/features/runtime-config/load-runtime-config'
import { useRuntimeConfig } from '@/features/runtime-config/runtime-config-context'
import { ConfigTable } from './config-table'
import { Hints } from './hints'
import { NextSteps } from './next-steps'
import { judge, summarize, type Verdict } from './stack'
import { StackMap } from './stack-map'
import { Freshness } from './freshness'
import { useStackHealth } from './use-stack-health'
import styles from './onboarding-page.module.css'

export function OnboardingPage() {
  const config = useRuntimeConfig()
  const { stack, live, updatedAt } = useStackHealth()
  const verdict = judge(stack)
  return (
    <main className={styles.page} data-verdict={verdict}>
      <title>{config.appName}</title>

      <section className={styles.hero} aria-labelledby="stack">
        <h1 id="stack">
          {config.appName} {headlines[verdict]}
        </h1>
        <div className={styles.under}>
          <p className={styles.summary} role="status">
            {summarize(stack)}
          </p>
          <Freshness live={live} updatedAt={updatedAt} />
        </div>
        <StackMap stack={stack} updatedAt={updatedAt} />
        <Hints stack={stack} />
      </section>

      <div className={styles.columns}>
        <section aria-labelledby="next">
          <h2 id="next">Next</h2>
          <NextSteps />
        </section>

        <section aria-labelledby="config">
          <h2 id="config">Runtime configuration</h2>
          <ConfigTable config={config} />
          <p className={styles.note}>
            Read from <a href={RUNTIME_CONFIG_URL}>{RUNTIME_CONFIG_URL}</a> before the first render.
            To change a value, edit <code>.env</code> and restart the backend.
          </p>
        </section>
      </div>

      <nav className={styles.doors} aria-label="Tools">
        {config.features.apiDocs && (
          <Door
            href={config.links.apiDocs}
            title="API docs"
            text="Try every endpoint in the browser"
          />
        )}
        <Door href={config.links.admin} title="Admin" text="Users and data, by Django" />
        {config.features.apiDocs && (
          <Door
            href={config.links.schema}
            title="OpenAPI schema"
            text="The contract, for machines"
          />
        )}
      </nav>
    </main>
  )
}

/** While it is not known, the name stands alone: a headline that changes at each load would only flash. */
const headlines: Readonly<Record<Verdict, string>> = {
  checking: '',
  healthy: 'is running',
  unhealthy: 'needs attention',
}

function Door({ href, title, text }: Readonly<Record<'href' | 'title' | 'text', string>>) {
  return (
    <a className={styles.door} href={href}>
      <strong>{title}</strong>
      <span>{text}</span>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M3 8h10M9 4l4 4-4 4" />
      </svg>
    </a>
  )
}
