/** A form whose answer comes from the backend: what it says of a field stands at the field, the rest above the button. */
import { valibotResolver } from '@hookform/resolvers/valibot'
import { useState } from 'react'
import {
  useForm,
  type DefaultValues,
  type FieldPath,
  type FieldValues,
  type UseFormReturn,
} from 'react-hook-form'
import type { GenericSchema } from 'valibot'
import { ApiError } from '@/shared/api/errors'
import { useDraft } from './use-draft'

interface Options<Values extends FieldValues, Answer> {
  /** What can be said without asking. The backend checks all of it again. */
  readonly schema: GenericSchema<Values>
  readonly defaultValues: DefaultValues<Values> & Values
  readonly send: (values: Values) => Promise<Answer>
  readonly onSent?: (answer: Answer, form: UseFormReturn<Values>) => void
  /** A name under which what is typed outlives a reload of the page. Not for passwords. */
  readonly draft?: string
}

export interface ApiForm<Values extends FieldValues> {
  readonly form: UseFormReturn<Values>
  /** What stands at no field; in other words than the error's own where they say more. */
  readonly failure: { readonly error: Error; readonly text?: string | undefined } | undefined
  /** Drops the draft: the user does not want what is typed. */
  readonly forget: () => void
  readonly submit: (event: React.SubmitEvent) => Promise<void>
}

export function useApiForm<Values extends FieldValues, Answer>({
  schema,
  defaultValues,
  send,
  onSent,
  draft,
}: Options<Values, Answer>): ApiForm<Values> {
  const form = useForm<Values>({ resolver: valibotResolver(schema), defaultValues })
  const forget = useDraft(form, draft)
  const [failure, setFailure] = useState<ApiForm<Values>['failure']>()

  const submit = form.handleSubmit(async (values) => {
    setFailure(undefined)
    const sent = await settle(send(values))
    if ('error' in sent) return setFailure(showAtFields(form, sent.error))
    forget()
    return onSent?.(sent.answer, form)
  })

  return {
    form,
    failure,
    forget,
    // The button stays where the focus is while a request runs; pressed again, it does nothing.
    submit: async (event) => {
      event.preventDefault()
      if (!form.formState.isSubmitting) await submit(event)
    },
  }
}

/** Apart from onSent(): a fault in there is a bug, and nothing for the user to mend. */
async function settle<T>(promise: Promise<T>) {
  return promise.then(
    (answer) => ({ answer }),
    (error: Error) => ({ error }),
  )
}

/** @returns what has no field to stand at */
function showAtFields<Values extends FieldValues>(form: UseFormReturn<Values>, error: Error) {
  const said = error instanceof ApiError ? Object.entries(error.fieldErrors) : []
  const values = form.getValues()
  const placed = said.filter(([field]) => field in values)
  for (const [index, [field, message]] of placed.entries()) {
    form.setError(field as FieldPath<Values>, { message }, { shouldFocus: index === 0 })
  }
  const rest = said.filter(([field]) => !(field in values)).map(([, message]) => message)
  if (placed.length > 0 && rest.length === 0) return undefined
  return { error, text: rest.length > 0 ? rest.join(' ') : undefined }
}
