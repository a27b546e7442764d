import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { startBackend } from '@/testing/backend'
import { renderApp } from '@/testing/render-app'

async function open() {
  startBackend()
  renderApp('/design-system')
  await screen.findByRole('heading', { level: 1, name: 'Design system' })
  return userEvent.setup()
}

test('shows every kind of value and component', async () => {
  await open()
  const titles = ['Colours', 'Type', 'Spacing', 'Buttons', 'Fields', 'Table', 'Messages']
  for (const title of titles) expect(screen.getByRole('region', { name: title })).toBeVisible()
})

test('a field is tied to its label, its help and its error', async () => {
  await open()
  expect(screen.getByLabelText('Name')).toHaveAccessibleDescription('As others see it.')
  const email = screen.getByLabelText('Email')
  expect(email).toBeInvalid()
  expect(email).toHaveAccessibleDescription('Enter a valid email address.')
  expect(screen.getByLabelText('Message').tagName).toBe('TEXTAREA')
})

test('a select is opened, moved through and answered with the keyboard', async () => {
  const user = await open()
  const select = screen.getByRole('combobox', { name: 'Order' })
  expect(select).toHaveTextContent('Newest first')
  select.focus()
  await user.keyboard('{Enter}')
  expect(await screen.findByRole('listbox')).toBeVisible()
  await user.keyboard('{ArrowDown}{Enter}')
  await waitFor(() => expect(select).toHaveTextContent('Oldest first'))
})

test('a checkbox follows the space bar', async () => {
  const user = await open()
  const box = screen.getByRole('checkbox', { name: 'Shared with everybody' })
  expect(box).toBeChecked()
  box.focus()
  await user.keyboard(' ')
  expect(box).not.toBeChecked()
})

test('a busy button keeps the focus, and does nothing more', async () => {
  const user = await open()
  const button = screen.getByRole('button', { name: 'Press to wait' })
  await user.click(button)
  expect(button).toHaveTextContent('Saving…')
  expect(button).toHaveFocus()
  expect(button).toHaveAttribute('aria-busy', 'true')
  await user.click(button)
  expect(button).toHaveTextContent('Saving…')
})

test('a dialog takes the focus, closes on Escape and gives it back', async () => {
  const user = await open()
  const opener = screen.getByRole('button', { name: 'Delete…' })
  await user.click(opener)
  const dialog = await screen.findByRole('dialog', { name: 'Delete “Annual report”?' })
  expect(dialog).toHaveAccessibleDescription('It cannot be brought back.')
  await waitFor(() => expect(dialog).toContainElement(document.activeElement as HTMLElement))
  await user.keyboard('{Escape}')
  await waitFor(() => expect(dialog).not.toBeInTheDocument())
  expect(opener).toHaveFocus()
})

test('what a dialog did is said in a toast, and a failure stays until it is closed', async () => {
  const user = await open()
  await user.click(screen.getByRole('button', { name: 'Delete…' }))
  const dialog = await screen.findByRole('dialog')
  await user.click(within(dialog).getByRole('button', { name: 'Delete' }))
  expect(await screen.findByRole('dialog', { name: 'Deleted' })).toHaveTextContent('is gone')

  await user.click(screen.getByRole('button', { name: 'Say that it is saved' }))
  expect(await screen.findByRole('dialog', { name: 'Saved' })).toBeVisible()

  await user.click(screen.getByRole('button', { name: 'Say that it failed' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Not saved')
  const toast = await screen.findByRole('alertdialog', { hidden: true })
  await user.click(within(toast).getByLabelText('Close'))
  await waitFor(() => expect(toast).not.toBeInTheDocument())
})

// Last: it loads all modules anew.
test('is not in a production build', async () => {
  vi.stubEnv('DEV', false)
  vi.resetModules()
  const { renderApp: renderBuilt } = await import('@/testing/render-app')
  startBackend()
  renderBuilt('/design-system')
  expect(await screen.findByText('There is nothing here')).toBeVisible()
  vi.unstubAllEnvs()
})
