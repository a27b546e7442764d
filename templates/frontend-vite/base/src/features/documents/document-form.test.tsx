import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { json, problem } from '@/testing/backend'
import { heading, press } from '@/testing/steps'
import { LIST, ONE, openDocuments, plan } from './samples'

describe('writing', () => {
  test('makes a document, and leads to it', async () => {
    const { sent } = openDocuments('/documents/new', { [`POST ${LIST}`]: json(plan, 201) })
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
    const { answers, sent } = openDocuments('/documents/7/edit', {
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
    const { router } = openDocuments('/documents/7/edit')
    await heading('Edit document')
    await userEvent.type(screen.getByLabelText('Title'), ' B')
    await userEvent.click(screen.getByRole('link', { name: 'Cancel' }))
    await heading('Plan')
    await router.navigate('/documents/7/edit')
    await heading('Edit document')
    expect(screen.getByLabelText('Title')).toHaveValue('Plan')
  })
})
