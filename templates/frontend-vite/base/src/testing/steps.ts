/** What a person does on a page, in one word each. */
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { startBackend, type Answers } from './backend'
import { renderApp } from './render-app'

export function openApp(address: string, answers: Answers) {
  const backend = startBackend(answers)
  return { ...backend, ...renderApp(address) }
}

export const heading = (name: string) => screen.findByRole('heading', { level: 1, name })

export const press = (name: string) => userEvent.click(screen.getByRole('button', { name }))

export async function fill(values: Record<string, string>) {
  await screen.findByLabelText(Object.keys(values)[0] ?? '')
  const fields = Object.entries(values).map(([label, value]) => async () => {
    await userEvent.clear(screen.getByLabelText(label))
    await userEvent.type(screen.getByLabelText(label), value)
  })
  // One after the other, as a person would.
  await fields.reduce((before, field) => before.then(field), Promise.resolve())
}
