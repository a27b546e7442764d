import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import type { UseFormReturn } from 'react-hook-form'
import * as v from 'valibot'
import { ApiError, UnreachableError } from '@/shared/api/errors'
import { Checkbox, TextArea, TextField } from '@/shared/forms/fields'
import { Form } from '@/shared/forms/form'
import { useApiForm } from '@/shared/forms/use-api-form'
import { forgetDrafts } from '@/shared/forms/use-draft'

const schema = v.object({
  name: v.pipe(v.string(), v.nonEmpty('Enter a name.')),
  text: v.string(),
  agreed: v.boolean(),
  password: v.string(),
})
type Values = v.InferOutput<typeof schema>

interface Props {
  readonly send: (values: Values) => Promise<unknown>
  readonly onSent?: (answer: unknown, form: UseFormReturn<Values>) => void
  readonly draft?: string
}

function Example({ send, onSent, draft }: Props) {
  const form = useApiForm({
    schema,
    defaultValues: { name: '', text: '', agreed: false, password: '' },
    send,
    ...(onSent && { onSent }),
    ...(draft && { draft }),
  })
  return (
    <Form
      of={form}
      submit="Send"
      aside={
        <button type="button" onClick={form.draft.forget}>
          Drop
        </button>
      }
    >
      <TextField name="name" label="Name" description="As in the passport" />
      <TextArea name="text" label="Text" />
      <TextField name="password" label="Password" type="password" />
      <Checkbox name="agreed" label="I agree" />
    </Form>
  )
}

const fails = (error: Error) => vi.fn<Props['send']>(() => Promise.reject(error))
const refuses = (errors: object) =>
  new ApiError(
    400,
    {
      type: 'about:blank',
      title: 'Bad request',
      status: 400,
      detail: 'Not valid.',
      requestId: 'abc1',
      errors,
    },
    '/thing',
  )

const name = () => screen.getByLabelText('Name')
const press = () => userEvent.click(screen.getByRole('button', { name: 'Send' }))

describe('a form', () => {
  test('sends what is filled in', async () => {
    const send = vi.fn<Props['send']>(async () => undefined)
    const onSent = vi.fn<() => void>()
    render(<Example send={send} onSent={onSent} />)
    await userEvent.type(name(), 'Ada')
    await userEvent.type(screen.getByLabelText('Text'), 'Hello')
    await userEvent.click(screen.getByRole('checkbox', { name: 'I agree' }))
    await press()
    expect(send).toHaveBeenCalledExactlyOnceWith({
      name: 'Ada',
      text: 'Hello',
      agreed: true,
      password: '',
    })
    expect(onSent).toHaveBeenCalledOnce()
  })

  test('says at a field what is wrong with it without asking, and puts the focus there', async () => {
    const send = vi.fn<Props['send']>()
    render(<Example send={send} />)
    expect(name()).toHaveAccessibleDescription('As in the passport')
    await press()
    expect(name()).toHaveFocus()
    expect(name()).toBeInvalid()
    expect(name()).toHaveAccessibleDescription(expect.stringContaining('Enter a name.'))
    expect(send).not.toHaveBeenCalled()
    await userEvent.type(name(), 'Ada')
    expect(name()).toBeValid()
  })

  test('says at the fields what the backend says of them, and puts the focus on the first', async () => {
    render(<Example send={fails(refuses({ name: ['Taken.'], text: ['Too short.'] }))} />)
    await userEvent.type(name(), 'Ada')
    await press()
    expect(name()).toHaveFocus()
    expect(name()).toHaveAccessibleDescription(expect.stringContaining('Taken.'))
    expect(screen.getByLabelText('Text')).toHaveAccessibleDescription('Too short.')
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  })

  test('says above its button what has no field, and under which id the log has it', async () => {
    render(
      <Example
        send={fails(refuses({ name: ['Taken.'], nonFieldErrors: ['Come back on Monday.'] }))}
      />,
    )
    await userEvent.type(name(), 'Ada')
    await press()
    expect(screen.getByRole('alert')).toHaveTextContent('Come back on Monday.')
    expect(screen.getByRole('alert')).toHaveTextContent('abc1')
    expect(name()).toBeInvalid()
  })

  test.each([
    ['does not answer', new UnreachableError('away'), 'The server does not answer.'],
    ['fails', new ApiError(500, undefined, '/thing'), '/thing answered 500'],
  ])('keeps what is typed where the backend %s, and can be sent again', async (_, error, said) => {
    const send = fails(error)
    render(<Example send={send} />)
    await userEvent.type(name(), 'Ada')
    await press()
    expect(screen.getByRole('alert')).toHaveTextContent(said)
    expect(name()).toHaveValue('Ada')
    send.mockResolvedValue(undefined)
    await press()
    expect(send).toHaveBeenCalledTimes(2)
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  })

  test('is not sent twice, and not changed while it is sent', async () => {
    const waiting: ((answer: unknown) => void)[] = []
    const send = vi.fn<Props['send']>(() => new Promise((resolve) => void waiting.push(resolve)))
    render(<Example send={send} />)
    await userEvent.type(name(), 'Ada')
    await press()
    const button = screen.getByRole('button', { name: 'Send' })
    expect(button).toHaveAttribute('aria-disabled', 'true')
    expect(button).toHaveFocus()
    expect(name()).toHaveAttribute('readonly')
    await press()
    await userEvent.type(name(), '{Enter}')
    expect(send).toHaveBeenCalledOnce()
    waiting[0]?.(undefined)
    await waitFor(() => expect(button).not.toHaveAttribute('aria-disabled'))
  })
})

