import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { away, hangs, json, problem } from '@/testing/backend'
import { heading, press } from '@/testing/steps'
import { attachment, ONE, openDocuments, plan } from './samples'

const done = () => new Response(null, { status: 204 })

describe('a document', () => {
  test('is shown with what its reader may do with it', async () => {
    openDocuments('/documents/7', { [ONE]: json({ ...plan, attachment }) })
    await heading('Plan')
    expect(screen.getByText(/First this/)).toHaveTextContent('First this, then that.')
    expect(screen.getByRole('link', { name: 'plan.pdf' })).toHaveAttribute('href', attachment.url)
    expect(screen.getByText('123 kB')).toBeVisible()
    expect(screen.getByText('abcdef012345…')).toBeVisible()
    expect(screen.getByRole('link', { name: 'Edit' })).toBeVisible()
    expect(screen.getByRole('button', { name: 'Delete' })).toBeVisible()
  })

  test.each([
    [true, 'Everybody who is signed in may read it.'],
    [false, 'Only its owner may read it.'],
  ])('of somebody else offers nothing that is refused: shared %s', async (shared, said) => {
    const permissions = { change: false, delete: false }
    openDocuments('/documents/7', { [ONE]: json({ ...plan, body: '', shared, permissions }) })
    await heading('Plan')
    expect(screen.getByText(said)).toBeVisible()
    expect(screen.getByText('It has no text.')).toBeVisible()
    expect(within(screen.getByRole('main')).queryByRole('button')).not.toBeInTheDocument()
    expect(screen.queryByRole('link', { name: 'Edit' })).not.toBeInTheDocument()
  })

  test('holds its place while it is loaded', async () => {
    openDocuments('/documents/7', { [ONE]: hangs })
    expect(
      await screen.findByRole('status', { name: 'The document is being loaded' }),
    ).toBeVisible()
  })

  test('that is not there says so, and leads on', async () => {
    openDocuments('/documents/7', { [ONE]: problem(404, { title: 'Not found' }) })
    await heading('No such document')
    expect(screen.getByRole('link', { name: 'All documents' })).toBeVisible()
  })

  test('that does not load can be asked for again', async () => {
    const { answers } = openDocuments('/documents/7', {
      [ONE]: problem(403, { title: 'Forbidden' }),
    })
    await heading('This page did not load')
    answers[ONE] = json(plan)
    await press('Try again')
    expect(await heading('Plan')).toBeVisible()
  })

  test('is shared at once, and taken back where the backend says no', async () => {
    const { answers, sent } = openDocuments('/documents/7')
    await heading('Plan')
    const box = screen.getByRole('checkbox')
    const waiting: ((answer: Response) => void)[] = []
    answers[`PATCH ${ONE}`] = () => new Promise((resolve) => void waiting.push(resolve))
    await userEvent.click(box)
    expect(box).toBeChecked()
    await waitFor(async () => expect(await sent(`PATCH ${ONE}`)).toEqual([{ shared: true }]))
    waiting[0]?.(problem(403, { title: 'Not yours' })())
    expect(await screen.findByRole('alert')).toHaveTextContent('Not yours')
    expect(box).not.toBeChecked()
    answers[`PATCH ${ONE}`] = json({ ...plan, shared: true })
    await userEvent.click(box)
    await waitFor(() => expect(screen.queryByRole('alert')).not.toBeInTheDocument())
    expect(box).toBeChecked()
  })

  test('is deleted once that is confirmed', async () => {
    const { answers, router } = openDocuments('/documents/7')
    await heading('Plan')
    await press('Delete')
    await screen.findByRole('dialog', { name: 'Delete “Plan”?' })
    await press('Keep it')
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
    await press('Delete')
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())

    await press('Delete')
    answers[`DELETE ${ONE}`] = away
    await press('Delete it')
    expect(await screen.findByRole('alert')).toHaveTextContent('does not answer')
    answers[`DELETE ${ONE}`] = done
    await press('Delete it')
    await heading('Documents')
    expect(router.state.location.pathname).toBe('/documents')
  })
})
