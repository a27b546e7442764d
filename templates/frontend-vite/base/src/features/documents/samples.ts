/** Documents as the backend tells them, for the tests. */
import { json, type Answers } from '@/testing/backend'
import { signedIn } from '@/testing/people'
import { openApp } from '@/testing/steps'

export const LIST = '/api/v1/documents/'
export const ONE = '/api/v1/documents/7/'

export const plan = {
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
export const attachment = {
  name: 'plan.pdf',
  size: 123_456,
  contentType: 'application/pdf',
  url: '/api/v1/documents/1/attachment/',
  checksum: 'abcdef0123456789',
}

export const listOf = (results: object[], more: object = {}) =>
  json({ count: results.length, next: null, previous: null, results, ...more })

export const openDocuments = (address: string, answers: Answers = {}) =>
  openApp(address, { ...signedIn, [LIST]: listOf([plan]), [ONE]: json(plan), ...answers })
