/** What to do first, each with what to type or to open, ticked off where it can be known; features add theirs. */
import type { ReactNode } from 'react'
import { features } from '@/features'
import { useRuntimeConfig } from '@/features/runtime-config/runtime-config-context'
import type { Schemas } from '@/shared/api/api'
import { CopyCommand } from '@/shared/ui/copy-command'
import { useEdited } from './use-development'
import styles from './next-steps.module.css'

const PAGE = 'src/features/onboarding/onboarding-page.tsx'

interface Props {
  /** What the backend knows, if it tells. */
  readonly known: Schemas['Development'] | undefined
}

export function NextSteps({ known }: Props) {
  const { links } = useRuntimeConfig()
  const edited = useEdited(PAGE)
  return (
    <ol className={styles.steps} role="list">
      <Step
        title="Create your account"
        command="./docker-dev.sh superuser"
        done={known?.hasSuperuser}
      >
        It opens the <a href={links.admin}>admin</a>, where users and data are managed.
      </Step>
      <Step title="Make this page yours" file={`frontend/${PAGE}`} done={edited}>
        Save it, and the browser follows at once, without losing its state.
      </Step>
      <Step title="Run the tests" command="./docker-dev.sh test" done={known?.hasRunTests}>
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
  readonly done?: boolean | undefined
  readonly children: ReactNode
}

function Step({ title, command, file, done = false, children }: StepProps) {
  return (
    <li className={styles.step} data-done={done}>
      <div>
        <h3>
          {title}
          {done && <span className="visually-hidden"> (done)</span>}
        </h3>
        <p>{children}</p>
      </div>
      {command && <CopyCommand command={command} />}
      {file && <CopyCommand plain command={file} />}
    </li>
  )
}
