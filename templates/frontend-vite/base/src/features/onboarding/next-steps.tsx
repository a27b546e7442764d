/** What to do first, each with what to type or to open; features add theirs. */
import type { ReactNode } from 'react'
import { features } from '@/features'
import { useRuntimeConfig } from '@/features/runtime-config/runtime-config-context'
import { CopyCommand } from '@/shared/ui/copy-command'
import styles from './next-steps.module.css'

export function NextSteps() {
  const { links } = useRuntimeConfig()
  return (
    <ol className={styles.steps} role="list">
      <Step title="Create your account" command="./docker-dev.sh superuser">
        It opens the <a href={links.admin}>admin</a>, where users and data are managed.
      </Step>
      <Step
        title="Make this page yours"
        file="frontend/src/features/onboarding/onboarding-page.tsx"
      >
        Save it, and the browser follows at once, without losing its state.
      </Step>
      <Step title="Run the tests" command="./docker-dev.sh test">
        Backend and frontend, in their containers, as your CI does.
      </Step>
      {features
        .flatMap((feature) => feature.nextSteps ?? [])
        .map(({ text, ...step }) => (
          <Step key={step.title} {...step}>
            {text}
          </Step>
        ))}
    </ol>
  )
}

interface StepProps {
  readonly title: string
  readonly command?: string
  readonly file?: string
  readonly children: ReactNode
}

function Step({ title, command, file, children }: StepProps) {
  return (
    <li className={styles.step}>
      <div>
        <h3>{title}</h3>
        <p>{children}</p>
      </div>
      {command && <CopyCommand command={command} />}
      {file && <CopyCommand plain command={file} />}
    </li>
  )
}
