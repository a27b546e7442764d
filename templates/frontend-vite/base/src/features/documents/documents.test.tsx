import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { readFilter, toQuery, writeFilter } from '@/features/documents/filter'
import { inWords } from '@/features/documents/moment'
import { away, hangs, json, problem, startBackend, type Answers } from '@/testing/backend'
import { signedIn, signedOut } from '@/testing/people'
import { renderApp } from '@/testing/render-app'
import { fakeUploads } from '@/testing/uploads'

const LIST = '/api/v1/documents/'
const ONE = '/api/v1/documents/7/'
const FILE = '/api/v1/documents/7/attachment/'

const plan = {
  id: 7,
  title: 'Plan',
  body: 'First this,\nthen that.',
  shared: false,
  owner: { id: 1, name: 'Ada Lovelace' },
  attachment: null,
  permissions: { change: true, delete: true },
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-02T00:00:00Z',
}
const attachment = {
  name: 'plan.pdf',
  size: 123_456,
  contentType: 'application/pdf',
  url: '/media/documents/a.pdf',
  checksum: 'abcdef0123456789',
}

const listOf = (results: object[], more: object = {}) =>
  json({ count: results.length, next: null, previous: null, results, ...more })
const done = () => new Response(null, { status: 204 })

function open(address: string, answers: Answers = {}) {
  const backend = startBackend({
    ...signedIn,
    [LIST]: listOf([plan]),
    [ONE]: json(plan),
    ...answers,
  })
  return { ...backend, ...renderApp(address) }
}

const heading = (name: string) => screen.findByRole('heading', { level: 1, name })
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }))
const pick = async (field: string, option: string) => {
  await userEvent.click(screen.getByRole('combobox', { name: field }))
  await userEvent.click(await screen.findByRole('option', { name: option }))
}

const input = () => screen.getByLabelText('File', { selector: 'input' })
const choose = () => userEvent.upload(input(), new File(['text'], 'a.txt', { type: 'text/plain' }))

afterEach(() => sessionStorage.clear())

test('documents are for users', async () => {
  open('/documents', signedOut)
  await heading('Sign in')
  expect(screen.queryByRole('link', { name: 'Documents' })).not.toBeInTheDocument()
})

