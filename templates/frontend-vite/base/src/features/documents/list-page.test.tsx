import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { hangs, json, problem } from '@/testing/backend'
import { signedOut } from '@/testing/people'
import { heading, press } from '@/testing/steps'
import { attachment, LIST, listOf, openDocuments, plan } from './samples'

const pick = async (field: string, option: string) => {
  await userEvent.click(screen.getByRole('combobox', { name: field }))
  await userEvent.click(await screen.findByRole('option', { name: option }))
}

test('documents are for users', async () => {
  openDocuments('/documents', signedOut)
  await heading('Sign in')
  expect(screen.queryByRole('link', { name: 'Documents' })).not.toBeInTheDocument()
})

describe('the list', () => {
  test('is reached from the header, and shows each document with what is known of it', async () => {
    openDocuments('/no/such/page', {
      [LIST]: listOf([
        { ...plan, shared: true, attachment },
        { ...plan, id: 8, title: 'Other' },
      ]),
    })
    await userEvent.click(await screen.findByRole('link', { name: 'Documents' }))
    const link = await screen.findByRole('link', { name: 'Plan' })
    expect(link).toHaveAttribute('href', '/documents/7')
    expect(link.parentElement).toHaveTextContent('Ada Lovelace · changed Jan 2, 2026 · plan.pdf')
    expect(link.parentElement).toHaveTextContent('Shared')
    expect(screen.getByRole('link', { name: 'Other' }).parentElement).not.toHaveTextContent(
      'Shared',
    )
    expect(screen.getByText('2 documents')).toHaveRole('status')
  })

  test('holds its place while it is loaded', async () => {
    openDocuments('/documents', { [LIST]: hangs })
    expect(await screen.findByRole('status', { name: 'Documents are being loaded' })).toBeVisible()
  })

  test('is asked for as the address says, and writes there what is chosen', async () => {
    const { router, sent } = openDocuments('/documents?ordering=title&page=2&search=plan', {
      [LIST]: listOf([plan], { count: 3, previous: 'x' }),
    })
    expect(await screen.findByText('3–3 of 3')).toBeVisible()
    await pick('Show', 'Mine')
    await waitFor(() =>
      expect(router.state.location.search).toBe('?search=plan&ordering=title&scope=mine'),
    )
    await pick('Order', 'Oldest')
    await waitFor(() =>
      expect(router.state.location.search).toBe('?search=plan&ordering=createdAt&scope=mine'),
    )
    await waitFor(async () =>
      expect(await sent(`GET ${LIST}`)).toEqual([
        { ordering: 'title', page: '2', search: 'plan' },
        { ordering: 'title', page: '1', search: 'plan', owner: 'me' },
        { ordering: 'createdAt', page: '1', search: 'plan', owner: 'me' },
      ]),
    )
  })

  test('is searched a moment after the last letter, and follows the back button', async () => {
    const { router, sent, answers } = openDocuments('/documents')
    await screen.findByText('1 document')
    answers[LIST] = listOf([])
    await userEvent.type(screen.getByLabelText('Search'), 'xyz')
    expect(await screen.findByText('No document has “xyz” in its title or text.')).toBeVisible()
    expect(screen.getByText('No documents')).toHaveRole('status')
    expect(await sent(`GET ${LIST}`)).toHaveLength(2)
    answers[LIST] = listOf([plan])
    await press('Show all documents')
    expect(await screen.findByText('1 document')).toBeVisible()
    expect(screen.getByLabelText('Search')).toHaveValue('')
    await router.navigate(-1)
    await waitFor(() => expect(screen.getByLabelText('Search')).toHaveValue('xyz'))
  })

  test('is turned by the page', async () => {
    const pages: Record<string, object> = {
      1: { count: 3, next: 'x', results: [plan, { ...plan, id: 8, title: 'Other' }] },
      2: { count: 3, next: null, previous: 'x', results: [{ ...plan, id: 9, title: 'Last' }] },
    }
    openDocuments('/documents', {
      [LIST]: ({ request }) => json(pages[new URL(request.url).searchParams.get('page') ?? ''])(),
    })
    expect(await screen.findByText('1–2 of 3')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Previous' })).toBeDisabled()
    await press('Next')
    expect(await screen.findByText('3–3 of 3')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Next' })).toBeDisabled()
    await press('Previous')
    expect(await screen.findByText('1–2 of 3')).toBeVisible()
  })

  test('without a single document says what to do', async () => {
    openDocuments('/documents', { [LIST]: listOf([]) })
    expect(await screen.findByText('No documents yet')).toBeVisible()
    expect(screen.getByRole('link', { name: 'Write the first one' })).toBeVisible()
  })

  test('without one of a kind leads back to all', async () => {
    openDocuments('/documents?scope=shared', { [LIST]: listOf([]) })
    expect(await screen.findByText('There are none of these yet.')).toBeVisible()
  })

  test('that does not load says under which id the log has it, and asks again', async () => {
    const { answers } = openDocuments('/documents', {
      [LIST]: problem(403, { title: 'Forbidden', requestId: 'abc1' }),
    })
    expect(await screen.findByRole('alert')).toHaveTextContent('abc1')
    answers[LIST] = listOf([plan])
    await press('Try again')
    expect(await screen.findByText('1 document')).toBeVisible()
  })

  test('leads to its first page from one that is not there any more', async () => {
    const { answers } = openDocuments('/documents?page=9', {
      [LIST]: problem(404, { title: 'No page' }),
    })
    await screen.findByRole('alert')
    answers[LIST] = listOf([plan])
    await press('To the first page')
    expect(await screen.findByText('1 document')).toBeVisible()
  })
})
