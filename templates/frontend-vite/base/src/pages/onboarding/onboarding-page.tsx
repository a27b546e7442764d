/** The first page: is everything running, what is it configured with, and what comes next. */
import { NextSteps } from '@/features/next-steps/next-steps'
import { ConfigTable } from '@/features/runtime-config/config-table'
import { RUNTIME_CONFIG_URL } from '@/features/runtime-config/load-runtime-config'
import { useRuntimeConfig } from '@/features/runtime-config/runtime-config-context'
import { Hints } from '@/features/stack-health/hints'
import { judge, summarize, type Verdict } from '@/features/stack-health/stack'
import { StackMap } from '@/features/stack-health/stack-map'
import { useStackHealth } from '@/features/stack-health/use-stack-health'
import styles from './onboarding-page.module.css'

export function OnboardingPage() {
  const config = useRuntimeConfig()
  const stack = useStackHealth()
  const verdict = judge(stack)
  return (
    <main className={styles.page} data-verdict={verdict}>
      <title>{config.appName}</title>

      <section className={styles.hero} aria-labelledby="stack">
        <h1 id="stack">
          {config.appName} {headlines[verdict]}
        </h1>
        <p className={styles.summary} role="status">
          {summarize(stack)}
        </p>
        <StackMap stack={stack} />
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
        <Door
          href={config.links.apiDocs}
          title="API docs"
          text="Try every endpoint in the browser"
        />
        <Door href={config.links.admin} title="Admin" text="Users and data, by Django" />
        <Door href={config.links.schema} title="OpenAPI schema" text="The contract, for machines" />
      </nav>
    </main>
  )
}

const headlines: Readonly<Record<Verdict, string>> = {
  checking: 'is starting',
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