const open = (onSent?: Props['onSent']) =>
  render(<Example send={async () => undefined} draft="letter" {...(onSent && { onSent })} />)
const reload = () => {
  cleanup()
  open()
}

describe('a draft', () => {
  test('outlives a reload of the page, until it is sent', async () => {
    open()
    await userEvent.type(name(), 'Ada')
    await userEvent.click(screen.getByRole('checkbox', { name: 'I agree' }))
    reload()
    expect(name()).toHaveValue('Ada')
    expect(screen.getByRole('checkbox', { name: 'I agree' })).toBeChecked()
    await press()
    reload()
    expect(name()).toHaveValue('')
  })

  test('is told, and the values that were there before come back on request', async () => {
    open()
    expect(screen.queryByRole('status')).not.toBeInTheDocument()
    await userEvent.type(name(), 'Ada')
    reload()
    expect(screen.getByRole('status')).toHaveTextContent('What you had typed is still here.')
    await userEvent.click(screen.getByRole('button', { name: 'Start over' }))
    expect(name()).toHaveValue('')
    expect(screen.queryByRole('status')).not.toBeInTheDocument()
    reload()
    expect(name()).toHaveValue('')
  })

  test('has no password in it', async () => {
    open()
    await userEvent.type(name(), 'Ada')
    await userEvent.type(screen.getByLabelText('Password'), 'secret-1')
    reload()
    expect(name()).toHaveValue('Ada')
    expect(screen.getByLabelText('Password')).toHaveValue('')
    expect(JSON.stringify({ ...sessionStorage })).not.toContain('secret-1')
  })

  test('is none where nothing is left that was typed, or only a password', async () => {
    open()
    await userEvent.type(name(), 'A')
    await userEvent.clear(name())
    await userEvent.type(screen.getByLabelText('Password'), 'secret-1')
    reload()
    expect(screen.queryByRole('status')).not.toBeInTheDocument()
  })

  test('is none once it was sent, also where the form is used again', async () => {
    open((_, { reset }) => reset())
    await userEvent.type(name(), 'Ada')
    await press()
    await waitFor(() => expect(name()).toHaveValue(''))
    reload()
    expect(screen.queryByRole('status')).not.toBeInTheDocument()
  })

  test('goes with whoever signs out, and nothing else does', async () => {
    sessionStorage.setItem('other', 'kept')
    open()
    await userEvent.type(name(), 'Ada')
    forgetDrafts()
    reload()
    expect(name()).toHaveValue('')
    expect(sessionStorage.getItem('other')).toBe('kept')
  })

  test('is dropped on request', async () => {
    open()
    await userEvent.type(name(), 'Ada')
    await userEvent.click(screen.getByRole('button', { name: 'Drop' }))
    reload()
    expect(name()).toHaveValue('')
  })
})
