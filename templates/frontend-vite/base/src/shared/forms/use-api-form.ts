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
  /** A name under which what is typed outlives a reload of the page; passwords do not. */
  readonly draft?: string
}

export interface ApiForm<Values extends FieldValues> {
  readonly form: UseFormReturn<Values>
  /** What stands at no field; in other words than the error's own where they say more. */
  readonly failure: { readonly error: Error; readonly text?: string | undefined } | undefined
  /** What is typed, kept over a reload. */
  readonly draft: ReturnType<typeof useDraft>
  readonly submit: (event: React.BaseSyntheticEvent) => Promise<void>
}

export function useApiForm<Values extends FieldValues, Answer>({
  schema,
  defaultValues,
  send,
  onSent,
  draft: name,
}: Options<Values, Answer>): ApiForm<Values> {
  const form = useForm<Values>({ resolver: valibotResolver(schema), defaultValues })
  const draft = useDraft(form, name)
  const [failure, setFailure] = useState<ApiForm<Values>['failure']>()

  const submit = form.handleSubmit(async (values) => {
    setFailure(undefined)
    const sent = await settle(send(values))
    if ('error' in sent) return setFailure(showAtFields(form, sent.error))
    draft.forget()
    return onSent?.(sent.answer, form)
  })

  return { form, failure, draft, submit }
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
