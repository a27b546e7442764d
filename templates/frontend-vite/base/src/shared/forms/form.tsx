/** The frame of a form: sends it, says what went wrong with all of it, keeps its button from being pressed twice. */
import type { ReactNode } from 'react'
import { FormProvider, type FieldValues } from 'react-hook-form'
import { Button } from '@/shared/ui/button'
import { Failure } from '@/shared/ui/failure'
import styles from './form.module.css'
import type { ApiForm } from './use-api-form'

interface Props<Values extends FieldValues> {
  readonly of: ApiForm<Values>
  /** What its button says. */
  readonly submit: string
  /** Beside the button. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

export function Form<Values extends FieldValues>({ of, submit, aside, children }: Props<Values>) {
  const { form, failure, draft } = of
  return (
    <FormProvider {...form}>
      {/* The schema says what is wrong, in one way in all browsers. */}
      <form noValidate className={styles.form} onSubmit={(event) => void of.submit(event)}>
        {draft.restored && (
          <p className={styles.restored} role="status">
            What you had typed is still here.{' '}
            <Button variant="quiet" onClick={draft.startOver}>
              Start over
            </Button>
          </p>
        )}
        {children}
        {failure && <Failure {...failure} />}
        <div className={styles.buttons}>
          <Button type="submit" variant="primary" busy={form.formState.isSubmitting}>
            {submit}
          </Button>
          {aside}
        </div>
      </form>
    </FormProvider>
  )
}
