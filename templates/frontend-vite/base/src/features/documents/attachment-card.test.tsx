import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import { away, hangs, json, problem } from '@/testing/backend'
import { heading, press } from '@/testing/steps'
import { fakeUploads } from '@/testing/uploads'
import { attachment, ONE, openDocuments, plan } from './samples'

const FILE = '/api/v1/documents/7/attachment/'
const done = () => new Response(null, { status: 204 })
const input = () => screen.getByLabelText('File', { selector: 'input' })
const choose = () => userEvent.upload(input(), new File(['text'], 'a.txt', { type: 'text/plain' }))

describe('the file of a document', () => {
  test('is sent, replaced and taken away', async () => {
    fakeUploads()
    const { answers, requests } = openDocuments('/documents/7', {
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
    const upload = requests.find(({ method }) => method === 'PUT')
    expect(upload?.headers.get('Content-Type')).toMatch(/^multipart\/form-data; boundary/)
    expect(await upload?.text()).toContain('filename="a.txt"')

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
    openDocuments('/documents/7', { [`PUT ${FILE}`]: hangs })
    await heading('Plan')
    await choose()
    await waitFor(() => expect(screen.getByText('100 %')).toBeVisible())
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
    openDocuments('/documents/7', { [`PUT ${FILE}`]: answer })
    await heading('Plan')
    await choose()
    expect(await screen.findByRole('alert')).toHaveTextContent(said)
  })

  test('is not sent where none is chosen', async () => {
    const { requests } = openDocuments('/documents/7')
    await heading('Plan')
    input().dispatchEvent(new Event('change', { bubbles: true }))
    expect(requests.some(({ method }) => method === 'PUT')).toBe(false)
  })

  test('that cannot be taken away says why', async () => {
    openDocuments('/documents/7', {
      [ONE]: json({ ...plan, attachment }),
      [`DELETE ${FILE}`]: problem(403, { title: 'Not yours' }),
    })
    await heading('Plan')
    await press('Remove it')
    expect(await screen.findByRole('alert')).toHaveTextContent('Not yours')
  })

  test('shows its checksum as soon as a worker has made it', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const { answers } = openDocuments('/documents/7', {
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
