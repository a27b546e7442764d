/** Three things to do first, each with what to type. */
import type { ReactNode } from 'react'
import { useRuntimeConfig } from '@/features/runtime-config/runtime-config-context'
import { CopyCommand } from '@/shared/ui/copy-command'
import styles from './next-steps.module.css'

export function NextSteps() {
  const { links } = useRuntimeConfig()
  return (
    <ol className={styles.steps}>
      <Step
        title="Create your account"
        command={<CopyCommand command="./docker-dev.sh superuser" />}
      >
        It opens the <a href={links.admin}>admin</a>, where users and data are managed.
      </Step>
      <Step
        title="Make this page yours"
        command={<CopyCommand plain command="frontend/src/pages/onboarding/onboarding-page.tsx" />}
      >
        Save it, and the browser follows at once, without losing its state.
      </Step>
      <Step title="Run the tests" command={<CopyCommand command="./docker-dev.sh test" />}>
        Backend and frontend, in their containers, as your CI does.
      </Step>
    </ol>
  )
}

interface StepProps {
  readonly title: string
  readonly command: ReactNode
  readonly children: ReactNode
}

function Step({ title, command, children }: StepProps) {
  return (
    <li className={styles.step}>
      <h3>{title}</h3>
      <p>{children}</p>
      {command}
    </li>
  )
}
