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
  const fields = Object.entries(values).map(([label, value]) => async () => {
    const field = await screen.findByLabelText(label)
    await userEvent.clear(field)
    await userEvent.type(field, value)
  })
  // One after the other, as a person would.
  await fields.reduce((before, field) => before.then(field), Promise.resolve())
}