describe('the list', () => {
  test('is reached from the header, and shows each document with what is known of it', async () => {
    open('/no/such/page', {
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
    open('/documents', { [LIST]: hangs })
    expect(await screen.findByRole('status', { name: 'Documents are being loaded' })).toBeVisible()
  })

  test('is asked for as the address says, and writes there what is chosen', async () => {
    const { router, sent } = open('/documents?ordering=title&page=2&search=plan', {
      [LIST]: listOf([plan], { count: 3, previous: 'x' }),
    })
    expect(await screen.findByText('3–3 of 3')).toBeVisible()
    await pick('Show', 'Mine')
    await vi.waitFor(() =>
      expect(router.state.location.search).toBe('?search=plan&ordering=title&scope=mine'),
    )
    await pick('Order', 'Oldest')
    await vi.waitFor(() =>
      expect(router.state.location.search).toBe('?search=plan&ordering=createdAt&scope=mine'),
    )
    await vi.waitFor(async () =>
      expect(await sent(`GET ${LIST}`)).toEqual([
        { ordering: 'title', page: '2', search: 'plan' },
        { ordering: 'title', page: '1', search: 'plan', owner: 'me' },
        { ordering: 'createdAt', page: '1', search: 'plan', owner: 'me' },
      ]),
    )
  })

  test('is searched a moment after the last letter, and follows the back button', async () => {
    const { router, sent, answers } = open('/documents')
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
    await vi.waitFor(() => expect(screen.getByLabelText('Search')).toHaveValue('xyz'))
  })

  test('is turned by the page', async () => {
    const pages: Record<string, object> = {
      1: { count: 3, next: 'x', results: [plan, { ...plan, id: 8, title: 'Other' }] },
      2: { count: 3, next: null, previous: 'x', results: [{ ...plan, id: 9, title: 'Last' }] },
    }
    open('/documents', {
      [LIST]: ({ url }) => json(pages[url.searchParams.get('page') ?? ''])(),
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
    open('/documents', { [LIST]: listOf([]) })
    expect(await screen.findByText('No documents yet')).toBeVisible()
    expect(screen.getByRole('link', { name: 'Write the first one' })).toBeVisible()
  })

  test('without one of a kind leads back to all', async () => {
    open('/documents?scope=shared', { [LIST]: listOf([]) })
    expect(await screen.findByText('There are none of these yet.')).toBeVisible()
  })

  test('that does not load says under which id the log has it, and asks again', async () => {
    const { answers } = open('/documents', {
      [LIST]: problem(403, { title: 'Forbidden', requestId: 'abc1' }),
    })
    expect(await screen.findByRole('alert')).toHaveTextContent('abc1')
    answers[LIST] = listOf([plan])
    await press('Try again')
    expect(await screen.findByText('1 document')).toBeVisible()
  })

  test('leads to its first page from one that is not there any more', async () => {
    const { answers } = open('/documents?page=9', { [LIST]: problem(404, { title: 'No page' }) })
    await screen.findByRole('alert')
    answers[LIST] = listOf([plan])
    await press('To the first page')
    expect(await screen.findByText('1 document')).toBeVisible()
  })
})

describe('the address of a list', () => {
  test.each([
    ['', { search: '', ordering: '-updatedAt', scope: 'all', page: 1 }],
    ['page=2&scope=shared', { search: '', ordering: '-updatedAt', scope: 'shared', page: 2 }],
    [
      'page=-1&scope=toString&ordering=size',
      { search: '', ordering: '-updatedAt', scope: 'all', page: 1 },
    ],
  ])('%s is read', (address, filter) => {
    expect(readFilter(new URLSearchParams(address))).toEqual(filter)
  })

  test('says only what differs from the usual', () => {
    const filter = { search: 'a', ordering: '-updatedAt', scope: 'shared', page: 1 } as const
    expect(String(writeFilter(filter))).toBe('search=a&scope=shared')
    expect(toQuery(filter)).toEqual({ search: 'a', ordering: '-updatedAt', page: 1, shared: true })
  })
})

describe('a document', () => {
  test('is shown with what its reader may do with it', async () => {
    open('/documents/7', { [ONE]: json({ ...plan, attachment }) })
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
    open('/documents/7', { [ONE]: json({ ...plan, body: '', shared, permissions }) })
    await heading('Plan')
    expect(screen.getByText(said)).toBeVisible()
    expect(screen.getByText('It has no text.')).toBeVisible()
    expect(within(screen.getByRole('main')).queryByRole('button')).not.toBeInTheDocument()
    expect(screen.queryByRole('link', { name: 'Edit' })).not.toBeInTheDocument()
  })

  test('holds its place while it is loaded', async () => {
    open('/documents/7', { [ONE]: hangs })
    expect(
      await screen.findByRole('status', { name: 'The document is being loaded' }),
    ).toBeVisible()
  })

  test('that is not there says so, and leads on', async () => {
    open('/documents/7', { [ONE]: problem(404, { title: 'Not found' }) })
    await heading('No such document')
    expect(screen.getByRole('link', { name: 'All documents' })).toBeVisible()
  })

  test('that does not load can be asked for again', async () => {
    const { answers } = open('/documents/7', { [ONE]: problem(403, { title: 'Forbidden' }) })
    await heading('This page did not load')
    answers[ONE] = json(plan)
    await press('Try again')
    expect(await heading('Plan')).toBeVisible()
  })

  test('is shared at once, and taken back where the backend says no', async () => {
    const { answers, sent } = open('/documents/7')
    await heading('Plan')
    const box = screen.getByRole('checkbox')
    const waiting: ((answer: Response) => void)[] = []
    answers[`PATCH ${ONE}`] = () => new Promise((resolve) => void waiting.push(resolve))
    await userEvent.click(box)
    expect(box).toBeChecked()
    await vi.waitFor(async () => expect(await sent(`PATCH ${ONE}`)).toEqual([{ shared: true }]))
    waiting[0]?.(problem(403, { title: 'Not yours' })())
    expect(await screen.findByRole('alert')).toHaveTextContent('Not yours')
    expect(box).not.toBeChecked()
    answers[`PATCH ${ONE}`] = json({ ...plan, shared: true })
    await userEvent.click(box)
    await vi.waitFor(() => expect(screen.queryByRole('alert')).not.toBeInTheDocument())
    expect(box).toBeChecked()
  })

  test('is deleted once that is confirmed', async () => {
    const { answers, router } = open('/documents/7')
    await heading('Plan')
    await press('Delete')
    await screen.findByRole('dialog', { name: 'Delete “Plan”?' })
    await press('Keep it')
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
    await press('Delete')
    await userEvent.keyboard('{Escape}')
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())

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

describe('the file of a document', () => {
  test('is sent, replaced and taken away', async () => {
    fakeUploads()
    const { answers, fetch } = open('/documents/7', {
      [`PUT ${FILE}`]: json({ ...plan, attachment: { ...attachment, name: 'a.txt', size: 4 } }),
      [`DELETE ${FILE}`]: done,
    })
    await heading('Plan')
    expect(screen.getByText('There is none.')).toBeVisible()
    const clicked = vi.spyOn(input(), 'click').mockReturnValue()
    await press('Choose a file')
    expect(clicked).toHaveBeenCalledOnce()
    await choose()
    expect(await screen.findByRole('link', { name: 'a.txt' })).toBeVisible()
    expect(screen.getByText('4 bytes')).toBeVisible()
    const upload = fetch.mock.calls.find(([, init]) => init?.method === 'PUT')?.[1]
    expect(new Headers(upload?.headers).get('Content-Type')).toMatch(
      /^multipart\/form-data; boundary/,
    )
    expect(await new Response(upload?.body).text()).toContain('filename="a.txt"')

    answers[`PUT ${FILE}`] = json({ ...plan, attachment: { ...attachment, size: 4_200_000 } })
    expect(screen.getByRole('button', { name: 'Replace the file' })).toBeVisible()
    await choose()
    expect(await screen.findByText('4.2 MB')).toBeVisible()
    answers[ONE] = json(plan)
    await press('Remove it')
    expect(await screen.findByText('There is none.')).toBeVisible()
  })

  test('shows how much of it is sent, and can be stopped', async () => {
    fakeUploads()
    open('/documents/7', { [`PUT ${FILE}`]: () => new Promise(() => undefined) })
    await heading('Plan')
    await choose()
    await vi.waitFor(() => expect(screen.getByText('100 %')).toBeVisible())
    expect(screen.getByRole('progressbar', { name: 'Upload' })).toHaveAttribute('value', '1')
    await press('Stop')
    expect(await screen.findByRole('button', { name: 'Choose a file' })).toBeVisible()
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  })

  test.each([
    [
      'why it is refused',
      problem(400, { title: 'Bad', errors: { file: ['Too large.'] } }),
      'Too large.',
    ],
    ['that nobody answers', away, 'The server does not answer.'],
  ])('says %s', async (_, answer, said) => {
    fakeUploads()
    open('/documents/7', { [`PUT ${FILE}`]: answer })
    await heading('Plan')
    await choose()
    expect(await screen.findByRole('alert')).toHaveTextContent(said)
  })

  test('is not sent where none is chosen', async () => {
    const { fetch } = open('/documents/7')
    await heading('Plan')
    input().dispatchEvent(new Event('change', { bubbles: true }))
    expect(fetch.mock.calls.some(([, init]) => init?.method === 'PUT')).toBe(false)
  })

  test('that cannot be taken away says why', async () => {
    open('/documents/7', {
      [ONE]: json({ ...plan, attachment }),
      [`DELETE ${FILE}`]: problem(403, { title: 'Not yours' }),
    })
    await heading('Plan')
    await press('Remove it')
    expect(await screen.findByRole('alert')).toHaveTextContent('Not yours')
  })

  test('shows its checksum as soon as a worker has made it', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const { answers } = open('/documents/7', {
      [ONE]: json({ ...plan, attachment: { ...attachment, checksum: null } }),
    })
    await heading('Plan')
    expect(screen.getByText('SHA-256: being made')).toBeVisible()
    answers[ONE] = json({ ...plan, attachment })
    await vi.advanceTimersByTimeAsync(1600)
    expect(await screen.findByText('abcdef012345…')).toBeVisible()
    vi.useRealTimers()
  })
})

describe('writing', () => {
  test('makes a document, and leads to it', async () => {
    const { sent } = open('/documents/new', { [`POST ${LIST}`]: json(plan, 201) })
    await heading('New document')
    await press('Create')
    expect(await screen.findByText('Give it a title.')).toBeVisible()
    await userEvent.type(screen.getByLabelText('Title'), 'Plan')
    await userEvent.click(screen.getByRole('checkbox', { name: 'Share it' }))
    await press('Create')
    await heading('Plan')
    expect(await sent(`POST ${LIST}`)).toEqual([{ title: 'Plan', body: '', shared: true }])
  })

  test('changes one, and says at the title what the backend says of it', async () => {
    const errors = { title: ['You have one with this title.'] }
    const { answers, sent } = open('/documents/7/edit', {
      [`PATCH ${ONE}`]: problem(400, { title: 'Bad request', errors }),
    })
    await heading('Edit document')
    await userEvent.type(screen.getByLabelText('Title'), ' B')
    await press('Save')
    expect(await screen.findByText('You have one with this title.')).toBeVisible()
    expect(screen.getByLabelText('Title')).toHaveFocus()
    answers[`PATCH ${ONE}`] = json({ ...plan, title: 'Plan B' })
    answers[ONE] = json({ ...plan, title: 'Plan B' })
    await press('Save')
    await heading('Plan B')
    expect((await sent(`PATCH ${ONE}`)).at(-1)).toMatchObject({ title: 'Plan B', body: plan.body })
  })

  test('may be given up: what was typed is not there the next time', async () => {
    const { router } = open('/documents/7/edit')
    await heading('Edit document')
    await userEvent.type(screen.getByLabelText('Title'), ' B')
    await userEvent.click(screen.getByRole('link', { name: 'Cancel' }))
    await heading('Plan')
    await router.navigate('/documents/7/edit')
    await heading('Edit document')
    expect(screen.getByLabelText('Title')).toHaveValue('Plan')
  })
})

test.each([
  [0, 'just now'],
  [59_000, 'just now'],
  [60_000, '1 minute ago'],
  [3 * 3_600_000, '3 hours ago'],
  [26 * 3_600_000, 'yesterday'],
  [7.5 * 86_400_000, 'Jan 2, 2026'],
])('what happened %d ms ago happened %s', (ms, said) => {
  const then = new Date('2026-01-02T12:00:00Z')
  expect(inWords(then, then.getTime() + ms)).toBe(said)
})
